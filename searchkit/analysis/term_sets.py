"""Terms that stand at one position, and the words that bring them there, by numbers.

Words repeat, so a document is an array of numbers of stacks: what a word stands for is looked up once a distinct word,
and all that is done for each token is done by numpy.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, islice
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit_analyzers import Subtoken, WordIds, WordTable

COARSE_MARK = "~"
Ints = NDArray[np.int32]


class TermSet(NamedTuple):
    """All terms that stand at one position. Words of one analysis share one stack, so it is made once for all."""

    exact: tuple[str, ...]
    """The word as it is written, and coarse keys, which stand for no form."""
    inexact: tuple[str, ...]
    """Terms by which the word is met although it is written otherwise: their position is stored twice."""


class TermSets:
    """Distinct stacks, each under its number."""

    def __init__(self) -> None:
        self.all: list[TermSet] = []
        self._positions = np.empty(0, np.int32)

    def extend(self, stacks: Sequence[TermSet]) -> None:
        """Give new stacks the next numbers."""
        sizes = [len(exact) + 2 * len(inexact) for exact, inexact in stacks]
        self._positions = np.append(self._positions, np.array(sizes, np.int32))
        self.all += stacks

    def positions(self, numbers: Ints) -> int:
        """Return how many positions the postings of these stacks have, those counted that stand twice."""
        return int(self._positions[numbers].sum())


class TokenArrays(NamedTuple):
    """The tokens of several texts, one after the other."""

    stacks: Ints
    starts: Ints
    """In code points of the text that a token is in."""
    ends: Ints
    edges: list[int]
    """By text: the number of its first token; and at last how many tokens there are."""


class TermSetsOfWords:
    """The stacks that each word of a lexicon brings, and where in the word they stand.

    Four columns have a number for each piece of a word, `_first` says where a word's begin.
    """

    def __init__(self, lexicon: WordTable) -> None:
        self.stacks = TermSets()
        self._lexicon = lexicon
        self._numbers: dict[TermSet, int] = {}
        self._first = np.zeros(1, np.int32)
        self._columns = np.empty((3, 0), np.int32)
        self._lock = Lock()

    def spread(self, texts: Sequence[WordIds]) -> TokenArrays:
        """Return the tokens of texts, which are numbered by the lexicon."""
        self._learn()
        counts = [len(text.numbers) for text in texts]
        words = _joined((text.numbers for text in texts), sum(counts))
        at = _joined((text.starts for text in texts), sum(counts))
        first = self._first[words]
        sizes = self._first[words + 1] - first
        pieces = np.repeat(first, sizes) + counted(sizes)
        stacks, starts, ends = self._columns[:, pieces]
        at = np.repeat(at, sizes)
        edges = np.append(0, np.cumsum(sizes))[np.cumsum([0, *counts])]
        return TokenArrays(stacks, at + starts, at + ends, edges.tolist())

    def _learn(self) -> None:
        """Take up the words that the lexicon has got since."""
        with self._lock:
            new = self._lexicon.pieces[len(self._first) - 1 :]
            pieces = list(chain.from_iterable(new))
            numbers = [self._numbers.setdefault(_stack(piece), len(self._numbers)) for piece in pieces]
            rows = [numbers, [piece.start for piece in pieces], [piece.end for piece in pieces]]
            latest = islice(reversed(self._numbers), len(self._numbers) - len(self.stacks.all))
            self.stacks.extend([*latest][::-1])
            self._columns = np.hstack((self._columns, np.array(rows, np.int32)))
            self._first = np.append(self._first, self._first[-1] + np.cumsum([*map(len, new)], dtype=np.int32))


@lru_cache(1)
def stacks_of(lexicon: WordTable) -> TermSetsOfWords:
    """Return what the words of a lexicon bring; that of one lexicon is kept."""
    return TermSetsOfWords(lexicon)


def _stack(piece: Subtoken) -> TermSet:
    exact = [term for term in piece.lemmas if term in piece.forms] + [COARSE_MARK + key for key in piece.coarse]
    return TermSet(tuple(exact), tuple(term for term in piece.lemmas if term not in piece.forms))


def _joined(columns: Iterable[list[int]], size: int) -> Ints:
    return np.fromiter(chain.from_iterable(columns), np.int32, size)


def counted(sizes: Ints) -> Ints:
    """Count each group from 0: 2, 3 -> 0, 1, 0, 1, 2."""
    ends = np.cumsum(sizes, dtype=np.int32)
    return np.arange(ends[-1] if len(ends) else 0, dtype=np.int32) - np.repeat(ends - sizes, sizes)
