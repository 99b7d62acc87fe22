"""The English language as the registry lists it."""

from __future__ import annotations

from pathlib import Path

from searchkit_analyzers.english import clues, endings
from searchkit_analyzers.language import LATIN, Language
from searchkit_analyzers.token import Morphology


def _load() -> Morphology:
    from searchkit_analyzers.english.morphology import ENGLISH

    return ENGLISH


LANGUAGE = Language(
    "en",
    "English",
    Path(__file__).parent,
    _load,
    script=LATIN,
    letter_odds=clues.letter_odds,
    clue_data=clues.data,
    is_ending=endings.is_ending,
    is_beginning=endings.is_beginning,
)
