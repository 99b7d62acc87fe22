"""Postings of all terms with a prefix, of which there may be thousands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.codec.ragged_array import RaggedArray


class PrefixPostings(NamedTuple):
    """The postings of several terms, one term after the other, without positions."""

    terms: list[bytes]
    doc_ids: RaggedArray
    """Per term, its doc ids."""
    weights: NDArray[np.float32]
    """Per posting, its weight."""

    def by_doc(self) -> PrefixPostingsByDoc:
        """Return the same postings in the order of doc ids."""
        doc_ids, counts = self.doc_ids
        terms = np.repeat(np.arange(len(counts)), counts)
        rows = np.arange(len(doc_ids)) - np.repeat(np.cumsum(counts) - counts, counts)
        order = np.argsort(doc_ids, kind="stable")
        return PrefixPostingsByDoc(
            doc_ids.astype(np.int32)[order],
            terms.astype(np.int32)[order],
            rows.astype(np.int32)[order],
            self.weights[order],
        )


class PrefixPostingsByDoc(NamedTuple):
    """One entry per document and term, ascending by doc id."""

    doc_ids: NDArray[np.int32]
    terms: NDArray[np.int32]
    """The index of the term."""
    rows: NDArray[np.int32]
    """The index of the posting in the term's posting list."""
    weights: NDArray[np.float32]

    @property
    def nbytes(self) -> int:
        """The memory of the arrays, in bytes."""
        return sum(array.nbytes for array in self)

    def in_docs(self, doc_ids: NDArray[np.int32]) -> Iterator[tuple[int, int, int]]:
        """Yield (doc id, term, row) for each posting in the given documents."""
        starts, ends = (self.doc_ids.searchsorted(doc_ids, side).tolist() for side in ("left", "right"))
        for doc_id, start, end in zip(doc_ids.tolist(), starts, ends, strict=True):
            for term, row in zip(self.terms[start:end].tolist(), self.rows[start:end].tolist(), strict=True):
                yield doc_id, term, row
