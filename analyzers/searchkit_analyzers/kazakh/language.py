"""The Kazakh language as the registry lists it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from searchkit_analyzers.language import Language
from searchkit_analyzers.normalize import KAZAKH_LETTERS
from searchkit_analyzers.token import Morphology


def _load() -> Morphology:
    from searchkit_analyzers.kazakh import KAZAKH

    return KAZAKH


def _is_suffix(ending: str) -> bool:
    from searchkit_analyzers.kazakh import is_suffix

    return is_suffix(ending)


def _inflect(stem: str, ending: str) -> Iterable[str]:
    from searchkit_analyzers.kazakh.inflection import inflect

    return inflect(stem, ending)


LANGUAGE = Language(
    "kk",
    "Kazakh",
    Path(__file__).parent,
    _load,
    letters=KAZAKH_LETTERS,
    is_suffix=_is_suffix,
    inflect=_inflect,
    lemma_is_base_form=False,
)
