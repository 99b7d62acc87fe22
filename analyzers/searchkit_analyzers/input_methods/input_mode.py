"""Detects how a query is typed, by all words together."""

from __future__ import annotations

from enum import Enum

from searchkit_analyzers.analyzer import ANALYZER
from searchkit_analyzers.language import LATIN
from searchkit_analyzers.normalize import has_kazakh_letter
from searchkit_analyzers.registry import LANGUAGES


class InputMode(Enum):
    """Language and keyboard of a query, as far as its letters tell."""

    KAZAKH = (4.0, ("kk",))
    """Kazakh, with its own letters."""
    WITHOUT_KAZAKH_LETTERS = (0.1, ("kk",))
    """Kazakh, as people type it on a Russian or a Latin keyboard."""
    RUSSIAN = (3.0, ("ru",))
    UNSURE = (0.7, ("kk", "ru"))
    LATIN = (0.8, ())
    """A language of Latin letters, such as English."""

    def __init__(self, base_letter_cost: float, dictionaries: tuple[str, ...]) -> None:
        self.base_letter_cost = base_letter_cost
        """The cost (nats) of a Russian letter in place of a Kazakh one: к for қ."""
        self.dictionaries = dictionaries
        """Codes of the languages whose dictionaries prove a word right."""

    @property
    def may_lack_letters(self) -> bool:
        """Whether a word may be Kazakh, typed without Kazakh letters."""
        return self is not InputMode.RUSSIAN

    @property
    def lacks_letters(self) -> bool:
        """Whether the query is Kazakh, typed without Kazakh letters."""
        return self is InputMode.WITHOUT_KAZAKH_LETTERS

    @property
    def may_misspell_cyrillic(self) -> bool:
        """Whether a word in Latin letters may be a Cyrillic word with typing errors in it.

        An English word may be the romanization of a name (*Almaty*), but no misspelling of one.
        """
        return self is not InputMode.LATIN


ROMANIZED = InputMode.WITHOUT_KAZAKH_LETTERS
"""The mode of a word in Latin letters: a Latin letter does not tell қ from к."""

_MODE_OF_LANGUAGE = {code: InputMode.LATIN for code, language in LANGUAGES.items() if language.script == LATIN} | {
    "kk": InputMode.WITHOUT_KAZAKH_LETTERS,
    "ru": InputMode.RUSSIAN,
}


def detect_input_mode(text: str) -> InputMode:
    """Return how a query is typed."""
    if has_kazakh_letter(text.lower()):
        return InputMode.KAZAKH
    return _MODE_OF_LANGUAGE.get(ANALYZER.language(text), InputMode.UNSURE)
