"""Alphabets of Kazakh besides Cyrillic, and how each is read in Cyrillic letters.

``scripts.tsv`` gives the Cyrillic letter for each letter or digraph of an alphabet. Arabic
letters then need vowel harmony (`harmony`), and all of them the spelling rules (`spelling`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Protocol

from searchkit_analyzers.kazakh.scripts.harmony import TO_BACK, begins_front, ends_front, harmonize
from searchkit_analyzers.kazakh.scripts.script_data import ARABIC, LETTERS, SCRIPTS
from searchkit_analyzers.kazakh.scripts.spelling import arabic_round_trips, latin_round_trips, longest_listed, spell
from searchkit_analyzers.kazakh.tables import rows
from searchkit_analyzers.normalize import clean

# A capital I stands for і and for и: for и after a vowel and, at the beginning of a word, before
# a back vowel or и. Işkı, QAITA, Italia.
_CAPITAL_I = re.compile("(?<=[аәеоөұүы])I|^I(?=[^аәеоөұүыі]*[аоұыуи])")
_NOT_CAPITAL_I = re.compile("[^I]|I(?=')")

_HAMZA = re.compile("[\u0674\u0621]")
_TATWEEL = "\u0640"
_PATRONYMIC = re.compile(r"(?<=\w{3}[^г])үлі(?=$|н)")
"""-ұлы of patronymics is never -үлі, although it may follow front vowels."""


class Alphabet(Protocol):
    """The letters of one script."""

    def to_cyrillic(self, word: str) -> str:
        """Return a raw word in lower-case Cyrillic, ``""`` if it has a foreign letter."""


@cache
def alphabet(script: str) -> Alphabet:
    """Return the alphabet of one of the `SCRIPTS`."""
    column = SCRIPTS.index(script) + 1
    letters = {written: row[0] for row in rows(LETTERS) for written in row[column].split()}
    return ArabicAlphabet(letters) if script == ARABIC else LatinAlphabet(letters)


class LatinAlphabet:
    """The Latin letters of one year."""

    def __init__(self, letters: Mapping[str, str]) -> None:
        self._letters = _LetterTable({**letters, "I": "I", "i\u0307": "и"})

    def to_cyrillic(self, word: str) -> str:
        """Return a raw word in lower-case Cyrillic, ``""`` if it has a foreign letter."""
        lowered = _NOT_CAPITAL_I.sub(lambda letter: letter.group().lower(), clean(word))
        cyrillic = _CAPITAL_I.sub("и", self._letters.replace(lowered)).replace("I", "і")
        listed, rest = longest_listed(latin_round_trips, spell(cyrillic))
        return listed + rest


class ArabicAlphabet:
    """Töte jazu, which has one letter for а and ә, о and ө, ұ and ү, ы and і."""

    def __init__(self, letters: Mapping[str, str]) -> None:
        self._letters = _LetterTable(letters)

    def to_cyrillic(self, word: str) -> str:
        """Return a raw word in lower-case Cyrillic, ``""`` if it has a foreign letter."""
        bare, hamzas = _HAMZA.subn("", clean(word).replace(_TATWEEL, ""))
        cyrillic = self._letters.replace(bare)
        back = cyrillic.translate(TO_BACK)
        spelled = spell(harmonize(back, bool(hamzas) or cyrillic != back or begins_front(back)))
        listed, rest = longest_listed(arabic_round_trips, spelled)
        if listed:
            ending = harmonize(listed[-1] + rest.translate(TO_BACK), ends_front(listed), first=False)
            spelled = listed + ending[1:]
        return _PATRONYMIC.sub("ұлы", spelled)


class _LetterTable:
    """The letters and digraphs of an alphabet, with the Cyrillic letter for each."""

    def __init__(self, letters: Mapping[str, str]) -> None:
        self._letters = letters
        either = "|".join(map(re.escape, sorted(letters, key=len, reverse=True)))
        self._letter, self._word = re.compile(either), re.compile(f"(?:{either})+")

    def replace(self, word: str) -> str:
        """Return a word letter by letter, with и for й too.

        Returns ``""`` if a letter is foreign to the alphabet.
        """
        if not self._word.fullmatch(word):
            return ""
        return self._letter.sub(lambda letter: self._letters[letter.group()], word)
