"""Read the values that feeds, tables, JSON and pages declare as dates.

A value is ISO 8601, RFC 2822 or 3339, a date in words or figures as in lines of pages, a month, a
year, or seconds since 1970.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from searchkit.iso_dates import iso_date, kazakhstan
from searchkit.readers.boilerplate.dates import patterns
from searchkit.readers.sources.files import File

NOT_UNDERSTOOD = "dates not understood"
"""The remark that counts values which are no date that is known here."""

_LONGEST = 100
"""A longer value (code points) is no date."""
_FIRST_SECOND, _LAST_SECOND = 631_152_000, 4_102_444_800
"""The seconds since 1970 of the years 1990 and 2100."""
_EPOCH = re.compile(r"(?:/Date\()?(?P<count>\d{9,16})(?:[.,]\d*)?(?:[+-]\d{4})?(?:\)/)?")
_UNITS = (1, 1000, 1_000_000)
_COMPACT = re.compile(
    r"(?:D:)?(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:T?(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)(?:[0-5]\d)?)?"
    r"(?P<zone>Z|[+-]\d\d(?::?\d\d)?)?"
)
_ZONE = re.compile(r"(?<=\|)\s?(?:(?:GMT|UTC|Z)\b\s?)?(?P<offset>[+-]\d\d(?::?\d\d)?)?(?!\d)")
_UNIVERSAL = re.compile(r"(?<=\|)\s?(?:GMT|UTC|Z)\b", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_FOREIGN_FIGURE = re.compile(r"(?![0-9])\d")
"""A figure of another script: *٢٠١٨*."""


class DeclaredDate(NamedTuple):
    """A declared date: a year, a month, a day or a moment."""

    day: str
    """ISO 8601, as it is written: ``2018``, ``2018-09`` or ``2018-09-18``."""
    clock: str = ""
    """The time of day, as it is written: ``15:53``."""
    zone: str = ""
    """The offset from UTC, such as ``+0600``; empty where none is given."""

    @property
    def moment(self) -> str:
        """The date by the clocks of Kazakhstan, to the minute where it has a time."""
        return iso_date(f"{self.day}T{self.clock}{self.zone}") if self.clock else self.day


def parse_date(value: str) -> DeclaredDate | None:
    """Return the date that a value declares, if it is one."""
    text = _FOREIGN_FIGURE.sub(lambda figure: str(unicodedata.decimal(figure[0])), _SPACES.sub(" ", value).strip())
    if not any(map(str.isdigit, text)) or len(text) > _LONGEST:
        return None
    return _epoch(text) or _compact(text) or _in_words(text) or _month_or_year(text)


def parse_moment(value: str) -> str:
    """Return a declared moment in ISO 8601 by the clocks of Kazakhstan, or nothing."""
    date = parse_date(value)
    try:
        return date.moment if date else ""
    except ValueError:
        return ""


def read_day(value: str, file: File) -> str:
    """Return the day of a value as it is written, or nothing.

    A value that is not understood is counted in the remarks of the file's reading.
    """
    return read_first_day([value], file)


def read_first_day(values: Iterable[str], file: File) -> str:
    """Return the day of the first value that is understood, or nothing, as `read_day` does."""
    given = [value for value in values if value.strip()]
    days = (date.day for value in given if (date := parse_date(value)))
    day = next(days, "")
    if given and not day:
        file.remark(NOT_UNDERSTOOD)
    return day


def _epoch(text: str) -> DeclaredDate | None:
    """Return the date of seconds, milliseconds or microseconds since 1970."""
    match = _EPOCH.fullmatch(text)
    for unit in _UNITS if match else ():
        seconds = int(match["count"]) // unit if match else 0
        if _FIRST_SECOND <= seconds < _LAST_SECOND:
            moment = datetime.fromtimestamp(seconds, kazakhstan())
            return DeclaredDate(moment.date().isoformat(), moment.strftime("%H:%M"))
    return None


def _compact(text: str) -> DeclaredDate | None:
    """Return the date of ``20180918`` and ``20180918T155356Z``."""
    match = _COMPACT.fullmatch(text)
    day = patterns.day_of(match) if match else ""
    if not match or not day:
        return None
    clock = f"{match['hour']}:{match['minute']}" if match["hour"] else ""
    return DeclaredDate(day, clock, (match["zone"] or "") if clock else "")


def _in_words(text: str) -> DeclaredDate | None:
    """Return the first full date in a text, and the first time with its zone."""
    time = patterns.TIME.search(text)
    rest = f"{text[: time.start()]}|{text[time.end() :]}" if time else text
    zone = _ZONE.search(rest)
    offset = (zone["offset"] or "") if zone else ""
    if not offset and _UNIVERSAL.search(rest):
        offset = "+0000"
    if time:
        rest = _ZONE.sub("", rest).replace("|", " ")
    matches = (match for pattern in patterns.in_values() if (match := pattern.search(rest)))
    first = min(matches, key=re.Match.start, default=None)
    day = patterns.day_of(first) if first else ""
    return DeclaredDate(day, patterns.clock_of(time) if time else "", offset) if day else None


def _month_or_year(text: str) -> DeclaredDate | None:
    """Return the date of a value that is a month or a year, and nothing else."""
    text = text.strip(" .,")
    for pattern in patterns.months_of_years():
        if (match := pattern.fullmatch(text)) and (month := patterns.month_of(match)):
            return DeclaredDate(month)
    figures, year = patterns.whole_months()
    if match := figures.fullmatch(text):
        year_text, month_text = match["year"] or match["year_"], match["month"] or match["month_"]
        month = patterns.iso_day(int(year_text), int(month_text), 1)[: len("2018-09")]
        return DeclaredDate(month) if month else None
    if (match := year.fullmatch(text)) and patterns.iso_day(int(match["year"]), 1, 1):
        return DeclaredDate(match["year"])
    return None
