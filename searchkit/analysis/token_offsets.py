"""Where each token of a document stands, kept beside it: snippets need not analyse an article again.

A position counts tokens, as in postings: from 0 in the title, from `TEXT_START` in the text. A place is an offset.
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
"""The position of the text's first word. What a title has beyond this counts as text."""

MOST = 10_000
"""How often a word of a question is looked at in an article: it may stand there a million times."""

_HEAD = struct.Struct("<cII")
"""The type of the numbers that follow, and how many tokens and letters the title has."""


class Occurrence(NamedTuple):
    """A word of a question where it stands in a title or a text."""

    start: int
    end: int
    leaf: int
    """Which of the question's words it is."""
    position: int
    """How many tokens of the title, or of the text, stand before it."""


occurrence = partial(tuple.__new__, Occurrence)
"""Makes an `Occurrence` of a tuple, without a call of Python code: every hit has many."""


class Occurrences(NamedTuple):
    """All words of a question in one document, in order."""

    in_title: list[Occurrence]
    in_text: list[Occurrence]


def packed(starts: NDArray[np.int32], ends: NDArray[np.int32], title_tokens: int, title_letters: int) -> bytes:
    """Return where tokens stand in few bytes: how far each is from the end of the one before, and its length.

    `starts` and `ends` are offsets in the title for the first `title_tokens` tokens, in the text for the others.
    """
    gaps = starts.copy()
    gaps[1:] -= ends[:-1]
    gaps[title_tokens : title_tokens + 1] += title_letters
    numbers = np.concatenate((gaps, ends - starts))
    kind = next(kind for kind in "bhi" if np.array_equal(numbers, numbers.astype(kind)))
    return _HEAD.pack(kind.encode(), title_tokens, title_letters) + numbers.astype(kind).tobytes()


class TokenOffsets:
    """Where each token of one document stands, given its packed places."""

    __slots__ = ("_ends", "_starts", "_title_letters", "_title_tokens")

    _starts: memoryview
    _ends: memoryview

    def __init__(self, packed: bytes) -> None:
        kind, self._title_tokens, self._title_letters = _HEAD.unpack_from(packed)
        gaps, lengths = np.frombuffer(packed, np.dtype(kind), offset=_HEAD.size).reshape(2, -1)
        ends = np.add(gaps, lengths, dtype=np.int32).cumsum(dtype=np.int32)
        self._starts, self._ends = (ends - lengths).data, ends.data

    @property
    def bytes(self) -> int:
        """How much memory they take."""
        return self._starts.nbytes + self._ends.nbytes

    def occurrences(self, leaf_at: Mapping[int, int]) -> Occurrences:
        """Return where words of a question stand, given which of them stands at which position; no more than `MOST`."""
        in_title, in_text = [], []
        starts, ends = self._starts, self._ends
        title_tokens, title_letters = self._title_tokens, self._title_letters
        skipped = TEXT_START - min(title_tokens, TEXT_START)
        for position in sorted(_first(leaf_at)):
            token = position if position < TEXT_START else position - skipped
            if token >= len(starts):
                break  # behind the text stands who wrote it
            start, end, leaf = starts[token], ends[token], leaf_at[position]
            if token < title_tokens:
                in_title.append(occurrence((start, end, leaf, token)))
            else:
                in_text.append(occurrence((start - title_letters, end - title_letters, leaf, token - title_tokens)))
        return Occurrences(in_title, in_text)


def _first(leaf_at: Mapping[int, int]) -> Iterable[int]:
    """Return the positions, of each word only the first of very many."""
    if len(leaf_at) <= MOST:
        return leaf_at
    positions, leaves = (np.fromiter(part, np.int64, len(leaf_at)) for part in (leaf_at.keys(), leaf_at.values()))
    first = [np.sort(positions[leaves == leaf])[:MOST] for leaf in np.unique(leaves)]
    return chain.from_iterable(each.tolist() for each in first)
