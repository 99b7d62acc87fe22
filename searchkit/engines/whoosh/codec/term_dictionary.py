"""The term dictionary of a segment: blocks of terms, found by bisection.

Three sections: the first term of each block, the sizes of the blocks' pieces, and the blocks
(`term_blocks`). Nothing is decoded to open it but the first terms and the sizes, at the first
look-up.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple

import numpy as np

from searchkit.engines.whoosh.codec.packed_ints import Int32s, Unpacker, pack
from searchkit.engines.whoosh.codec.posting_list import BlockOccurrences
from searchkit.engines.whoosh.codec.postings_batch import PostingsBatch
from searchkit.engines.whoosh.codec.term_blocks import SEPARATOR, TermBlock, decode_occurrences, encode
from searchkit.engines.whoosh.directory.segment_file import Section

FIRSTS, SIZES, BLOCKS = "first terms", "block sizes", "blocks"
"""The sections of a dictionary."""
_AFTER_ALL = b"\xff"
"""Sorts after all that may follow a prefix: no term in UTF-8 has it."""


class TermDictionaryWriter:
    """Encodes blocks, and keeps what is needed to find them."""

    def __init__(self) -> None:
        self._firsts: list[bytes] = []
        self._sizes: list[tuple[int, int]] = []

    def add(self, block: PostingsBatch) -> bytes:
        """Return the bytes of a block, whose terms come after all before."""
        documents, occurrences = encode(block)
        self._firsts.append(block.terms[0])
        self._sizes.append((len(documents), len(occurrences)))
        return documents + occurrences

    def sections(self) -> dict[str, bytes]:
        """Return the sections beside the blocks."""
        sizes = np.array(self._sizes, np.int64).reshape(-1, 2)
        packed = pack(sizes[:, 0]) + pack(sizes[:, 1])
        return {FIRSTS: SEPARATOR.join(self._firsts), SIZES: packed}


class TermRange(NamedTuple):
    """Neighbouring terms of one block."""

    block: TermBlock
    first: int
    end: int

    @property
    def terms(self) -> list[bytes]:
        """The terms, sorted."""
        return self.block.terms[self.first : self.end]

    @property
    def doc_freqs(self) -> Int32s:
        """Per term, the number of documents that hold it."""
        return self.block.doc_freqs[self.first : self.end]


class TermDictionary:
    """Finds terms, and the blocks that hold them."""

    def __init__(self, section: Callable[[str], Section]) -> None:
        self._section = section
        self._blocks = section(BLOCKS)

    @cached_property
    def _firsts(self) -> list[bytes]:
        """The first term of each block."""
        return bytes(self._section(FIRSTS).read_all()).split(SEPARATOR) if len(self._blocks) else []

    @cached_property
    def _bounds(self) -> tuple[list[int], list[int]]:
        """Where each block begins, and at last the end; and where each second piece begins."""
        sizes = Unpacker(self._section(SIZES).read_all())
        documents, occurrences = (sizes.take(len(self._firsts)).astype(np.int64) for _ in range(2))
        starts = np.append(0, np.cumsum(documents + occurrences))
        return starts.tolist(), (starts[:-1] + documents).tolist()

    def __len__(self) -> int:
        """Return the number of blocks."""
        return len(self._firsts)

    def block(self, number: int) -> TermBlock:
        """Return a block, its documents not decoded yet."""
        starts, middles = self._bounds
        return TermBlock(number, bytes(self._blocks.read(starts[number], middles[number])))

    def occurrences(self, number: int) -> BlockOccurrences:
        """Return the occurrences of a block's terms."""
        starts, middles = self._bounds
        return decode_occurrences(self._blocks.read(middles[number], starts[number + 1]))

    def pieces(self, number: int) -> tuple[memoryview, memoryview]:
        """Return both pieces of a block as they are."""
        starts, middles = self._bounds
        start, middle, end = starts[number], middles[number], starts[number + 1]
        return self._blocks.read(start, middle), self._blocks.read(middle, end)

    def number_of(self, term: bytes) -> int:
        """Return the only block that may hold a term, or -1."""
        return bisect_right(self._firsts, term) - 1

    def with_prefix(self, prefix: bytes) -> Iterator[TermRange]:
        """Yield the terms with a prefix, block by block."""
        return self.between(prefix, prefix + _AFTER_ALL)

    def between(self, least: bytes, end: bytes | None) -> Iterator[TermRange]:
        """Yield the terms from `least` to before `end`, or to the last one, block by block."""
        last = len(self) if end is None else bisect_left(self._firsts, end)
        for number in range(max(self.number_of(least), 0), last):
            block = self.block(number)
            first = bisect_left(block.terms, least)
            stop = len(block.terms) if end is None else bisect_left(block.terms, end)
            if first < stop:
                yield TermRange(block, first, stop)

    def batches(self, least: bytes, end: bytes | None) -> Iterator[PostingsBatch]:
        """Yield the same terms with everything that is stored of them."""
        for block, first, stop in self.between(least, end):
            yield block.batch(self.occurrences(block.number)).part(first, stop)

    def firsts(self) -> list[bytes]:
        """Return the first term of each block."""
        return self._firsts
