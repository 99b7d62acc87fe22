"""The languages that the analyzers know. A new language is one more line in the list below."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from searchkit_analyzers.kazakh.language import LANGUAGE as KAZAKH
from searchkit_analyzers.language import Language
from searchkit_analyzers.normalize import fold
from searchkit_analyzers.russian.language import LANGUAGE as RUSSIAN

LANGUAGES: Mapping[str, Language] = MappingProxyType(
    {language.code: language for language in (KAZAKH, RUSSIAN)},
)
"""By ISO 639-1 code, in the order in which they are listed to people."""


def is_function_word(word: str) -> bool:
    """Return whether `word` carries grammar rather than meaning in any language; its case does not matter."""
    return fold(word) in _function_words()


@cache
def _function_words() -> frozenset[str]:
    return frozenset().union(*(language.function_words for language in LANGUAGES.values()))
