"""Patterns of dates in figures and words.

Names of months and their neighbours are data of the languages; see `names`.
"""

from __future__ import annotations

import re
from functools import cache

from searchkit_analyzers.dates.names import any_of, month_pattern, words_of_kind
from searchkit_analyzers.normalize import SPACES

_MAYBE_GAP = rf"[{SPACES}]{{0,3}}"
_GAP = rf"[{SPACES}]{{1,3}}"
_YEAR = r"(?P<year>(?:1[0-9]|20)\d\d)(?!\d)"
_OPENING, _CLOSING = '[«“"]?', '[»”"]?'
"""Letters and laws quote the day: «15» сентября 2022 г."""
_FIRST_DAY = rf"(?:(?P<first>0?[1-9]|[12]\d|3[01]){_MAYBE_GAP}[–—-]{_MAYBE_GAP})?"
_DAY_MONTH_YEAR = r"(?P<day>\d{1,2})(?P<by>[./-])(?P<month>\d{1,2})(?P=by)(?P<year>\d{4})(?!\d)"
_SHORT_YEAR = r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{2})"
_YEAR_MONTH_DAY = r"(?P<year>\d{4})(?P<by>[./-])(?P<month>\d{1,2})(?P=by)(?P<day>\d{1,2})(?!\d)"
_BORDER_BEFORE = r"(?<![\w.,/+-])"
_BORDER_BEHIND = r"(?![\w/]|-\w|[.,]\d)"
_GROUP_NAME = re.compile(r"\?P<\w+>")


@cache
def in_texts() -> re.Pattern[str]:
    """Return the pattern of days in texts that name their month.

    Its group ``day`` is the rest of a date whose month stands before: *15, 2022* of *September 15,
    2022*. So every match begins with a digit, which the search for it makes use of.
    """
    forms = map(_without_names, _in_words())
    names = words_of_kind("first")
    after_month = "|".join(f"(?<={name}{mark} )" for name in names for mark in ("", r"\."))
    behind = rf"(?P<day>(?:{after_month}){_without_names(_day())},?{_GAP}{_without_names(_YEAR)})"
    pattern = rf"(?=\d){_BORDER_BEFORE}(?:{'|'.join(forms)}|{behind}){_BORDER_BEHIND}"
    return re.compile(pattern, re.IGNORECASE)


@cache
def whole_days() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of a day, with a group for each part."""
    name = rf"(?P<month>{any_of(words_of_kind('first'))})\.?"
    forms = (*_in_words(), _DAY_MONTH_YEAR, _SHORT_YEAR, _YEAR_MONTH_DAY, rf"{name}{_GAP}{_day()},?{_GAP}{_YEAR}")
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


@cache
def whole_months() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of a month or a year, with groups."""
    month, year = _month(), rf"{_YEAR}{_year_word()}"
    forms = (
        rf"{month}\.?,?{_GAP}{year}",
        rf"{year}\.?,?{_GAP}{month}{_month_word()}",
        r"(?P<month>\d{1,2})[./](?P<year>\d{4})",
        r"(?P<year>\d{4})[./-](?P<month>\d{1,2})",
        rf"(?P<year>\d{{4}}){_year_word()}\.?",
    )
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


def _in_words() -> tuple[str, ...]:
    month, year_word, day = _month(), _year_word(), _day()
    of = any_of(words_of_kind("of"))
    followed_by_year = rf"{_GAP}\d{{4}}(?!\d)"
    return (
        rf"{_FIRST_DAY}{day}{_CLOSING}{_GAP}(?:(?:{of}){_GAP})?{month}\.?,?{_GAP}{_YEAR}{year_word}",
        rf"{_YEAR}(?:{_year_word(is_certain=True)}\.?,?|,){_GAP}{_OPENING}{_FIRST_DAY}{day}{_CLOSING}{_GAP}{month}"
        rf"(?!{followed_by_year})",
        rf"{_YEAR}{_year_word(is_certain=True)}\.?,?{_GAP}{month}{_month_word()}{_GAP}{day}"
        rf"(?!{_GAP}(?:{month_pattern()})\b)",
    )


def _day() -> str:
    """Return the pattern of a day with its ending: 15th, 15-го."""
    return rf"(?P<day>0?[1-9]|[12]\d|3[01])(?!\d)(?:{any_of(words_of_kind('day'))}|-[^\W\d_]{{1,6}})?"


def _month() -> str:
    return rf"(?P<month>{month_pattern()})\b"


def _month_word() -> str:
    return rf"(?:{_GAP}(?:{any_of(words_of_kind('month'))})\b)?"


def _year_word(is_certain: bool = False) -> str:
    """Return the pattern of a word beside a year: 2022 года, 2022 ж."""
    return rf"(?:{_MAYBE_GAP}(?:{any_of(words_of_kind('year'))})\b){'' if is_certain else '?'}"


def _without_names(pattern: str) -> str:
    return _GROUP_NAME.sub("?:", pattern)
