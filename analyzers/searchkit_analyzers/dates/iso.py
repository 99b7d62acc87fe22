"""Reads dates into ISO 8601, and finds them in texts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from searchkit_analyzers.dates import patterns
from searchkit_analyzers.dates.names import month_forms, month_number

ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DIGIT = re.compile(r"\d")
_FEWEST_DIGITS, _FEWEST_IN_WORDS = 4, 5
"""As 5.9.22 and 5 May 2022 have: most words with fewer, or with nothing else, wait for no
patterns."""
_LONGEST = 60
"""A longer text (code points) is no date."""
_CENTURY_ENDS = 70
"""A year of two figures from here on is of the last century."""


class DateSpan(NamedTuple):
    """A date in a text: from one index of its words to another."""

    begin: int
    end: int


def days_of(text: str) -> tuple[str, ...]:
    """Return the days in ISO 8601 that a text is.

    There are two in *15-16 сентября 2022*. There are none where a text is no
    date, or where there is no such day.
    """
    match = _fullmatch(patterns.whole_days(), text) if _may_be_day(text) else None
    if match is None:
        return ()
    parts = match.groupdict()
    days = [parts[name] for name in ("first", "day") if parts.get(name)]
    isos = [_iso_day(parts["year"], parts["month"], day) for day in days]
    return tuple(dict.fromkeys(isos)) if all(isos) else ()


def _may_be_day(text: str) -> bool:
    """Whether a text has enough digits for a day; in 1990-е and *1465 жылы* there are too few."""
    if text.isdecimal():
        return False
    digits = sum(map(str.isdecimal, text[:_LONGEST]))
    return digits >= _FEWEST_IN_WORDS or (digits == _FEWEST_DIGITS and text.count(".") >= 2)


def period_of(text: str) -> str:
    """Return a day, month or year in ISO 8601, or nothing."""
    stripped = text.strip()
    match = _fullmatch(patterns.whole_months(), stripped)
    if match is None:
        return "".join(days_of(stripped)[-1:])
    year, month = match["year"], match.groupdict().get("month")
    return _iso_day(year, month, "1")[: len("2022-09")] if month else f"{int(year):04}"


def _fullmatch(forms: Sequence[re.Pattern[str]], text: str) -> re.Match[str] | None:
    if len(text) > _LONGEST:
        return None
    return next(filter(None, (form.fullmatch(text) for form in forms)), None)


def _iso_day(year: str, month: str, day: str) -> str:
    """Return a day in ISO 8601, or nothing."""
    number = int(month) if month.isdecimal() else month_number(month)
    try:
        return date(_full_year(year), number, int(day)).isoformat()
    except ValueError:
        return ""


def _full_year(year: str) -> int:
    century = 0 if len(year) > 2 else 2000 if int(year) < _CENTURY_ENDS else 1900
    return century + int(year)


def find_dates(text: str, words: Sequence[str], starts: Sequence[int]) -> Iterator[DateSpan]:
    """Yield the dates in a text that name their month, in order.

    Args:
        text: The text.
        words: Its words, in order.
        starts: The offset of each word, in code points.
    """
    if not _DIGIT.search(text) or month_forms().isdisjoint(words):
        return
    for match in patterns.in_texts().finditer(text):
        begin, end = bisect_left(starts, match.start()), bisect_left(starts, match.end())
        has_whole_words = starts[begin:end] and starts[end - 1] + len(words[end - 1]) == match.end()
        begin -= match["day"] is not None
        if has_whole_words and days_of(text[starts[begin] : match.end()]):
            yield DateSpan(begin, end)
