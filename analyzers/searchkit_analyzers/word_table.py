"""The table of analyzed words, each of which is analyzed once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from threading import Lock
from typing import NamedTuple

from searchkit_analyzers.normalize import is_ordinary
from searchkit_analyzers.tokenizer import LONGEST_WORD

_CAPACITY = 400_000
"""Words of a table: above the vocabulary of a large archive, about 200 MB when full."""
_LONGEST_REMEMBERED = 2 * LONGEST_WORD
"""Longer runs (code points) are no words, and occur once."""


class Subtoken(NamedTuple):
    """A token without its position in a text: one part of a raw word."""

    start: int
    """Where it begins, in code points from the beginning of the raw word."""
    end: int
    """Where it ends (exclusive), in code points from the beginning of the raw word."""
    language: str
    """As in `Token`."""
    lemmas: tuple[str, ...]
    """As in `Token`."""
    coarse: tuple[str, ...]
    """As in `Token`."""
    forms: tuple[str, ...]
    """As in `Token`."""


Subtokens = tuple[Subtoken, ...]
"""The parts of a raw word: often one, none in a few symbols."""
AnalyzeWord = Callable[[str, str], Subtokens]
"""Takes a raw word and the language that it is read in."""


class WordTable:
    """Gives ids to words of each language, from 0 in order of appearance."""

    def __init__(self, analyze_word: AnalyzeWord) -> None:
        """Make an empty table of words that `analyze_word` cuts into subtokens."""
        self._analyze_word = analyze_word
        self._ids_by_language: dict[str, _Ids] = {}
        self._lock = Lock()
        self.subtokens: list[Subtokens] = []
        """By word id: the parts of the word."""

    @property
    def is_full(self) -> bool:
        """Whether a new table should be begun; one in use may still grow."""
        return len(self.subtokens) >= _CAPACITY

    def word_ids(self, words: Sequence[str], languages: Sequence[str]) -> list[int]:
        """Return the ids of raw `words`, each read in its language of `languages`."""
        ids: list[int] = []
        for language, run in groupby(languages):
            begin, end = len(ids), len(ids) + len(list(run))
            ids += map(self._ids_in(language).__getitem__, words[begin:end])
        return ids

    def _ids_in(self, language: str) -> _Ids:
        return self._ids_by_language.setdefault(language, _Ids(self, language))

    def add(self, raw: str, language: str) -> int:
        """Analyze the word `raw`, read in `language`, and return its id."""
        subtokens = self._analyze_word(raw, language)
        with self._lock:  # queries are analyzed in several threads
            self.subtokens.append(subtokens)
            return len(self.subtokens) - 1


class _Ids(dict[str, int]):
    """Raw word -> its id in one language, given at the first look-up."""

    def __init__(self, table: WordTable, language: str) -> None:
        self._table, self._language = table, language

    def __missing__(self, raw: str) -> int:
        small = raw.lower()
        if small != raw and is_ordinary(raw):  # a capital letter changes no subtoken
            word_id = self[small]
        else:
            word_id = self._table.add(raw, self._language)
        if len(raw) <= _LONGEST_REMEMBERED:
            self[raw] = word_id
        return word_id
