"""The made-up language as the registry lists it."""

from __future__ import annotations

from pathlib import Path

from searchkit_analyzers.language import Language
from searchkit_analyzers.token import Morphology


def _load() -> Morphology:
    from searchkit_analyzers.toy_language.morphology import TOY

    return TOY


def _letter_odds(folded: str) -> int:
    return -4  # letters tell nothing; words that are no function words of it speak a little against it


LANGUAGE = Language("xx", "Toy", Path(__file__).parent, _load, letter_odds=_letter_odds)
