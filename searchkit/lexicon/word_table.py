"""The words of one segment of an index and how many documents hold each: a few bytes a word, read where it lies.

Words of one length (letters) make one array of bytes, sorted by their skeletons. So words with the same skeleton are
found by bisection, and words nearly like a skeleton by comparing a few columns of the array.

layout: for each length, the words one after the other, and two frequencies for each (2 bytes each); at the end as many
numbers (4 bytes) as there are lengths, each saying how many words are so long.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.lexicon.skeletons import CLASS_BITS, LONGEST, decoded, encoded

Bytes = NDArray[np.uint8]
Rows = NDArray[np.intp]

_COUNT, _FREQUENCY = np.dtype("<u4"), np.dtype("<u2")
_AFTER_ALL = b"\xff"
"""Comes after the class of any letter."""
_MOST = 65_535
"""Higher frequencies are not told apart: the word is frequent."""


class WordStats(NamedTuple):
    """A word of an index."""

    word: str
    frequency: int
    """How many documents hold it in any of its forms."""
    written: int
    """How many hold it as it is written here; none where it is but a lemma."""


def table_of(words: Iterable[WordStats]) -> bytes:
    """Return the table of words; passes over what is not made of letters."""
    by_length: dict[int, list[tuple[bytes, int, int]]] = defaultdict(list)
    for word, frequency, written in words:
        letters = encoded(word)
        if 0 < len(letters) <= LONGEST:
            by_length[len(letters)].append((letters, frequency, written))
    return b"".join(_pieces(_rows(length, by_length[length]) for length in range(1, LONGEST + 1)))


def merged(tables: Sequence[SegmentWords]) -> Iterator[bytes]:
    """Yield the table of the words of all `tables`, a piece at a time, frequencies added up."""
    yield from _pieces(_joined(length, tables) for length in range(1, LONGEST + 1))


_Piece = tuple[Bytes, NDArray[np.int64]]
"""Words of one length, a row each, and their frequencies."""


def _rows(length: int, words: Sequence[tuple[bytes, int, int]]) -> _Piece:
    letters = np.frombuffer(b"".join(word for word, *_ in words), np.uint8).reshape(-1, length)
    return letters, np.array([counts for _, *counts in words], np.int64).reshape(-1, 2)


def _joined(length: int, tables: Sequence[SegmentWords]) -> _Piece:
    some = [table.words[length] for table in tables if length in table.words]
    letters = [np.empty((0, length), np.uint8), *(words.letters for words in some)]
    frequencies = [np.empty((0, 2), np.int64), *(words.frequencies.astype(np.int64) for words in some)]
    return np.concatenate(letters), np.concatenate(frequencies)


def _pieces(pieces: Iterable[_Piece]) -> Iterator[bytes]:
    """Yield words as they are written, and how many there are of each length."""
    counts = []
    for letters, frequencies in pieces:
        letters, frequencies = _in_order(letters, frequencies)
        counts.append(len(letters))
        yield letters.tobytes() + np.minimum(frequencies, _MOST).astype(_FREQUENCY).tobytes()
    yield np.array(counts, _COUNT).tobytes()


def _in_order(letters: Bytes, frequencies: NDArray[np.int64]) -> _Piece:
    """Sort words by their skeletons, put the same ones together."""
    count, length = letters.shape
    if not count:
        return letters, frequencies
    keys = np.hstack((letters >> np.uint8(CLASS_BITS), letters)).view(f"S{2 * length}")[:, 0]
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    sums = [np.bincount(inverse, frequencies[:, column], len(first)) for column in (0, 1)]
    return letters[first], np.stack(sums, axis=1).astype(np.int64)


class SegmentWords:
    """Reads a table; one of no bytes has no words."""

    def __init__(self, content: bytes | memoryview) -> None:
        counts = (
            content[len(content) - LONGEST * _COUNT.itemsize :] if len(content) else bytes(LONGEST * _COUNT.itemsize)
        )
        self.words: dict[int, Words] = {}
        at = 0
        for length, count in enumerate(np.frombuffer(counts, _COUNT).tolist(), 1):
            end = at + count * (length + 2 * _FREQUENCY.itemsize)
            if count:
                self.words[length] = Words(content[at:end], length, count)
            at = end

    def __iter__(self) -> Iterator[WordStats]:
        return chain.from_iterable(self.words.values())


class Words:
    """The words of one length in one table."""

    def __init__(self, content: bytes | memoryview, length: int, count: int) -> None:
        self.length = length
        self.letters: Bytes = np.frombuffer(content, np.uint8, count * length).reshape(count, length)
        self.frequencies = np.frombuffer(content, _FREQUENCY, 2 * count, count * length).reshape(count, 2)

    def __iter__(self) -> Iterator[WordStats]:
        return map(self.__getitem__, range(len(self.letters)))

    def __getitem__(self, row: int) -> WordStats:
        return WordStats(decoded(self.letters[row].tobytes()), *self.frequencies[row].tolist())

    @cached_property
    def _skeletons(self) -> Bytes:
        return self.letters >> np.uint8(CLASS_BITS)

    @cached_property
    def _columns(self) -> Bytes:
        """The skeletons, column by column: each lies in one piece."""
        return np.ascontiguousarray(self._skeletons.T)

    def alike(self, skeleton: bytes) -> Iterator[WordStats]:
        """Yield the words with this skeleton, which is of their length."""
        whole = self._skeletons.view(f"S{self.length}")[:, 0]
        first, end = (int(whole.searchsorted(skeleton, side)) for side in ("left", "right"))
        return map(self.__getitem__, range(first, end))

    def beginning(self, skeleton: bytes, most: int) -> Iterator[WordStats]:
        """Yield the words that begin so and are written most often: at most so many."""
        whole = self._skeletons.view(f"S{self.length}")[:, 0]
        first, end = whole.searchsorted([skeleton, skeleton + _AFTER_ALL]).tolist()
        written = self.frequencies[first:end, 1]
        best = written.argsort(kind="stable")[::-1][:most]
        return (self[first + row] for row in best.tolist() if written[row])

    def sharing_an_end(self, beginning: bytes, ending: bytes) -> Iterator[tuple[bytes, int]]:
        """Yield (skeleton, row) of the words that begin or end so."""
        matching = zip(beginning, range(len(beginning)), strict=True), zip(ending, range(-len(ending), 0), strict=True)
        rows = np.union1d(*(self._matching(list(letters)) for letters in matching))
        skeletons = self._skeletons[rows].tobytes()
        for i, row in enumerate(rows.tolist()):
            yield skeletons[i * self.length : (i + 1) * self.length], row

    def _matching(self, letters: list[tuple[int, int]]) -> Rows:
        """Return the rows that have each of the letters in its column."""
        (letter, column), *others = letters
        rows = np.flatnonzero(self._columns[column] == letter)
        for letter, column in others:
            rows = rows[self._columns[column][rows] == letter]
        return rows
