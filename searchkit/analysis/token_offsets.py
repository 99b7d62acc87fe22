"""The offsets of each token of a document, stored beside it.

So snippets need no second analysis.

A position counts tokens, as in postings: from 0 in the title, from `TEXT_START` in the text.
An offset counts code points from the beginning of the title, or of the text.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from functools import partial
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

TEXT_START = 1000
"""The position of the text's first token. Tokens of a title beyond this count as text."""

MAX_OCCURRENCES = 10_000
"""Occurrences of one query word that are located in a document: there may be a million."""

_HEADER = struct.Struct("<cII")
"""The type of the numbers that follow, and how many tokens and code points the title has."""


class Occurrence(NamedTuple):
    """One occurrence of a query word in a title or a text."""

    start: int
    end: int
    leaf: int
    """The index of the word among the leaves of the query."""
    position: int
    """How many tokens of the title, or of the text, stand before it."""


make_occurrence = partial(tuple.__new__, Occurrence)
"""Makes an `Occurrence` of a tuple, without a call of Python code: every hit has many."""


class Occurrences(NamedTuple):
    """All occurrences of a query's words in one document, in order."""

    in_title: list[Occurrence]
    in_text: list[Occurrence]
    in_byline: bool = True
    """Whether a word may stand in the byline, whose tokens have no offsets."""


def pack_token_offsets(
    starts: NDArray[np.int32], ends: NDArray[np.int32], title_tokens: int, title_letters: int
) -> bytes:
    """Pack token offsets: the gap after the previous token, and the length, of each.

    `starts` and `ends` are offsets in the title for the first `title_tokens` tokens, in the text
    for the others. `title_letters` is the length of the title in code points.
    """
    gaps = starts.copy()
    gaps[1:] -= ends[:-1]
    gaps[title_tokens : title_tokens + 1] += title_letters
    numbers = np.concatenate((gaps, ends - starts))
    kind = next(kind for kind in "bhi" if np.array_equal(numbers, numbers.astype(kind)))
    return _HEADER.pack(kind.encode(), title_tokens, title_letters) + numbers.astype(kind).tobytes()


class TokenOffsets:
    """The offsets of each token of one document, unpacked."""

    __slots__ = ("_ends", "_starts", "_title_letters", "_title_tokens")

    _starts: memoryview
    _ends: memoryview

    def __init__(self, packed: bytes) -> None:
        kind, self._title_tokens, self._title_letters = _HEADER.unpack_from(packed)
        gaps, lengths = np.frombuffer(packed, np.dtype(kind), offset=_HEADER.size).reshape(2, -1)
        ends = np.add(gaps, lengths, dtype=np.int32).cumsum(dtype=np.int32)
        self._starts, self._ends = (ends - lengths).data, ends.data

    @property
    def nbytes(self) -> int:
        """The memory that the offsets take, in bytes."""
        return self._starts.nbytes + self._ends.nbytes

    def occurrences(self, leaf_at: Mapping[int, int]) -> Occurrences:
        """Return the occurrences of query words, at most `MAX_OCCURRENCES` of each.

        `leaf_at` maps a position to the index of the query leaf that stands there.
        """
        in_title, in_text = [], []
        starts, ends = self._starts, self._ends
        title_tokens, title_letters = self._title_tokens, self._title_letters
        unused_positions = TEXT_START - min(title_tokens, TEXT_START)
        in_byline = len(leaf_at) > MAX_OCCURRENCES
        for position in sorted(_first_positions(leaf_at)):
            token = position if position < TEXT_START else position - unused_positions
            if token >= len(starts):
                in_byline = True
                break  # the author and the office follow the text, and have no offsets
            start, end, leaf = starts[token], ends[token], leaf_at[position]
            if token < title_tokens:
                in_title.append(make_occurrence((start, end, leaf, token)))
            else:
                in_text.append(
                    make_occurrence((start - title_letters, end - title_letters, leaf, token - title_tokens))
                )
        return Occurrences(in_title, in_text, in_byline)


def _first_positions(leaf_at: Mapping[int, int]) -> Iterable[int]:
    """Return the positions, of each leaf only the first `MAX_OCCURRENCES`."""
    if len(leaf_at) <= MAX_OCCURRENCES:
        return leaf_at
    positions, leaves = (np.fromiter(part, np.int64, len(leaf_at)) for part in (leaf_at.keys(), leaf_at.values()))
    first = [np.sort(positions[leaves == leaf])[:MAX_OCCURRENCES] for leaf in np.unique(leaves)]
    return chain.from_iterable(each.tolist() for each in first)
