"""The words of one segment of an index and how many documents hold each: a few bytes a word, read where it lies.

Words of one length (letters) make one array of bytes, sorted by their skeletons. So words with the same skeleton are
found by bisection, and words nearly like a skeleton by comparing a few columns of the array.

layout: as many numbers (4 bytes) as there are lengths, each saying how many words are so long; then, for each length,
the words one after the other, and two frequencies for each (2 bytes each).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.vocabulary.letters import CLASS_BITS, CLASS_OF, LONGEST, decoded, encoded

Bytes = NDArray[np.uint8]
Rows = NDArray[np.intp]

_COUNT, _FREQUENCY = np.dtype("<u4"), np.dtype("<u2")
_MOST = 65_535
"""Higher frequencies are not told apart: the word is frequent."""


class Known(NamedTuple):
    """A word of an index."""

    word: str
    frequency: int
    """How many documents hold it in any of its forms."""
    written: int
    """How many hold it as it is written here; none where it is but a lemma."""


def table_of(words: Iterable[Known]) -> bytes:
    """Return the table of words, each given once; passes over what is not made of letters."""
    by_length: dict[int, list[tuple[bytes, int, int]]] = defaultdict(list)
    for word, frequency, written in words:
        letters = encoded(word)
        if 0 < len(letters) <= LONGEST:
            by_length[len(letters)].append((letters, min(frequency, _MOST), min(written, _MOST)))
    counts = np.array([len(by_length[length]) for length in range(1, LONGEST + 1)], _COUNT)
    return counts.tobytes() + b"".join(map(_written, (by_length[length] for length in range(1, LONGEST + 1))))


def _written(words: list[tuple[bytes, int, int]]) -> bytes:
    """Return words of one length with their frequencies."""
    words = sorted(words, key=lambda known: known[0].translate(CLASS_OF))
    frequencies = np.array([counts for _, *counts in words], _FREQUENCY)
    return b"".join(word for word, *_ in words) + frequencies.tobytes()


class Table:
    """Reads a table; one of no bytes has no words."""

    def __init__(self, content: bytes | memoryview) -> None:
        counts = np.frombuffer(content, _COUNT, LONGEST).tolist() if len(content) else [0] * LONGEST
        self.words: dict[int, Words] = {}
        at = LONGEST * _COUNT.itemsize
        for length, count in enumerate(counts, 1):
            end = at + count * (length + 2 * _FREQUENCY.itemsize)
            if count:
                self.words[length] = Words(content[at:end], length, count)
            at = end

    def __iter__(self) -> Iterator[Known]:
        return chain.from_iterable(self.words.values())


class Words:
    """The words of one length in one table."""

    def __init__(self, content: bytes | memoryview, length: int, count: int) -> None:
        self.length = length
        self._letters: Bytes = np.frombuffer(content, np.uint8, count * length).reshape(count, length)
        self._frequencies = np.frombuffer(content, _FREQUENCY, 2 * count, count * length).reshape(count, 2)

    def __iter__(self) -> Iterator[Known]:
        return map(self.__getitem__, range(len(self._letters)))

    def __getitem__(self, row: int) -> Known:
        return Known(decoded(self._letters[row].tobytes()), *self._frequencies[row].tolist())

    @cached_property
    def _skeletons(self) -> Bytes:
        return self._letters >> np.uint8(CLASS_BITS)

    @cached_property
    def _columns(self) -> Bytes:
        """The skeletons, column by column: each lies in one piece."""
        return np.ascontiguousarray(self._skeletons.T)

    def alike(self, skeleton: bytes) -> Iterator[Known]:
        """Yield the words with this skeleton, which is of their length."""
        whole = self._skeletons.view(f"S{self.length}")[:, 0]
        first, end = (int(whole.searchsorted(skeleton, side)) for side in ("left", "right"))
        return map(self.__getitem__, range(first, end))

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
