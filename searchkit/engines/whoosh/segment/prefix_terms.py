"""The terms that begin with a prefix: how many there are, and which are the commonest.

A prefix of one letter has tens of thousands of terms in each segment, so their doc freqs are read
as arrays, and only the commonest terms become text.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.codec.term_dictionary import TermRange

DocFreqs = NDArray[np.int64]
"""Per term, how many documents hold it."""


class SegmentPrefixTerms:
    """The terms of one segment with a prefix, and their doc freqs."""

    def __init__(self, ranges: Sequence[TermRange]) -> None:
        self._terms = [term for each in ranges for term in each.terms]
        self.doc_freqs: DocFreqs = np.concatenate([np.empty(0, np.int64), *(each.doc_freqs for each in ranges)])

    def term(self, index: int) -> str:
        """Return one of the terms."""
        return str(self._terms[index], "utf-8", "surrogatepass")

    @property
    def hashes(self) -> NDArray[np.int64]:
        """Per term, a number that other terms do not have."""
        return np.fromiter(map(hash, self._terms), np.int64, len(self._terms))

    @property
    def ties(self) -> NDArray[np.int64]:
        """Per term, a number by which equally common ones are chosen: in each process the same."""
        return np.fromiter(map(crc32, self._terms), np.int64, len(self._terms))


class _Merged(NamedTuple):
    """The terms of all segments, each once."""

    doc_freqs: DocFreqs
    firsts: NDArray[np.intp]
    """Per term, where it stands first among the terms of one segment after the other."""
    ties: NDArray[np.int64]


class PrefixTerms:
    """The terms of all segments with a prefix; the doc freqs of a term are summed."""

    def __init__(self, segments: Sequence[SegmentPrefixTerms]) -> None:
        self._segments = segments
        self.postings = sum(int(each.doc_freqs.sum()) for each in segments)
        """The number of postings of all terms."""
        self.lists = sum(len(each.doc_freqs) for each in segments)
        """The number of posting lists: one for each term of a segment."""

    def __len__(self) -> int:
        """Return the number of distinct terms."""
        return len(self._merged.firsts)

    @cached_property
    def _merged(self) -> _Merged:
        hashes, ties = (
            np.concatenate([np.empty(0, np.int64), *parts])
            for parts in ((each.hashes for each in self._segments), (each.ties for each in self._segments))
        )
        doc_freqs = np.concatenate([np.empty(0, np.int64), *(each.doc_freqs for each in self._segments)])
        _, firsts, inverse = np.unique(hashes, return_index=True, return_inverse=True)
        return _Merged(np.bincount(inverse, doc_freqs, len(firsts)).astype(np.int64), firsts, ties[firsts])

    def commonest(self, cost: int, cost_of_list: int) -> list[str]:
        """Return the commonest terms that cost no more than `cost`, but at least one, sorted.

        A term costs `cost_of_list`, and 1 for each posting. Of equally common ones always the same
        are chosen, however many segments there are.
        """
        by_doc_freq = np.lexsort((self._merged.ties, -self._merged.doc_freqs))
        costs = np.cumsum(self._merged.doc_freqs[by_doc_freq] + cost_of_list)
        count = max(int(costs.searchsorted(cost, "right")), 1)
        return sorted(map(self._term, self._merged.firsts[by_doc_freq[:count]].tolist()))

    def _term(self, row: int) -> str:
        for segment in self._segments:
            if row < len(segment.doc_freqs):
                return segment.term(row)
            row -= len(segment.doc_freqs)
        raise IndexError(row)
