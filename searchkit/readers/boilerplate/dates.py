"""Dates as pages write them, in Kazakh and Russian: where one stands in a line, and what it says in ISO 8601.

``22 сентября 2022 г.``, ``2022 жылғы 15 қыркүйекте``, ``22.09.2022``, ``2022-09-22T17:44``, ``вчера, 17:44``.
dateparser knows most of these forms, but only as a whole string, takes a bare ``2871`` for a year, and has no
``жылғы``; what matters here is where in a line the date begins and ends. The names of months and days are data:
``words/*.txt``.

Times are those of Kazakhstan's clocks, without a zone: a moment in another zone is brought there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from searchkit.readers.boilerplate.phrase_lists import PHRASE_LISTS

KAZAKHSTAN = ZoneInfo("Asia/Almaty")
"""UTC+5 since 1 March 2024; UTC+6 before, as in most regions."""

_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_MINUTES_A_DAY = 24 * 60
_DAY = r"(?<!\d)(?P<day>0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?P<year>\d{4})(?!\d)"
_YEAR_WORDS = r"(?:\s?(?:г|ж)\b\.?|\s(?:года?|жыл[а-яі]*)\b)?"
_TIME = re.compile(r"(?<![\d:.])([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?(?![\d:.])")
_NUMERIC = (
    re.compile(rf"{_DAY}(?P<by>[./-])(?P<month>0?[1-9]|1[0-2])(?P=by){_YEAR}{_YEAR_WORDS}"),
    re.compile(
        r"(?<!\d)(?P<year>\d{4})(?P<by>[./-])(?P<month>0[1-9]|1[0-2])(?P=by)(?P<day>0[1-9]|[12]\d|3[01])(?=\D|T|$)T?"
    ),
)
_IN_PATH = re.compile(r"(?<!\d)((?:19|20)\d\d)([/_.-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_ISO_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*", re.DOTALL)


class Dated(NamedTuple):
    """What is found in a line."""

    date: str
    """ISO 8601, to the day or the minute; empty where there is no date."""
    rest: str
    """The line with ``|`` where dates and times stood."""
    has_time: bool


def find(line: str, written: datetime | None = None) -> Dated:
    """Find the first date and time in a line. `written` is when the page was, for *вчера* and dates without a year."""
    if not any(map(str.isdigit, line)):
        return Dated(*_day_word(line, written), False)
    day, rest = _day(line, written)
    moment = None if day else _ago(rest, written)
    if moment:
        return Dated(*moment, True)
    time = _TIME.search(rest)
    if time and not day and written:
        day, rest = _day_of_this_year(rest, written)
        time = _TIME.search(rest)
    clock = f"T{int(time[1]):02}:{time[2]}" if time else ""
    return Dated(day + clock if day else "", _TIME.sub("|", rest), bool(time))


def written(path: Path) -> datetime | None:
    """Return when a file was last written, by the clocks of Kazakhstan; nothing where there is no such file."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, KAZAKHSTAN)
    except (OSError, ValueError):
        return None


def iso(text: str) -> str:
    """Return a date of metadata in ISO 8601, in Kazakhstan's time and to the minute; empty for anything else."""
    text = text.strip()
    try:
        if not _ISO_MOMENT.fullmatch(text):
            return datetime.fromisoformat(text[:10]).date().isoformat() if len(text) == len("2022-09-15") else ""
        moment = datetime.fromisoformat(text)
        local = moment.astimezone(KAZAKHSTAN) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        return ""
    return local.strftime("%Y-%m-%dT%H:%M")


def in_path(path: str) -> str:
    """Return the day in a path or address, such as ``el.kz/2022/09/22/tuzhyrymdama``."""
    for year, _, month, day in _IN_PATH.findall(path):
        if found := _date(int(year), int(month), int(day)):
            return found
    return ""


def _day(line: str, written: datetime | None) -> tuple[str, str]:
    """Return the first day in a line, and the line without any."""
    patterns = (*_worded(), *_NUMERIC)
    found = min((match for pattern in patterns if (match := pattern.search(line))), key=re.Match.start, default=None)
    if found is None:
        return _day_word(line, written)
    day = _date(int(found["year"]), _month(found["month"]), int(found["day"]))
    if not day:
        return "", line
    rest = line
    for pattern in patterns:
        rest = pattern.sub("|", rest)
    return day, rest


def _day_word(line: str, written: datetime | None) -> tuple[str, str]:
    for back, name in enumerate(("today", "yesterday")):
        match = _any_of(name).search(line)
        if match and written:
            return (written - timedelta(days=back)).date().isoformat(), line[: match.start()] + "|" + line[
                match.end() :
            ]
    return "", line


def _ago(line: str, written: datetime | None) -> tuple[str, str] | None:
    """Return the moment that *2 часа назад* means, and the line without it; to the day, where days are counted."""
    match = _long_ago().search(line)
    if not match or not written:
        return None
    minutes = _units()[match["unit"].lower()]
    moment = written - timedelta(minutes=minutes * int(match["count"]))
    form = "%Y-%m-%d" if minutes >= _MINUTES_A_DAY else "%Y-%m-%dT%H:%M"
    return moment.strftime(form), line[: match.start()] + "|" + line[match.end() :]


def _day_of_this_year(line: str, written: datetime) -> tuple[str, str]:
    """Return the day of *22 сентября, 17:44*: the last such day before the page was written."""
    match = _without_year().search(line)
    if not match:
        return "", line
    month, day = _month(match["month"]), int(match["day"])
    year = written.year - ((month, day) > (written.month, written.day))
    return _date(year, month, day), line[: match.start()] + "|" + line[match.end() :]


def _date(year: int, month: int, day: int) -> str:
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
def _units() -> dict[str, int]:
    """Return how many minutes each unit of time has."""
    return {name: int(minutes) for minutes, *names in PHRASE_LISTS.rows("ago") for name in names}


@cache
def _worded() -> tuple[re.Pattern[str], ...]:
    """Return the forms with the name of a month: the day first, or the year first, as in Kazakh."""
    month = rf"(?P<month>{_one_of(_months())})"
    return (
        re.compile(rf"{_DAY}[\s-]{month}\b\.?,?\s{{1,3}}{_YEAR}{_YEAR_WORDS}", re.IGNORECASE),
        re.compile(
            rf"(?<!\d){_YEAR}\s?(?:жылғы|жылдың|жылы|ж\.|жыл)?,?\s?{_DAY}[\s-]{month}(?:[дт][ае](?:ғы|гі)?|[іы])?\b",
            re.IGNORECASE,
        ),
    )


@cache
def _without_year() -> re.Pattern[str]:
    return re.compile(rf"{_DAY}\s(?P<month>{_one_of(_months())})\b\.?", re.IGNORECASE)


@cache
def _long_ago() -> re.Pattern[str]:
    before = _one_of(word for row in PHRASE_LISTS.rows("before") for word in row)
    return re.compile(rf"(?<!\d)(?P<count>\d{{1,3}})\s(?P<unit>{_one_of(_units())})\.?\s(?:{before})\b", re.IGNORECASE)


@cache
def _any_of(section: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_one_of(word for row in PHRASE_LISTS.rows(section) for word in row)})\b", re.IGNORECASE)


def _one_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))
