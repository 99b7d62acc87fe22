"""Reads the words of the query language: operators, fields, values.

The English ones are everywhere the same; those of other languages are lines of ``syntax.tsv``.
"""

from __future__ import annotations

from pathlib import Path

from searchkit_analyzers import LANGUAGES

FILTER_FIELDS = ("source", "author", "lang", "date")
"""Field names before a colon whose value filters documents; ``title:`` searches words."""

_VALUE = "lang="
_OPERATORS = ("AND", "OR", "NOT", "NOT behind")
_ROWS = [
    line.split("\t")[1:]
    for line in Path(__file__).with_name("syntax.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]

OPERATORS = {word: meaning for meaning, words in _ROWS if meaning in _OPERATORS for word in words.split()}
"""Operators in other languages than English: ``AND``, ``OR``, ``NOT`` or ``NOT behind`` of each."""
FIELDS = {name: name for name in ("title", *FILTER_FIELDS)} | {
    word: meaning for meaning, words in _ROWS if meaning in ("title", *FILTER_FIELDS) for word in words.split()
}
"""Names of fields in all languages, in lower case, and the English name of each."""
LANGUAGE_NAMES = {code: code for code in LANGUAGES} | {
    word: meaning.removeprefix(_VALUE)
    for meaning, words in _ROWS
    if meaning.startswith(_VALUE)
    for word in words.split()
}
"""Codes and names of languages in all languages, in lower case, and the code of each."""


def field_pattern() -> str:
    """Return a pattern of the names of fields, in any case."""
    return f"(?i:{'|'.join(sorted(FIELDS, key=lambda name: (-len(name), name)))})"


def is_operator(word: str) -> bool:
    """Return whether a word may be an operator."""
    return word in OPERATORS or word in ("AND", "OR", "NOT", "|")
