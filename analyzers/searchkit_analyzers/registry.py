"""The registry lists the languages that the analyzers know."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from searchkit_analyzers.english.language import LANGUAGE as ENGLISH
from searchkit_analyzers.kazakh.language import LANGUAGE as KAZAKH
from searchkit_analyzers.language import LATIN, Font, Language
from searchkit_analyzers.normalize import clean, fold
from searchkit_analyzers.russian.language import LANGUAGE as RUSSIAN

_LANGUAGES = (
    KAZAKH,
    RUSSIAN,
    ENGLISH,
)
LANGUAGES: Mapping[str, Language] = MappingProxyType({language.code: language for language in _LANGUAGES})
"""By ISO 639-1 code, in the order in which they are listed to people."""


def is_function_word(word: str, language: str = "") -> bool:
    """Return whether a word carries grammar rather than meaning.

    Function words in Latin letters (*it*, *on*, *us*) count only in their language, since names,
    abbreviations and Kazakh words typed in Latin letters look like them.

    Args:
        word: A word in any case.
        language: The code of the language that it is read in, or ``""`` where that is unknown.
    """
    folded = fold(word)
    return folded in _function_words() or (language in LANGUAGES and folded in LANGUAGES[language].function_words)


def is_known_word(word: str) -> bool:
    """Return whether the dictionary of a language has a word.

    Languages without a dictionary have no word, nor have those whose libraries are not installed.

    Args:
        word: A word in any case.
    """
    cleaned = clean(word).lower()
    return any(language.knows(cleaned) for language in _LANGUAGES)


def is_suffix(letters: str) -> bool:
    """Return whether letters are an ending of some language, as after a hyphen (``-ның``).

    Args:
        letters: Folded letters.
    """
    return any(language.is_suffix and language.is_suffix(letters) for language in _LANGUAGES)


def old_font_of(text: str) -> Font | None:
    """Return the font from before Unicode in which a text was typed, if it was.

    Args:
        text: A whole text: one word says little.
    """
    finders = (language.load_old_fonts() for language in _LANGUAGES if language.load_old_fonts)
    return next(filter(None, (find(text) for find in finders)), None)


@cache
def _function_words() -> frozenset[str]:
    lists = (language.function_words for language in LANGUAGES.values() if language.script != LATIN)
    return frozenset().union(*lists)
