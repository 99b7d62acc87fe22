"""The letters of all languages, as character classes for patterns."""

from __future__ import annotations

from searchkit_analyzers import LANGUAGES

_OF_LANGUAGES = "".join(sorted(letter for language in LANGUAGES.values() for letter in language.letters))

SMALL_CYRILLIC = f"а-яё{_OF_LANGUAGES}"
"""Basic Cyrillic, and the letters that only one of the languages has."""
CAPITALS = f"А-ЯЁ{_OF_LANGUAGES.upper()}A-Z"
"""Cyrillic and Latin capital letters."""
