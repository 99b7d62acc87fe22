"""Sets of documents with and without scores: unions, intersections, sums of scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.arrays import DocIds, DocMask, Floats
from searchkit.engines.whoosh.search.multi_reader import concatenate
from searchkit.engines.whoosh.search.phrases import sorted_unique
from searchkit_analyzers.forks import ForkSafeLock

_SORTED_SHARE = 6
"""Sorting doc ids is faster than a mask over the index for less than one document in so many."""


class ScoredDocs(NamedTuple):
    """Matching documents, ascending by doc id, and their scores."""

    doc_ids: DocIds
    scores: Floats

    @property
    def nbytes(self) -> int:
        """The memory of the arrays, in bytes."""
        return self.doc_ids.nbytes + self.scores.nbytes

    def mask(self, size: int) -> DocMask:
        """Return the documents as a mask over `size` documents."""
        return doc_mask(size, self.doc_ids)


class DocSet(NamedTuple):
    """The documents that a filter accepts, without scores."""

    flags: DocMask
    """One flag for each document of the index."""

    @property
    def doc_ids(self) -> DocIds:
        """The accepted documents, ascending by doc id."""
        return np.flatnonzero(self.flags)

    @property
    def nbytes(self) -> int:
        """The memory of the mask, in bytes."""
        return self.flags.nbytes

    def mask(self, size: int) -> DocMask:
        """Return the documents as a mask over `size` documents."""
        return self.flags


NodeDocs = ScoredDocs | DocSet
"""The documents that match one node of a query tree."""


def doc_mask(size: int, doc_ids: DocIds) -> DocMask:
    """Return a mask over `size` documents that flags `doc_ids`."""
    mask = np.zeros(size, bool)
    mask[doc_ids] = True
    return mask


def union(size: int, parts: Sequence[NodeDocs]) -> DocIds:
    """Return the documents in any part, ascending, of `size` documents in all."""
    if len(parts) == 1:
        return parts[0].doc_ids
    if not any(isinstance(part, DocSet) for part in parts):
        return _unique(_all_doc_ids(parts), size)
    flags = np.zeros(size, bool)
    for part in parts:
        flags |= part.mask(size)
    return flags.nonzero()[0]


def intersection(size: int, parts: Sequence[NodeDocs]) -> DocIds:
    """Return the documents in all parts, ascending, of `size` documents in all."""
    # Words mostly match fewer documents than filters, and a filter's mask needs no conversion.
    first, *others = sorted(parts, key=lambda part: len(part.doc_ids) if isinstance(part, ScoredDocs) else size)
    doc_ids = first.doc_ids
    for other in others:
        doc_ids = doc_ids[other.mask(size)[doc_ids]]
    return doc_ids


class ScoreAccumulator:
    """Adds up scores in an array over all documents, which is all zeros between uses.

    A sum costs time for the documents that it touches only, however large the index is.
    """

    def __init__(self, size: int) -> None:
        self._sums = np.zeros(size, np.float32)
        self._is_clean = True
        self._lock = ForkSafeLock()

    def sum_over(self, doc_ids: DocIds, parts: Sequence[ScoredDocs]) -> ScoredDocs:
        """Return the documents `doc_ids` with the sums of their scores in all parts."""
        if len(parts) == 1 and parts[0].doc_ids is doc_ids:
            return parts[0]
        return self._sum(parts, doc_ids)

    def sum_union(self, parts: Sequence[ScoredDocs]) -> ScoredDocs:
        """Return the documents in any part with the sums of their scores."""
        if len(parts) == 1:
            return parts[0]
        return self._sum(parts)

    def _sum(self, parts: Sequence[ScoredDocs], doc_ids: DocIds | None = None) -> ScoredDocs:
        touched, scores = _all_doc_ids(parts), concatenate([part.scores for part in parts], np.float32)
        with self._lock:
            self._clean()
            try:
                np.add.at(self._sums, touched, scores)
                docs = _unique(touched, len(self._sums)) if doc_ids is None else doc_ids
                return ScoredDocs(docs, self._sums[docs])
            finally:
                self._sums[touched] = 0
                self._is_clean = True

    def _clean(self) -> None:
        """Begin a sum; one that a fork cut short has left scores behind."""
        if not self._is_clean:
            self._sums[:] = 0
        self._is_clean = False


def _all_doc_ids(parts: Sequence[NodeDocs]) -> NDArray[np.intp]:
    """Return the doc ids of one part after the other."""
    return concatenate([part.doc_ids for part in parts], np.intp)


def _unique(doc_ids: NDArray[np.intp], size: int) -> DocIds:
    """Return distinct doc ids, ascending; the array itself may be sorted in place."""
    is_dense = len(doc_ids) * _SORTED_SHARE > size
    return doc_mask(size, doc_ids).nonzero()[0] if is_dense else sorted_unique(doc_ids)
