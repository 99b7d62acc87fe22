"""Reads the words of the query language: operators, fields, values.

The English ones are everywhere the same; those of other languages are lines of ``syntax.tsv``.
"""

from __future__ import annotations

from pathlib import Path

from searchkit_analyzers import LANGUAGES

FILTER_FIELDS = ("source", "author", "lang", "date")
"""Field names before a colon whose value filters documents; ``title:`` searches words."""

_FIELDS = ("title", *FILTER_FIELDS)
_VALUE = "lang="
_OPERATORS = ("AND", "OR", "NOT", "NOT behind")
_ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("syntax.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]
_MEANINGS = [(word, meaning) for _, meaning, words in _ROWS for word in words.split()]

OPERATORS = {word: meaning for word, meaning in _MEANINGS if meaning in _OPERATORS}
"""Operators in other languages than English: ``AND``, ``OR``, ``NOT`` or ``NOT behind`` of each."""
FIELDS = {name: name for name in _FIELDS} | {word: meaning for word, meaning in _MEANINGS if meaning in _FIELDS}
"""Names of fields in all languages, in lower case, and the English name of each."""
LANGUAGE_NAMES = {code: code for code in LANGUAGES} | {
    word: meaning.removeprefix(_VALUE) for word, meaning in _MEANINGS if meaning.startswith(_VALUE)
}
"""Codes and names of languages in all languages, in lower case, and the code of each."""


def field_pattern() -> str:
    """Return a pattern of the names of fields, in any case."""
    return f"(?i:{'|'.join(sorted(FIELDS, key=lambda name: (-len(name), name)))})"


def field_of(name: str | None) -> str:
    """Return the English name of a field as typed, ``""`` where none is."""
    return FIELDS.get((name or "").lower(), "")


def is_operator(word: str) -> bool:
    """Return whether a word may be an operator."""
    return word in OPERATORS or word in ("AND", "OR", "NOT", "|")
