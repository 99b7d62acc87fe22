"""Reads the words of dates from ``dates.txt`` of each language.

A line of the file has what the words are, a tab, and the words: months by number, and the kinds
that `DateWords` lists.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple
from zlib import crc32

from searchkit_analyzers.registry import LANGUAGES

FILE_NAME = "dates.txt"


class DateWords(NamedTuple):
    """The words of dates in one language, in lower case."""

    months: dict[str, int]
    """Each form of a name, and the number of its month."""
    kinds: dict[str, tuple[str, ...]]
    """``ending``: what may stand behind the name of a month; ``year``: words beside a year;
    ``month``: words behind a month; ``day``: what may stand behind the number of a day; ``of``:
    words before a month; ``first``: names of months that may stand before the day."""


@cache
def date_words() -> tuple[DateWords, ...]:
    """Return the words of the languages that have some."""
    return tuple(map(_read, _texts()))


@cache
def fingerprint() -> str:
    """Return a short hash of the words that decide where a text has dates."""
    return f"{crc32(''.join(_texts()).encode()):08x}"


def _texts() -> list[str]:
    files = (language.folder / FILE_NAME for language in LANGUAGES.values())
    return [file.read_text("utf-8") for file in files if file.exists()]


def _read(text: str) -> DateWords:
    months: dict[str, int] = {}
    kinds: dict[str, tuple[str, ...]] = {}
    for line in text.lower().splitlines():
        kind, _, words = line.partition("\t")
        if kind.isdecimal():
            months |= dict.fromkeys(words.split(), int(kind))
        elif words:
            kinds[kind] = (*kinds.get(kind, ()), *words.split())
    return DateWords(months, kinds)


def words_of_kind(kind: str) -> list[str]:
    """Return the words of one kind in all languages."""
    return [word for words in date_words() for word in words.kinds.get(kind, ())]


def any_of(words: Iterable[str]) -> str:
    """Return a pattern of any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(set(words), key=lambda word: (-len(word), word))))


def month_pattern() -> str:
    """Return a pattern of the names of months, with their endings."""
    return "|".join(map(_months_of, date_words()))


def _months_of(words: DateWords) -> str:
    return rf"(?:{any_of(words.months)})(?:{any_of(_endings(words))})"


@cache
def month_forms() -> frozenset[str]:
    """Return all forms of the names of months, in any case."""
    forms = [name + ending for words in date_words() for name in words.months for ending in _endings(words)]
    return frozenset(each for form in forms for each in (form, form.capitalize(), form.upper()))


def _endings(words: DateWords) -> tuple[str, ...]:
    return ("", *words.kinds.get("ending", ()))


@cache
def _months() -> dict[str, int]:
    return {name: number for words in date_words() for name, number in words.months.items()}


def month_number(name: str) -> int:
    """Return the number of a month by a form of its name; 0 where it names none."""
    folded = name.casefold()  # patterns that ignore case take ſ for s
    beginnings = (folded[:length] for length in range(len(folded), 0, -1))
    return next((_months()[each] for each in beginnings if each in _months()), 0)
