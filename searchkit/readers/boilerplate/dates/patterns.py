"""The forms of dates are patterns; the names of months and days are data.

The names are in the word lists of each language, ``boilerplate/words/*.txt``. dateparser knows most
of these forms, but only as a whole string, takes a bare ``2871`` for a year, and lacks ``жылғы``.
"""

from __future__ import annotations

import re
from datetime import datetime
from functools import cache

from searchkit.readers.boilerplate.phrase_lists import PHRASE_LISTS, any_of

FIRST_YEAR, LAST_YEAR = 1800, 2100
_FEWEST_DIGITS_OF_A_YEAR = 4
_DAY = r"(?<!\d)(?P<day>0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_SHORT_YEAR = r"(?P<year>\d\d)(?!\d)"
_FIGURES = r"(?<![\d.,/-])(?P<day>[0-3]\d)(?P<by>[./])(?P<month>[01]\d)(?P=by)(?P<year>\d\d)(?![.,/-]?\d)"
TIME = re.compile(
    r"(?<![\d:.])(?P<hour>[01]?\d|2[0-3]):(?P<minute>[0-5]\d)(?::[0-5]\d(?:[.,]\d{1,9})?)?(?![\d:])(?!\.\d)"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?",
    re.IGNORECASE,
)
YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>\d{4})(?P<by>[./-])(?P<month>0[1-9]|1[0-2]|[1-9])(?P=by)"
    r"(?P<day>0[1-9]|[12]\d|3[01]|[1-9])(?!\d)T?"
)


def iso_day(year: int, month: int, day: int) -> str:
    """Return a day in ISO 8601; empty where there is no such day."""
    try:
        return datetime(year, month, day).date().isoformat() if FIRST_YEAR <= year <= LAST_YEAR else ""
    except ValueError:
        return ""


def day_of(match: re.Match[str]) -> str:
    """Return the day of a match; empty where there is no such day."""
    return iso_day(_year(match["year"]), month_number(match["month"]), int(match["day"]))


def month_of(match: re.Match[str]) -> str:
    """Return the month of a match, such as ``2018-09``; empty for impossible years."""
    return iso_day(int(match["year"]), month_number(match["month"]), 1)[: len("2018-09")]


def clock_of(match: re.Match[str]) -> str:
    """Return the time of a match of `TIME`, such as ``09:15``."""
    hour = int(match["hour"])
    if match["half"] and hour <= 12:
        hour = hour % 12 + 12 * (match["half"].lower() == "p")
    return f"{hour:02}:{match['minute']}"


def month_number(name: str) -> int:
    """Return the number of a month, which is named or given in figures."""
    return int(name) if name.isdigit() else _months()[name.lower()]


def _year(figures: str) -> int:
    """Return a year; one of two figures is the last such year that is no later than the next."""
    if len(figures) == _FEWEST_DIGITS_OF_A_YEAR:
        return int(figures)
    next_year = datetime.now().year + 1
    return next_year - (next_year - int(figures)) % 100


@cache
def _months() -> dict[str, int]:
    return {name: int(number) for number, *names in PHRASE_LISTS.rows("months") for name in names}


@cache
def minutes_of_unit() -> dict[str, int]:
    """Return the minutes of each unit in *2 часа назад*."""
    return {name: int(minutes) for minutes, *names in PHRASE_LISTS.rows("ago") for name in names}


@cache
def in_lines() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of full dates in lines, with names of months or in figures."""
    month, year_words = _month(), _year_words()
    before_day = PHRASE_LISTS.alternation("year_before_day")
    day = rf"{_DAY}(?:{PHRASE_LISTS.alternation('day_ending')})?"
    return tuple(
        re.compile(pattern, re.IGNORECASE)
        for pattern in (
            rf"{day}\.?[\s/-](?:(?:{PHRASE_LISTS.alternation('before_month')})\s)?{month}\b\.?,?[\s/-]{{1,3}}"
            rf"{_YEAR}{year_words}",
            rf"(?<!\d){_YEAR}\s?(?:{before_day})?,?\s?{day}[\s-]{month}{_month_ending()}\b",
            rf"\b{month}\b\.?\s{{1,2}}{day},?\s{{1,3}}{_YEAR}{year_words}",
            rf"{_DAY}(?P<by>[./-])(?P<month>0?[1-9]|1[0-2])(?P=by){_YEAR}{year_words}",
            YEAR_FIRST.pattern,
            _FIGURES + year_words,
            rf"{_DAY}-{month}-{_SHORT_YEAR}",
            rf"{_DAY}\s{month}\b\.?,?\s['’]{_SHORT_YEAR}",
            rf"{_DAY}\s{month}\b\.?,?\s{_SHORT_YEAR}{year_words.removesuffix('?')}",
        )
    )


@cache
def in_values() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of full dates where a value is known to be a date."""
    named = re.compile(rf"{_DAY}[\s-]{_month()}\b\.?,?[\s-]{{1,3}}{_SHORT_YEAR}", re.IGNORECASE)
    return (*in_lines(), named, re.compile(_FIGURES.replace("[0-3]", "[0-3]?").replace("[01]", "[01]?")))


