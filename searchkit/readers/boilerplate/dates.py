"""Find the dates in lines of pages, and convert them to ISO 8601.

Such dates are ``22 сентября 2022 г.``, ``2022 жылғы 15 қыркүйекте``, ``22.09.2022``,
``2022-09-22T17:44`` and ``вчера, 17:44``.
dateparser knows most of these forms, but only as a whole string, takes a bare ``2871`` for a year,
and lacks ``жылғы``; here the position of the date in the line matters. The names of months and days
are data: ``words/*.txt``.

Times follow the clocks of Kazakhstan, without a zone: a moment in another zone is converted.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from searchkit.readers.boilerplate.phrase_lists import PHRASE_LISTS, any_of

KAZAKHSTAN = ZoneInfo("Asia/Almaty")
"""UTC+5 since 1 March 2024; UTC+6 before, as in most regions."""

_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_MINUTES_A_DAY = 24 * 60
_DAY = r"(?<!\d)(?P<day>0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_TIME = re.compile(r"(?<![\d:.])([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(?![\d:.])")
_YEAR_FIRST = re.compile(
    r"(?<!\d)(?P<year>\d{4})(?P<by>[./-])(?P<month>0[1-9]|1[0-2])(?P=by)(?P<day>0[1-9]|[12]\d|3[01])(?=\D|T|$)T?"
)
_IN_PATH = re.compile(r"(?<!\d)((?:19|20)\d\d)([/_.-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_ISO_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*", re.DOTALL)


class DateMatch(NamedTuple):
    """The date and time of a line."""

    date: str
    """ISO 8601, to the day or the minute; empty where there is no date."""
    rest: str
    """The line with ``|`` in place of dates and times."""
    has_time: bool


def find_date(line: str, modified: datetime | None = None) -> DateMatch:
    """Find the first date and time in a line.

    Args:
        line: The line.
        modified: When the page was saved, for *вчера* and for dates without a year.
    """
    if not any(map(str.isdigit, line)):
        return DateMatch(*_day_word(line, modified), False)
    day, rest = _day(line, modified)
    moment = None if day else _time_ago(rest, modified)
    if moment:
        return DateMatch(*moment, True)
    time = _TIME.search(rest)
    if time and not day and modified:
        day, rest = _day_of_this_year(rest, modified)
        time = _TIME.search(rest)
    clock = f"T{int(time[1]):02}:{time[2]}" if time else ""
    return DateMatch(day + clock if day else "", _TIME.sub("|", rest), bool(time))


def modification_time(path: Path) -> datetime | None:
    """Return the modification time of a file in Kazakhstan, if it exists."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, KAZAKHSTAN)
    except (OSError, ValueError):
        return None


def parse_moment(text: str) -> str:
    """Return a declared moment in ISO 8601, or nothing.

    The result is exact to the minute, in Kazakhstan's time; a day stays a day.
    """
    text = text.strip()
    try:
        if not _ISO_MOMENT.fullmatch(text):
            return datetime.fromisoformat(text[:10]).date().isoformat() if len(text) == len("2022-09-15") else ""
        moment = datetime.fromisoformat(text)
        local = moment.astimezone(KAZAKHSTAN) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return ""
    return local.strftime("%Y-%m-%dT%H:%M")


def date_in_path(path: str) -> str:
    """Return the day in a path or address, such as ``el.kz/2022/09/22/tuzhyrymdama``."""
    for year, _, month, day in _IN_PATH.findall(path):
        if date := _iso_date(int(year), int(month), int(day)):
            return date
    return ""


def _day(line: str, modified: datetime | None) -> tuple[str, str]:
    """Return the first day in a line, and the line without any day."""
    matches = (match for pattern in _day_patterns() if (match := pattern.search(line)))
    first = min(matches, key=re.Match.start, default=None)
    if first is None:
        return _day_word(line, modified)
    day = _iso_date(int(first["year"]), _month(first["month"]), int(first["day"]))
    if not day:
        return "", line
    rest = line
    for pattern in _day_patterns():
        rest = pattern.sub("|", rest)
    return day, rest


