"""The terms that begin with a prefix: how many there are, and which are the commonest.

A prefix of one letter has tens of thousands of terms in each segment, so their doc freqs are read
as arrays, and only the commonest terms become text.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.codec.term_dictionary import ENTRY_HEAD
from searchkit.engines.whoosh.codec.term_info import DOC_FREQ_OFFSET

_LONGEST = 2**12
"""Bytes of a term that tell it from others: no text has longer words."""
_FACTORS = np.cumprod(np.full(_LONGEST, 0x9E3779B97F4A7C15, np.uint64))
"""By its place in a term: the factor of a byte in the term's hash."""


DocFreqs = NDArray[np.int64]
"""Per term, how many documents hold it."""


class SegmentPrefixTerms:
    """The terms of one segment with a prefix, and their doc freqs."""

    def __init__(self, content: memoryview, starts: NDArray[np.int64], before_term: int) -> None:
        """Read the doc freqs.

        Args:
            content: The bytes of the term dictionary that hold the terms.
            starts: Per term, where its entry begins in `content`.
            before_term: Bytes of each key before the term.
        """
        self._content = np.frombuffer(content, np.uint8)
        sizes = self._numbers(starts)
        self.doc_freqs: DocFreqs = self._numbers(starts + ENTRY_HEAD + sizes + DOC_FREQ_OFFSET)
        self._starts, self._lengths = starts + ENTRY_HEAD + before_term, sizes - before_term

    def _numbers(self, offsets: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the numbers of four bytes at some offsets."""
        rows: NDArray[np.uint8] = self._content[offsets[:, np.newaxis] + np.arange(4)]
        numbers: NDArray[np.int64] = rows.view(">u4")[:, 0].astype(np.int64)
        return numbers

    def term(self, index: int) -> str:
        """Return one of the terms."""
        start = int(self._starts[index])
        term = self._content[start : start + int(self._lengths[index])]
        return str(term.tobytes(), "utf-8", "surrogatepass")

    @cached_property
    def hashes(self) -> NDArray[np.uint64]:
        """Per term, a number that other terms do not have."""
        lengths = self._lengths
        firsts = np.cumsum(lengths) - lengths
        places = np.arange(lengths.sum()) - np.repeat(firsts, lengths)
        letters = self._content[np.repeat(self._starts, lengths) + places]
        products = (letters + np.uint64(1)) * _FACTORS[places % _LONGEST]
        return np.add.reduceat(products, firsts) if len(firsts) else np.empty(0, np.uint64)


class _Merged(NamedTuple):
    """The terms of all segments, each once."""

    doc_freqs: DocFreqs
    firsts: NDArray[np.intp]
    """Per term, where it stands first among the terms of one segment after the other."""


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
        hashes = np.concatenate([np.empty(0, np.uint64), *(each.hashes for each in self._segments)])
        doc_freqs = np.concatenate([np.empty(0, np.int64), *(each.doc_freqs for each in self._segments)])
        _, firsts, inverse = np.unique(hashes, return_index=True, return_inverse=True)
        return _Merged(np.bincount(inverse, doc_freqs, len(firsts)).astype(np.int64), firsts)

    def commonest(self, cost: int, cost_of_list: int) -> list[str]:
        """Return the commonest terms that cost no more than `cost`, but at least one, sorted.

        A term costs `cost_of_list`, and 1 for each posting. Of equally common ones always the same
        are chosen, however many segments there are.
        """
        by_doc_freq = np.argsort(-self._merged.doc_freqs, kind="stable")
        costs = np.cumsum(self._merged.doc_freqs[by_doc_freq] + cost_of_list)
        count = max(int(costs.searchsorted(cost, "right")), 1)
        return sorted(map(self._term, self._merged.firsts[by_doc_freq[:count]].tolist()))

    def _term(self, row: int) -> str:
        for segment in self._segments:
            if row < len(segment.doc_freqs):
                return segment.term(row)
            row -= len(segment.doc_freqs)
        raise IndexError(row)
