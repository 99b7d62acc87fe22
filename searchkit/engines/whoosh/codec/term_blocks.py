"""Blocks of the term dictionary: some dozens of neighbouring terms with all their postings.

A block has its terms in two pieces, since most searches need only the first one:

- the documents: the number of terms and of postings, the terms compressed, and in packed lists the
  doc freq and first doc id of each term, the steps between further doc ids, the frequencies in text
  and title;
- the occurrences, in packed lists: the steps from position to position, and which are inexact.

A frequent term has a block of its own, so that nobody reads it for a rare neighbour.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from struct import Struct

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.codec.compression import compress, decompress
from searchkit.engines.whoosh.codec.packed_ints import Int32s, Unpacker, pack
from searchkit.engines.whoosh.codec.posting_list import BlockOccurrences, PostingList
from searchkit.engines.whoosh.codec.postings_batch import PostingsBatch
from searchkit.engines.whoosh.codec.ragged_array import running_sums

_TERMS = 64
"""The most terms of a block."""
_POSTINGS = 1024
"""The most postings of a block of several terms."""
SEPARATOR = b"\xff"
"""Stands between terms: no text in UTF-8 has this byte."""
_HEAD = Struct("<HII")
"""The number of terms, of postings, and of bytes of the compressed terms."""
_OCCURRENCES = Struct("<I")
"""The number of occurrences."""


def blocks_of(batch: PostingsBatch) -> Iterator[PostingsBatch]:
    """Yield the terms of a batch block by block."""
    occurrence_bounds = batch.occurrence_bounds
    bounds = batch.bounds.tolist()
    first = 0
    while first < len(batch.terms):
        end = _block_end(bounds, first)
        start, stop = occurrence_bounds[bounds[first]], occurrence_bounds[bounds[end]]
        yield batch.cut(first, end, slice(int(start), int(stop)))
        first = end


def _block_end(bounds: list[int], first: int) -> int:
    """Return the term after the last one of a block that begins with `first`."""
    end, most = first + 1, min(first + _TERMS, len(bounds) - 1)
    while end < most and bounds[end + 1] - bounds[first] <= _POSTINGS:
        end += 1
    return end


def encode(block: PostingsBatch) -> tuple[bytes, bytes]:
    """Return both pieces of a block: documents and occurrences."""
    terms = compress(SEPARATOR.join(block.terms))
    firsts = block.bounds[:-1]
    steps = np.diff(block.doc_ids, prepend=0)
    documents = (
        _HEAD.pack(len(block.terms), len(block.doc_ids), len(terms)),
        terms,
        pack(block.doc_freqs),
        pack(block.doc_ids[firsts]),
        pack(np.delete(steps, firsts)),
        pack(block.in_text),
        pack(block.in_title),
    )
    occurrences = _OCCURRENCES.pack(len(block.steps)), pack(block.steps), pack(block.is_inexact)
    return b"".join(documents), b"".join(occurrences)


def decode_occurrences(piece: memoryview) -> BlockOccurrences:
    """Return the occurrences of a block."""
    (count,) = _OCCURRENCES.unpack_from(piece)
    lists = Unpacker(piece, _OCCURRENCES.size)
    return BlockOccurrences(lists.take(count), lists.take(count).astype(bool))


class TermBlock:
    """The terms of a block, and the documents that hold them, once they are asked for."""

    def __init__(self, number: int, piece: bytes) -> None:
        self.number = number
        self._count: int
        self._postings: int
        self._count, self._postings, size = _HEAD.unpack_from(piece)
        self._lists = Unpacker(piece, _HEAD.size)
        self.terms: list[bytes] = decompress(self._lists.bytes(size)).split(SEPARATOR)
        """The terms, sorted."""
        if len(self.terms) != self._count:
            raise ValueError("a block with other terms than it says")
        self.doc_freqs: Int32s = self._lists.take(self._count)
        """Per term, the number of documents that hold it."""
        if self.doc_freqs.sum(dtype=np.int64) != self._postings:
            raise ValueError("a block with other postings than it says")

    @cached_property
    def bounds(self) -> NDArray[np.intp]:
        """Per term, the index of its first posting; and at the end their number."""
        return np.append(0, np.cumsum(self.doc_freqs, dtype=np.intp))

    @cached_property
    def _documents(self) -> tuple[Int32s, Int32s, Int32s]:
        """The doc ids, frequencies in text, and frequencies in title."""
        firsts, steps = self._lists.take(self._count), self._lists.take(self._postings - self._count)
        if self._count == 1:
            doc_ids = np.concatenate((firsts, steps)).cumsum(dtype=np.int32)
        else:
            all_steps = np.insert(steps, self.bounds[:-1] - np.arange(self._count), firsts)
            doc_ids = running_sums(all_steps, self.doc_freqs).astype(np.int32)
        return doc_ids, self._lists.take(self._postings), self._lists.take(self._postings)

    def row_of(self, term: bytes) -> int | None:
        """Return which of the block's terms a term is, or None."""
        try:
            return self.terms.index(term)
        except ValueError:
            return None

    def postings(self, first: int, end: int) -> PostingList:
        """Return the postings of the terms from `first` to before `end`."""
        begin, stop = int(self.bounds[first]), int(self.bounds[end])
        doc_ids, in_text, in_title = self._documents
        start = int(in_text[:begin].sum(dtype=np.int64) + in_title[:begin].sum(dtype=np.int64))
        frequencies = in_text[begin:stop].astype(np.float32), in_title[begin:stop].astype(np.float32)
        return PostingList(doc_ids[begin:stop], *frequencies, self.number, start)

    def batch(self, occurrences: BlockOccurrences) -> PostingsBatch:
        """Return everything of the block."""
        return PostingsBatch(self.terms, self.bounds, *self._documents, *occurrences)

    @property
    def nbytes(self) -> int:
        """The memory of terms and arrays, about, in bytes."""
        return 100 * self._count + 24 * self._postings
