"""Decides whether a query word stays, is replaced, or gets another word beside it.

The index alone would replace any word that it lacks by one that it has. But most words are typed
rightly. Known words, abbreviations and names stay.
"""

from __future__ import annotations

import math
from enum import Enum
from typing import NamedTuple

from searchkit.understanding.spelling.candidates import Candidate
from searchkit.understanding.spelling.known_words import is_common, is_known, is_surely_known
from searchkit.understanding.spelling.surnames import is_surname
from searchkit_analyzers.input_methods.input_mode import InputMode
from searchkit_analyzers.normalize import has_kazakh_letter, is_cyrillic

_LONGEST_ABBREVIATION = 6
_LEAST_LIKELIHOOD, _LEAST_LIKELIHOOD_OF_CAPITALIZED = -12.7, -8.5
"""In nats. A word that nothing knows is rather a rare one than a misspelling of one less likely."""
_LEAST_LIKELIHOOD_OF_TWO = -9.5
"""Rarer words together are rather a compound: телебағдарлама, жалпыхалықтық."""
_LEAST_LIKELIHOOD_OF_RIGHT = -8.0
"""A word that is right without Kazakh letters (рагы) is rather that than a rarer one with them."""
_LIKELIHOOD_OF_LETTER, _LONG = 0.35, 8
"""Fewer words are like a longer one: for each letter beyond so many, less is enough."""
_SHORT_NAME = 6
"""A capitalized word of fewer letters is rather a name than a misspelling."""


class Treatment(Enum):
    """What becomes of a word that another word may be meant by."""

    KEEP = "It is searched as typed."
    BESIDE = "It is searched, and so is the other word."
    REPLACE = "The other word is searched in its place."


class TypedWord(NamedTuple):
    """A word of a query with all that its correction depends on."""

    surface: str
    """The word as typed."""
    folded: str
    """The word as typed, folded."""
    form: str
    """The word as it is searched; another one only where the analyzers have respelled it."""
    lemmas: tuple[str, ...]
    language: str
    mode: InputMode
    """How the query is typed."""
    may_be_name: bool
    is_alone: bool
    """Whether no other word of the query tells its language."""
    is_shouted: bool
    """Whether all words of the query are in capitals, so that these tell nothing."""

    @property
    def is_abbreviation(self) -> bool:
        """Whether the word is one, as far as its capitals tell."""
        return is_in_capitals(self.surface) and not self.is_shouted

    @property
    def is_capitalized(self) -> bool:
        """Whether the word begins with a capital letter."""
        return self.surface[:1].isupper() and not self.is_shouted

    @property
    def is_known(self) -> bool:
        """Whether the word is right, as far as lists, dictionaries and grammars tell."""
        return is_known(self.folded, self.mode)

    @property
    def _is_in_kazakh_without_letters(self) -> bool:
        """Whether other words, too, tell that the query is Kazakh without its letters."""
        return self.mode.lacks_letters and not self.is_alone

    def treatment(self, candidate: Candidate, likelihood: float) -> Treatment:
        """Return the treatment of the word if `candidate` is the likeliest other one.

        `likelihood` is its score less the score of a word that stands in all documents.
        """
        if candidate.kind == "latin":
            return self._if_latin()
        if self.is_abbreviation:
            return Treatment.KEEP
        if candidate.kind == "letters":
            return self._if_letters(likelihood)
        if is_cyrillic(self.folded):
            return self._if_typo(candidate.kind, likelihood)
        return Treatment.REPLACE

    def _if_latin(self) -> Treatment:
        if self.is_abbreviation and (self.is_known or self.is_alone):
            return Treatment.KEEP
        return Treatment.BESIDE if self.is_known else Treatment.REPLACE

    def _if_letters(self, likelihood: float) -> Treatment:
        if self._is_in_kazakh_without_letters:
            is_rare = likelihood < _LEAST_LIKELIHOOD_OF_RIGHT
            return Treatment.BESIDE if is_rare and is_surely_known(self.folded, self.mode) else Treatment.REPLACE
        if self.is_known:
            is_sure = has_kazakh_letter(self.folded) or is_common(self.folded) or not self.mode.may_lack_letters
            return Treatment.KEEP if is_sure else Treatment.BESIDE
        is_sure = likelihood >= self._least_likelihood and has_kazakh_letter(self.folded)
        return Treatment.BESIDE if self.is_capitalized and not is_sure else Treatment.REPLACE

    def _if_typo(self, kind: str, likelihood: float) -> Treatment:
        if kind == "glued":
            return self._if_glued(likelihood)
        if likelihood < self._least_likelihood or is_surname(self.folded, self.is_capitalized):
            return Treatment.KEEP if self.is_known else Treatment.BESIDE
        return Treatment.BESIDE if self.is_known else Treatment.REPLACE

    def _if_glued(self, likelihood: float) -> Treatment:
        if self.is_capitalized or self.is_known:
            return Treatment.KEEP
        is_sure = self._is_in_kazakh_without_letters or likelihood >= _LEAST_LIKELIHOOD_OF_TWO
        return Treatment.REPLACE if is_sure else Treatment.BESIDE

    @property
    def _least_likelihood(self) -> float:
        """The least likelihood of the word that replaces this one, which nothing knows."""
        longer = _LIKELIHOOD_OF_LETTER * max(0, len(self.folded) - _LONG)
        if not self.is_capitalized:
            return _LEAST_LIKELIHOOD - longer
        return math.inf if len(self.folded) < _SHORT_NAME else _LEAST_LIKELIHOOD_OF_CAPITALIZED - longer


def is_in_capitals(surface: str) -> bool:
    """Return whether a word is written as abbreviations are: ЖКХ, ҚТЖ."""
    return 1 < len(surface) <= _LONGEST_ABBREVIATION and surface.isupper()