def _day_word(line: str, modified: datetime | None) -> tuple[str, str]:
    """Return the day of *сегодня* or *вчера*, and the line without that word."""
    for days_ago, section in enumerate(("today", "yesterday")):
        match = _any_word(section).search(line)
        if match and modified:
            return (modified - timedelta(days=days_ago)).date().isoformat(), _without(match)
    return "", line


def _time_ago(line: str, modified: datetime | None) -> tuple[str, str] | None:
    """Return the moment of *2 часа назад*, and the line without it.

    It is a day if days are counted.
    """
    match = _ago_pattern().search(line)
    if not match or not modified:
        return None
    minutes = _minutes_of_unit()[match["unit"].lower()]
    moment = modified - timedelta(minutes=minutes * int(match["count"]))
    form = "%Y-%m-%d" if minutes >= _MINUTES_A_DAY else "%Y-%m-%dT%H:%M"
    return moment.strftime(form), _without(match)


def _day_of_this_year(line: str, modified: datetime) -> tuple[str, str]:
    """Return the last 22 September before the page was saved: *22 сентября, 17:44*."""
    match = _day_and_month().search(line)
    if not match:
        return "", line
    month, day = _month(match["month"]), int(match["day"])
    year = modified.year - ((month, day) > (modified.month, modified.day))
    return _iso_date(year, month, day), _without(match)


def _without(match: re.Match[str]) -> str:
    """Return the line of a match with ``|`` in its place."""
    return match.string[: match.start()] + "|" + match.string[match.end() :]


def _iso_date(year: int, month: int, day: int) -> str:
    try:
        return datetime(year, month, day).date().isoformat() if _FIRST_YEAR <= year <= _LAST_YEAR else ""
    except ValueError:
        return ""


def _month(name: str) -> int:
    return int(name) if name.isdigit() else _months()[name.lower()]


@cache
def _months() -> dict[str, int]:
    return {name: int(number) for number, *names in PHRASE_LISTS.rows("months") for name in names}


@cache
def _minutes_of_unit() -> dict[str, int]:
    return {name: int(minutes) for minutes, *names in PHRASE_LISTS.rows("ago") for name in names}


@cache
def _day_patterns() -> tuple[re.Pattern[str], ...]:
    """Return the patterns of full dates, with names of months or in figures."""
    month, year_words = rf"(?P<month>{any_of(_months())})", _year_words()
    before_day, ending = PHRASE_LISTS.alternation("year_before_day"), PHRASE_LISTS.alternation("month_ending")
    return (
        re.compile(rf"{_DAY}[\s-]{month}\b\.?,?\s{{1,3}}{_YEAR}{year_words}", re.IGNORECASE),
        re.compile(
            rf"(?<!\d){_YEAR}\s?(?:{before_day})?,?\s?{_DAY}[\s-]{month}(?:{ending})?\b",
            re.IGNORECASE,
        ),
        re.compile(rf"{_DAY}(?P<by>[./-])(?P<month>0?[1-9]|1[0-2])(?P=by){_YEAR}{year_words}"),
        _YEAR_FIRST,
    )


@cache
def _year_words() -> str:
    """Return the pattern of words behind a year; ``г.`` may adjoin it."""
    words = PHRASE_LISTS.words("year")
    shortened = any_of(word[:-1] for word in words if word.endswith("."))
    whole = any_of(word for word in words if not word.endswith("."))
    return rf"(?:\s?(?:{shortened})\b\.?|\s(?:{whole})\b)?"


@cache
def _day_and_month() -> re.Pattern[str]:
    return re.compile(rf"{_DAY}\s(?P<month>{any_of(_months())})\b\.?", re.IGNORECASE)


@cache
def _ago_pattern() -> re.Pattern[str]:
    unit, before = any_of(_minutes_of_unit()), PHRASE_LISTS.alternation("before")
    return re.compile(rf"(?<!\d)(?P<count>\d{{1,3}})\s(?P<unit>{unit})\.?\s(?:{before})\b", re.IGNORECASE)


@cache
def _any_word(section: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{PHRASE_LISTS.alternation(section)})\b", re.IGNORECASE)
