"""The postings of all terms that begin alike, by document: a prefix may stand for thousands of terms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.codec.posting_list import PrefixPostings


class PrefixPostingsByDoc(NamedTuple):
    """For each occurrence of a term in a document, ascending by document: which term, and where in its postings."""

    ids: NDArray[np.int32]
    terms: NDArray[np.int32]
    places: NDArray[np.int32]
    weights: NDArray[np.float32]

    @property
    def bytes(self) -> int:
        """How much memory it takes."""
        return sum(array.nbytes for array in self)

    def of(self, wanted: NDArray[np.int32]) -> Iterator[tuple[int, int, int]]:
        """Yield (document, term, place) for what the wanted documents hold."""
        starts, ends = (self.ids.searchsorted(wanted, side).tolist() for side in ("left", "right"))
        for number, start, end in zip(wanted.tolist(), starts, ends, strict=True):
            for term, place in zip(self.terms[start:end].tolist(), self.places[start:end].tolist(), strict=True):
                yield number, term, place


def bundle(postings: PrefixPostings) -> PrefixPostingsByDoc:
    """Bundle the postings of terms."""
    ids, counts = postings.ids
    terms = np.repeat(np.arange(len(counts)), counts)
    places = np.arange(len(ids)) - np.repeat(np.cumsum(counts) - counts, counts)
    order = np.argsort(ids, kind="stable")
    return PrefixPostingsByDoc(
        ids.astype(np.int32)[order],
        terms.astype(np.int32)[order],
        places.astype(np.int32)[order],
        postings.weights[order],
    )
