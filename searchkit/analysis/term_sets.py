"""The terms that stand at one position, and the term sets that each word brings.

Words repeat, so a document is an array of term set ids: the terms of a word are looked up once per
distinct word, and numpy does the work of each token.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit_analyzers import Subtoken, WordIds, WordTable
from searchkit_analyzers.forks import ForkSafeLock

COARSE_MARK = "~"
Ints = NDArray[np.int32]


class TermSet(NamedTuple):
    """All terms that stand at one position; words of one analysis share one set."""

    exact: tuple[str, ...]
    """The word as it is written, and coarse keys, which stand for no form."""
    inexact: tuple[str, ...]
    """Terms that match the word in another form: their position is stored twice."""


class TermSets:
    """Numbers distinct term sets from 0, in the order in which they come."""

    def __init__(self) -> None:
        self.all: list[TermSet] = []
        """The term sets by id."""
        self._ids: dict[TermSet, int] = {}
        self._position_counts = np.empty(0, np.int32)

    def ids(self, term_sets: Iterable[TermSet]) -> list[int]:
        """Return the id of each term set, and number the new ones."""
        first_new, ids = len(self.all), []
        for term_set in term_sets:
            id_ = self._ids.setdefault(term_set, len(self.all))
            if id_ == len(self.all):
                self.all.append(term_set)
            ids.append(id_)
        counts = [len(exact) + 2 * len(inexact) for exact, inexact in self.all[first_new:]]
        self._position_counts = np.append(self._position_counts, np.array(counts, np.int32))
        return ids

    def count_positions(self, ids: Ints) -> int:
        """Return how many positions the postings of these term sets store."""
        return int(self._position_counts[ids].sum())


class TokenArrays(NamedTuple):
    """The tokens of several texts, one text after the other."""

    term_set_ids: Ints
    starts: Ints
    """Offsets in code points of the token's text."""
    ends: Ints
    counts: NDArray[np.intp]
    """How many tokens each text has."""


class TermSetsOfWords:
    """The term sets of each word, and their offsets in the word.

    A word has a column of `_subtokens` for each of its subtokens, from `_first_subtoken[word_id]`
    to `_first_subtoken[word_id + 1]`. The rows are term set ids, starts and ends.
    """

    def __init__(self, word_table: WordTable) -> None:
        self.term_sets = TermSets()
        self._word_table = word_table
        self._first_subtoken = np.zeros(1, np.int32)
        self._subtokens = np.empty((3, 0), np.int32)
        self._lock = ForkSafeLock()

    def tokens(self, texts: Sequence[WordIds]) -> TokenArrays:
        """Return the tokens of texts that are given as ids of the word table."""
        self._learn_new_words()
        word_counts = [len(text.ids) for text in texts]
        words = _concatenated((text.ids for text in texts), sum(word_counts))
        word_starts = _concatenated((text.starts for text in texts), sum(word_counts))
        first = self._first_subtoken[words]
        sizes = self._first_subtoken[words + 1] - first
        term_set_ids, starts, ends = self._subtokens[:, np.repeat(first, sizes) + arange_each(sizes)]
        offsets = np.repeat(word_starts, sizes)
        tokens_before_word = np.append(0, np.cumsum(sizes))
        tokens_before_text = tokens_before_word[np.cumsum([0, *word_counts])]
        return TokenArrays(term_set_ids, offsets + starts, offsets + ends, np.diff(tokens_before_text))

    def _learn_new_words(self) -> None:
        """Add the words that the word table has gained since the last call."""
        with self._lock:
            new_words = self._word_table.subtokens[len(self._first_subtoken) - 1 :]
            subtokens = list(chain.from_iterable(new_words))
            ids = self.term_sets.ids(map(_term_set, subtokens))
            rows = [ids, [subtoken.start for subtoken in subtokens], [subtoken.end for subtoken in subtokens]]
            self._subtokens = np.hstack((self._subtokens, np.array(rows, np.int32)))
            ends = self._first_subtoken[-1] + np.cumsum([*map(len, new_words)], dtype=np.int32)
            self._first_subtoken = np.append(self._first_subtoken, ends)


@lru_cache(1)
def term_sets_of_words(word_table: WordTable) -> TermSetsOfWords:
    """Return the term sets of a table's words; the last table's are kept."""
    return TermSetsOfWords(word_table)


if hasattr(os, "register_at_fork"):  # another thread may have been learning words at that moment
    os.register_at_fork(after_in_child=term_sets_of_words.cache_clear)


def _term_set(subtoken: Subtoken) -> TermSet:
    exact = [lemma for lemma in subtoken.lemmas if lemma in subtoken.forms]
    coarse = [COARSE_MARK + key for key in subtoken.coarse]
    return TermSet((*exact, *coarse), tuple(lemma for lemma in subtoken.lemmas if lemma not in subtoken.forms))


def _concatenated(columns: Iterable[Sequence[int]], size: int) -> Ints:
    return np.fromiter(chain.from_iterable(columns), np.int32, size)


def arange_each(sizes: Ints) -> Ints:
    """Count each group from 0: sizes 2, 3 give 0, 1, 0, 1, 2."""
    ends = np.cumsum(sizes, dtype=np.int32)
    return np.arange(ends[-1] if len(ends) else 0, dtype=np.int32) - np.repeat(ends - sizes, sizes)
