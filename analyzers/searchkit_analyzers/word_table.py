"""The table of analyzed words, each of which is analyzed once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from typing import NamedTuple

from searchkit_analyzers.forks import ForkSafeLock
from searchkit_analyzers.normalize import is_ordinary
from searchkit_analyzers.token import Doubts
from searchkit_analyzers.tokenizer import LONGEST_WORD

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
    doubts: Doubts
    """As in `Token`."""


Subtokens = tuple[Subtoken, ...]
"""The parts of a raw word: often one, none in a few symbols."""
AnalyzeWord = Callable[[str, str], Subtokens]
"""Takes a raw word and the language that it is read in."""


class WordTable:
    """Gives ids to words of each language, from 0 in order of appearance.

    It makes no reference cycle: processes that collect no garbage free a full table, too.
    """

    def __init__(self, analyze_word: AnalyzeWord) -> None:
        """Make an empty table of words that `analyze_word` cuts into subtokens."""
        self._words = _Words(analyze_word)
        self._ids_by_language: dict[str, _Ids] = {}

    @property
    def subtokens(self) -> list[Subtokens]:
        """By word id: the parts of the word."""
        return self._words.subtokens

    def word_ids(self, words: Sequence[str], languages: Sequence[str]) -> list[int]:
        """Return the ids of raw `words`, each read in its language of `languages`."""
        ids: list[int] = []
        for language, run in groupby(languages):
            begin, end = len(ids), len(ids) + len(list(run))
            ids += map(self._ids_in(language).__getitem__, words[begin:end])
        return ids

    def _ids_in(self, language: str) -> _Ids:
        return self._ids_by_language.setdefault(language, _Ids(self._words, language))


class _Words:
    """The words of a table, in all languages."""

    def __init__(self, analyze_word: AnalyzeWord) -> None:
        self._analyze_word = analyze_word
        self._lock = ForkSafeLock()
        self.subtokens: list[Subtokens] = []

    def add(self, raw: str, language: str) -> int:
        """Analyze the word `raw`, read in `language`, and return its id."""
        subtokens = self._analyze_word(raw, language)
        with self._lock:  # queries are analyzed in several threads
            self.subtokens.append(subtokens)
            return len(self.subtokens) - 1


class _Ids(dict[str, int]):
    """Raw word -> its id in one language, given at the first look-up."""

    def __init__(self, words: _Words, language: str) -> None:
        self._words, self._language = words, language

    def __missing__(self, raw: str) -> int:
        small = raw.lower()
        if small != raw and is_ordinary(raw):  # a capital letter changes no subtoken
            word_id = self[small]
        else:
            word_id = self._words.add(raw, self._language)
        if len(raw) <= _LONGEST_REMEMBERED:
            self[raw] = word_id
        return word_id
