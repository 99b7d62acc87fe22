"""The words met so far: each has a number, and is taken apart and looked up in its morphology once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby
from threading import Lock
from typing import NamedTuple

from searchkit_analyzers.normalize import is_ordinary
from searchkit_analyzers.tokenizer import LONGEST_WORD

_MOST = 400_000
"""Words of a lexicon: above the vocabulary of a large archive, about 200 MB when full."""
_LONGEST_REMEMBERED = 2 * LONGEST_WORD
"""Longer ones (code points) are no words, and come once."""


class Subtoken(NamedTuple):
    """A token without its place: what one raw word gives in one language, whatever text it stands in."""

    start: int
    """In code points from the beginning of the raw word."""
    end: int
    language: str
    lemmas: tuple[str, ...]
    coarse: tuple[str, ...]
    forms: tuple[str, ...]


Subtokens = tuple[Subtoken, ...]
"""What stands inside a word: often one piece, none in a few symbols."""
Analyse = Callable[[str, str], Subtokens]
"""Takes a raw word apart, given the language that it is read in."""


class WordTable:
    """Numbers words, each in the language that it is read in, from 0 in the order in which they come."""

    def __init__(self, analyse: Analyse) -> None:
        self._analyse = analyse
        self._numbers: dict[str, _Numbers] = {}
        self._lock = Lock()
        self.pieces: list[Subtokens] = []
        """By number: what a word is made of."""

    @property
    def is_full(self) -> bool:
        """Whether it is time for another one. It stays what it is, and may even grow, while it is in use."""
        return len(self.pieces) >= _MOST

    def numbers(self, words: Sequence[str], languages: Sequence[str]) -> list[int]:
        """Return the number of each word read in the language given beside it."""
        numbers: list[int] = []
        for language, run in groupby(languages):
            begin, end = len(numbers), len(numbers) + len(list(run))
            numbers += map(self._of(language).__getitem__, words[begin:end])
        return numbers

    def _of(self, language: str) -> _Numbers:
        return self._numbers.setdefault(language, _Numbers(self, language))

    def add(self, raw: str, language: str) -> int:
        """Analyse a word and return its number."""
        pieces = self._analyse(raw, language)
        with self._lock:  # questions are analysed in several threads
            self.pieces.append(pieces)
            return len(self.pieces) - 1


class _Numbers(dict[str, int]):
    """The numbers of words in one language. A word that is looked for the first time gets one."""

    def __init__(self, lexicon: WordTable, language: str) -> None:
        self._lexicon, self._language = lexicon, language

    def __missing__(self, raw: str) -> int:
        small = raw.lower()
        if small != raw and is_ordinary(raw):  # with a capital letter it is made of the same
            number = self[small]
        else:
            number = self._lexicon.add(raw, self._language)
        if len(raw) <= _LONGEST_REMEMBERED:
            self[raw] = number
        return number
