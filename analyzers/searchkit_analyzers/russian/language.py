"""The Russian language as the registry lists it."""

from __future__ import annotations

from pathlib import Path

from searchkit_analyzers.language import Language
from searchkit_analyzers.languages import turkic
from searchkit_analyzers.token import Morphology


def _load() -> Morphology:
    from searchkit_analyzers.russian.morphology import RUSSIAN

    return RUSSIAN


def _is_common(word: str) -> bool:
    try:
        from searchkit_analyzers.russian import frequent
    except ImportError:
        return False
    return frequent.terms_of(word) is not None


LANGUAGE = Language(
    "ru", "Russian", Path(__file__).parent, _load, is_lookalike=turkic.resembles_russian, is_common=_is_common
)