@cache
def months_of_years() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of months: *сентябрь 2018*, *2018 жылғы қыркүйек*."""
    before_day = PHRASE_LISTS.alternation("year_before_day")
    no_day = r"(?<![\d][\s./-])(?<![\d])"
    return (
        re.compile(rf"{no_day}\b{_month()}\b\.?,?\s{{1,2}}{_YEAR}{_year_words()}", re.IGNORECASE),
        re.compile(rf"(?<!\d){_YEAR}\s?(?:{before_day})?,?\s{_month()}{_month_ending()}\b", re.IGNORECASE),
    )


@cache
def whole_months() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of values that are a month or a year, and nothing else."""
    figures = r"(?P<month>0?[1-9]|1[0-2])[./-](?P<year>\d{4})|(?P<year_>\d{4})[./-](?P<month_>0?[1-9]|1[0-2])"
    return re.compile(figures), re.compile(rf"(?P<year>\d{{4}}){_year_words()}", re.IGNORECASE)


@cache
def year_with_word() -> re.Pattern[str]:
    """Return the pattern of a year with the word for it: *2018 год*, *2018 ж.*"""
    return re.compile(rf"\d{{4}}{_year_words().removesuffix('?')}", re.IGNORECASE)


@cache
def day_and_month() -> re.Pattern[str]:
    """Return the pattern of a day without its year: *22 сентября*."""
    return re.compile(rf"{_DAY}\s{_month()}\b\.?", re.IGNORECASE)


@cache
def time_ago() -> re.Pattern[str]:
    """Return the pattern of a time that has passed: *2 часа назад*."""
    unit, before = any_of(minutes_of_unit()), PHRASE_LISTS.alternation("before")
    return re.compile(rf"(?<!\d)(?P<count>\d{{1,3}})\s(?P<unit>{unit})\.?\s(?:{before})\b", re.IGNORECASE)


@cache
def any_word(section: str) -> re.Pattern[str]:
    """Return the pattern of the words of a section."""
    return re.compile(rf"\b(?:{PHRASE_LISTS.alternation(section)})\b", re.IGNORECASE)


@cache
def labels() -> re.Pattern[str]:
    """Return the pattern of the labels *обновлено* and *опубликовано*."""
    updated, published = (any_of(map(" ".join, PHRASE_LISTS.rows(name))) for name in ("updated", "published"))
    return re.compile(rf"\b(?:(?P<updated>{updated})|(?P<published>{published}))\b", re.IGNORECASE)


@cache
def companions() -> re.Pattern[str]:
    """Return the pattern of ``|`` for a date or time with its weekday and preposition.

    So *Среда, | в |* becomes *| |*.
    """
    weekday, before_time = PHRASE_LISTS.alternation("weekdays"), PHRASE_LISTS.alternation("before_time")
    before = rf"(?:\b(?:{weekday}|{before_time})\b\.?,?\s{{0,2}})+\|"
    behind = rf"\|,?\s{{0,2}}\(?(?:{weekday})\b\.?\)?"
    return re.compile(f"{before}|{behind}", re.IGNORECASE)


def _month() -> str:
    return rf"(?P<month>{any_of(_months())})"


def _month_ending() -> str:
    return rf"(?:{PHRASE_LISTS.alternation('month_ending')})?"


@cache
def _year_words() -> str:
    """Return the pattern of words behind a year; ``г.`` may adjoin it."""
    words = PHRASE_LISTS.words("year")
    shortened = any_of(word[:-1] for word in words if word.endswith("."))
    whole = any_of(word for word in words if not word.endswith("."))
    return rf"(?:\s?(?:{shortened})\b\.?|\s(?:{whole})\b)?"
