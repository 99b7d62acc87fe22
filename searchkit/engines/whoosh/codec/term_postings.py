"""Posting lists on their way to disk, single or in batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class TermPostings(NamedTuple):
    """The postings of one term, ascending by doc id."""

    term: bytes
    doc_ids: Sequence[int]
    weights: Sequence[float]
    values: Sequence[bytes] | None
    """Per posting, its encoded positions; None in fields without positions."""
    surface_doc_freq: int = 0
    """The number of documents with a word that is spelled exactly like the term."""


class PostingsBatch(NamedTuple):
    """The postings of several terms in flat arrays, one term after the other."""

    terms: list[bytes]
    bounds: NDArray[np.intp]
    """Per term, the index of its first posting; and at the end the number of postings."""
    doc_ids: NDArray[np.int32]
    weights: NDArray[np.float32]
    values: list[bytes] | None
    surface_doc_freqs: NDArray[np.intp]
    """Per term: see `TermPostings.surface_doc_freq`."""

    @property
    def doc_freqs(self) -> NDArray[np.intp]:
        """Per term, the number of documents that hold it."""
        return np.diff(self.bounds)

    def each(self) -> Iterator[TermPostings]:
        """Yield the postings of one term after the other."""
        bounds, doc_ids, weights, values = (
            self.bounds.tolist(),
            self.doc_ids.tolist(),
            self.weights.tolist(),
            self.values,
        )
        surface = self.surface_doc_freqs.tolist()
        for term, begin, end, surface_doc_freq in zip(self.terms, bounds, bounds[1:], surface, strict=False):
            yield TermPostings(
                term, doc_ids[begin:end], weights[begin:end], values and values[begin:end], surface_doc_freq
            )
