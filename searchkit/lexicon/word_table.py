"""Stores the words of one segment with their document frequencies.

The table takes a few bytes per word and is read in place. Words of one length (letters) form one
array of bytes, sorted by skeleton. So bisection finds the words with a given skeleton, and
comparing a few columns finds words with a similar skeleton.

Layout: for each length, the words one after the other and two frequencies per word (2 bytes each);
at the end, one count (4 bytes) per length: the number of words of that length.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.lexicon.skeletons import CLASS_BITS, MAX_WORD_LENGTH, decode, encode
from searchkit.work import count_work

Bytes = NDArray[np.uint8]
Rows = NDArray[np.intp]

_COUNT, _FREQUENCY = np.dtype("<u4"), np.dtype("<u2")
_AFTER_ALL = b"\xff"
"""Sorts after the class of any letter."""
_COMPARED_AT_ONCE = 8
"""So many words are compared in the time of one step of a search."""
_MAX_FREQUENCY = 65_535
"""Higher frequencies are stored as this one: the word is frequent."""


class WordStats(NamedTuple):
    """A word of an index with its document frequencies."""

    word: str
    doc_freq: int
    """Number of documents that contain the word in any of its forms."""
    surface_doc_freq: int
    """Number of documents that contain exactly this form; 0 if it is only a lemma."""


def pack_words(words: Iterable[WordStats]) -> bytes:
    """Return the table of these words; words with other characters than letters are skipped."""
    by_length: dict[int, list[tuple[bytes, int, int]]] = defaultdict(list)
    for word, doc_freq, surface_doc_freq in words:
        letters = encode(word)
        if 0 < len(letters) <= MAX_WORD_LENGTH:
            by_length[len(letters)].append((letters, doc_freq, surface_doc_freq))
    return b"".join(_packed(_rows(length, by_length[length]) for length in range(1, MAX_WORD_LENGTH + 1)))


def merge_words(tables: Sequence[SegmentWords], kept: WordSet) -> Iterator[bytes]:
    """Yield the merged table of the words in `kept` in pieces, with frequencies summed."""
    yield from _packed(_concatenated(length, tables, kept) for length in range(1, MAX_WORD_LENGTH + 1))


class WordSet:
    """A set of words, held as their letters in a few bytes each."""

    def __init__(self) -> None:
        self._letters: dict[int, bytearray] = defaultdict(bytearray)

    def add(self, word: str) -> None:
        """Add a word; one with other characters than letters is in no table."""
        letters = encode(word)
        if 0 < len(letters) <= MAX_WORD_LENGTH:
            self._letters[len(letters)] += letters

    def mask(self, letters: Bytes) -> NDArray[np.bool_]:
        """Return for each of the words of one length whether the set has it."""
        count, length = letters.shape
        rows = np.ascontiguousarray(letters).view(f"S{length}").reshape(count)
        return np.isin(rows, np.frombuffer(bytes(self._letters[length]), f"S{length}"))


_WordArrays = tuple[Bytes, NDArray[np.int64]]
"""Words of one length: letters of shape (words, length), frequencies of shape (words, 2)."""


def _rows(length: int, words: Sequence[tuple[bytes, int, int]]) -> _WordArrays:
    letters = np.frombuffer(b"".join(word for word, *_ in words), np.uint8).reshape(-1, length)
    return letters, np.array([counts for _, *counts in words], np.int64).reshape(-1, 2)


def _concatenated(length: int, tables: Sequence[SegmentWords], kept: WordSet) -> _WordArrays:
    of_length = [table.by_length[length] for table in tables if length in table.by_length]
    letters = np.concatenate([np.empty((0, length), np.uint8), *(words.letters for words in of_length)])
    frequencies = [np.empty((0, 2), np.int64), *(words.frequencies.astype(np.int64) for words in of_length)]
    rows = kept.mask(letters)
    return letters[rows], np.concatenate(frequencies)[rows]


def _packed(arrays: Iterable[_WordArrays]) -> Iterator[bytes]:
    """Yield the stored bytes of the words of each length, then the counts."""
    counts = []
    for letters, frequencies in arrays:
        letters, frequencies = _sorted_and_summed(letters, frequencies)
        counts.append(len(letters))
        yield letters.tobytes() + np.minimum(frequencies, _MAX_FREQUENCY).astype(_FREQUENCY).tobytes()
    yield np.array(counts, _COUNT).tobytes()


def _sorted_and_summed(letters: Bytes, frequencies: NDArray[np.int64]) -> _WordArrays:
    """Sort words by skeleton and sum the frequencies of equal words."""
    count, length = letters.shape
    if not count:
        return letters, frequencies
    keys = np.hstack((letters >> np.uint8(CLASS_BITS), letters)).view(f"S{2 * length}")[:, 0]
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    sums = [np.bincount(inverse, frequencies[:, column], len(first)) for column in (0, 1)]
    return letters[first], np.stack(sums, axis=1).astype(np.int64)


class SegmentWords:
    """Reads the table of one segment; an empty table has no words."""

    def __init__(self, content: bytes | memoryview) -> None:
        counts_size = MAX_WORD_LENGTH * _COUNT.itemsize
        counts = content[len(content) - counts_size :] if len(content) else bytes(counts_size)
        self.by_length: dict[int, Words] = {}
        start = 0
        for length, count in enumerate(np.frombuffer(counts, _COUNT).tolist(), 1):
            end = start + count * (length + 2 * _FREQUENCY.itemsize)
            if count:
                self.by_length[length] = Words(content[start:end], length, count)
            start = end

    def __iter__(self) -> Iterator[WordStats]:
        return chain.from_iterable(self.by_length.values())


class Words:
    """Words of one length in one segment.

    `letters` has the shape (words, length), `frequencies` the shape (words, 2).
    """

    def __init__(self, content: bytes | memoryview, length: int, count: int) -> None:
        self.length = length
        self.letters: Bytes = np.frombuffer(content, np.uint8, count * length).reshape(count, length)
        self.frequencies = np.frombuffer(content, _FREQUENCY, 2 * count, count * length).reshape(count, 2)

    def __iter__(self) -> Iterator[WordStats]:
        return map(self.__getitem__, range(len(self.letters)))

    def __getitem__(self, row: int) -> WordStats:
        return WordStats(decode(self.letters[row].tobytes()), *self.frequencies[row].tolist())

    @cached_property
    def _skeletons(self) -> Bytes:
        return self.letters >> np.uint8(CLASS_BITS)

    @cached_property
    def _keys(self) -> NDArray[np.bytes_]:
        """The skeletons as strings of bytes, which are sorted."""
        return self._skeletons.view(f"S{self.length}")[:, 0]

    @cached_property
    def _columns(self) -> Bytes:
        """The skeletons transposed, so that each column is contiguous."""
        return np.ascontiguousarray(self._skeletons.T)

    def with_skeleton(self, skeleton: bytes) -> Iterator[WordStats]:
        """Yield the words with this skeleton, which must have their length."""
        first = int(self._keys.searchsorted(skeleton))
        if first == len(self._keys) or self._keys[first] != skeleton:
            return iter(())
        return map(self.__getitem__, range(first, int(self._keys.searchsorted(skeleton, "right"))))

    def with_prefix(self, prefix: bytes, limit: int) -> Iterator[WordStats]:
        """Yield up to `limit` words whose skeleton begins with `prefix`, by surface frequency."""
        first, end = self._keys.searchsorted([prefix, prefix + _AFTER_ALL]).tolist()
        surface_doc_freqs = self.frequencies[first:end, 1]
        best = surface_doc_freqs.argsort(kind="stable")[::-1][:limit]
        return (self[first + row] for row in best.tolist() if surface_doc_freqs[row])

    def within_edits(self, skeleton: bytes, shared: int, max_edits: int) -> Iterator[WordStats]:
        """Yield the words whose skeleton is 1 to `max_edits` edits away from another one.

        Only words are compared that share its first or its last `shared` letters.
        """
        rows = self._sharing_start_or_end(skeleton[:shared], skeleton[len(skeleton) - shared :])
        if not len(rows):
            return iter(())
        from rapidfuzz import process  # 15 ms: needed for unknown words only
        from rapidfuzz.distance import OSA

        count_work(1 + len(rows) // _COMPARED_AT_ONCE)
        others = self._keys[rows].tolist()
        edits = process.cdist([skeleton], others, scorer=OSA.distance, score_cutoff=max_edits, dtype=np.uint8)[0]
        return map(self.__getitem__, rows[(edits > 0) & (edits <= max_edits)].tolist())

    def _sharing_start_or_end(self, start: bytes, end: bytes) -> Rows:
        """Return the rows of the words that begin with `start` or end with `end`, each once."""
        first, last = self._keys.searchsorted([start, start + _AFTER_ALL]).tolist()
        ending = self._matching_rows(list(zip(end, range(-len(end), 0), strict=True)))
        return np.concatenate((np.arange(first, last), ending[(ending < first) | (ending >= last)]))

    def _matching_rows(self, letters: list[tuple[int, int]]) -> Rows:
        """Return the rows that have each (letter class, column) of `letters`."""
        (letter, column), *others = letters
        rows = np.flatnonzero(self._columns[column] == letter)
        for letter, column in others:
            rows = rows[self._columns[column][rows] == letter]
        return rows
