"""The Kazakh language as the registry lists it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from searchkit_analyzers.language import Font, Language, OtherScripts
from searchkit_analyzers.languages import ngrams, turkic
from searchkit_analyzers.normalize import KAZAKH_LETTERS
from searchkit_analyzers.token import Morphology

_WITHOUT_KAZAKH_LETTERS = -4
"""In tenths of a nat a word: most sentences without Kazakh letters are Russian."""


def _load() -> Morphology:
    from searchkit_analyzers.kazakh import KAZAKH

    return KAZAKH


def _load_scripts() -> OtherScripts:
    from searchkit_analyzers.kazakh.scripts.registration import OTHER_SCRIPTS

    return OTHER_SCRIPTS


def _load_old_fonts() -> Callable[[str], Font | None]:
    from searchkit_analyzers.kazakh.scripts.old_fonts import old_font_of

    return old_font_of


def _is_suffix(ending: str) -> bool:
    from searchkit_analyzers.kazakh import is_suffix

    return is_suffix(ending)


def _inflect(stem: str, ending: str) -> Iterable[str]:
    from searchkit_analyzers.kazakh.inflection import inflect

    return inflect(stem, ending)


def _is_listed(word: str) -> bool:
    from searchkit_analyzers.kazakh.tables import begins_line

    return begins_line("roots.tsv", word)


def _meant_after(previous: str, word: str) -> str:
    from searchkit_analyzers.kazakh.irregular import meant_after

    return meant_after(previous, word)


def _recognizes(word: str) -> bool:
    from searchkit_analyzers.kazakh import KAZAKH

    return KAZAKH.recognizes(word)


def _letter_odds(folded: str) -> int:
    return ngrams.log_odds(folded) + _WITHOUT_KAZAKH_LETTERS


def _clue_data() -> str:
    return turkic.data() + ngrams.data()


LANGUAGE = Language(
    "kk",
    "Kazakh",
    Path(__file__).parent,
    _load,
    letters=KAZAKH_LETTERS,
    inflect=_inflect,
    recognizes=_recognizes,
    is_listed=_is_listed,
    meant_after=_meant_after,
    lemma_is_base_form=False,
    letter_odds=_letter_odds,
    is_lookalike=turkic.resembles_kazakh,
    is_suffix=_is_suffix,
    load_scripts=_load_scripts,
    load_old_fonts=_load_old_fonts,
    clue_data=_clue_data,
)
