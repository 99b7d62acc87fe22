"""How a question is typed. Its words tell that together, where one of them could not."""

from __future__ import annotations

from enum import Enum

from searchkit_analyzers import ANALYZER
from searchkit_analyzers.normalize import has_kazakh_letter


class InputMode(Enum):
    """What the letters of a question say about its words."""

    KAZAKH = "Kazakh, in its own letters"
    WITHOUT_KAZAKH_LETTERS = "Kazakh, as people type it on a Russian or a Latin keyboard"
    RUSSIAN = "Russian"
    UNSURE = "either"


_BY_LANGUAGE = {"kk": InputMode.WITHOUT_KAZAKH_LETTERS, "ru": InputMode.RUSSIAN}


def asked(text: str) -> InputMode:
    """Return how a question is typed."""
    if has_kazakh_letter(text.lower()):
        return InputMode.KAZAKH
    return _BY_LANGUAGE.get(ANALYZER.language(text), InputMode.UNSURE)
