"""Find the dates in lines of pages, and convert them to ISO 8601.

Such dates are ``Среда, 22 сентября 2022 г. в 17:44``, ``2022 жылғы 15 қыркүйекте``, ``22.09.2022``,
``2022-09-22T17:44`` and ``вчера, 17:44``. The position of the date in the line matters: the rest of
the line tells whether the line describes the article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from searchkit.iso_dates import kazakhstan
from searchkit.readers.boilerplate.dates import patterns
from searchkit.readers.boilerplate.dates.declared import parse_moment

_COMPACT_DAY = re.compile(r"(?:19|20)\d{6}")
_LONGEST_VALUE = 40
_MINUTES_A_DAY = 24 * 60
_IN_PATH = re.compile(r"(?<!\d)((?:19|20)\d\d)([/_.-]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")


class DateMatch(NamedTuple):
    """The date and time of a line."""

    date: str
    """ISO 8601, to the month, the day or the minute; empty where there is no date."""
    rest: str
    """The line with ``|`` in place of dates and times."""
    has_time: bool
    is_update: bool = False
    """Whether the only date is that of a later change: *обновлено 22.09.2022*."""


def find_date(line: str, modified: datetime | None = None) -> DateMatch:
    """Find the date and time of publication in a line: the first that is no update.

    Args:
        line: The line.
        modified: When the page was saved, for *вчера* and for dates without a year.
    """
    if not any(map(str.isdigit, line)):
        return DateMatch(*_day_word(line, modified), False)
    found = [(is_update, _find(segment, modified)) for is_update, segment in _segments(line)]
    rest = "".join(match.rest for _, match in found)
    dated = [(is_update, match) for is_update, match in found if match.date] or [(False, found[0][1])]
    is_update, match = min(dated, key=lambda pair: pair[0])  # the first of the best
    if not match.date and (value := _whole_value(line)):
        return value
    has_time = any(match.has_time for _, match in found)
    return DateMatch(match.date, patterns.companions().sub("|", rest) if match.date else rest, has_time, is_update)


def modification_time(path: Path) -> datetime | None:
    """Return the modification time of a file in Kazakhstan, if it exists."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, kazakhstan())
    except (OSError, ValueError, OverflowError):
        return None


def date_in_path(path: str) -> str:
    """Return the day in a path or address, such as ``el.kz/2022/09/22/tuzhyrymdama``."""
    for year, _, month, day in _IN_PATH.findall(path):
        if date := patterns.iso_day(int(year), int(month), int(day)):
            return date
    return ""


def _whole_value(line: str) -> DateMatch | None:
    """Return the date of a line that holds nothing else: behind its label, or in figures.

    A bare year needs a label or a word such as *год*: it may also be a counter.
    """
    label = patterns.labels().match(line.strip())
    value = line.strip()[label.end() :].strip(" :–—-") if label else line.strip()
    is_whole = label or _COMPACT_DAY.fullmatch(value) or patterns.year_with_word().fullmatch(value)
    moment = parse_moment(value) if is_whole and len(value) <= _LONGEST_VALUE else ""
    if not moment:
        return None
    return DateMatch(moment, f"{label[0] if label else ''}|", "T" in moment, bool(label and label["updated"]))


def _segments(line: str) -> Iterator[tuple[bool, str]]:
    """Yield a line cut before each label, and whether the label is that of an update.

    Without a date behind the last label, the line is not cut: the date stands before its label.
    """
    labels = list(patterns.labels().finditer(line))
    if not labels or not any(map(str.isdigit, line[labels[-1].end() :])):
        yield bool(labels) and all(label["updated"] for label in labels), line
        return
    starts = [label.start() for label in labels]
    yield False, line[: starts[0]]
    for label, end in zip(labels, [*starts[1:], len(line)], strict=True):
        yield bool(label["updated"]), line[label.start() : end]


def _find(line: str, modified: datetime | None) -> DateMatch:
    """Find the first date and time in a part of a line."""
    day, rest = _day(line, modified)
    moment = None if day else _time_ago(rest, modified)
    if moment:
        return DateMatch(*moment, True)
    time = patterns.TIME.search(rest)
    if time and not day and modified:
        day, rest = _day_of_this_year(rest, modified)
        time = patterns.TIME.search(rest)
    day, rest = (day, rest) if day else _month(rest)
    is_day = len(day) == len("2022-09-22")
    clock = f"T{patterns.clock_of(time)}" if time and is_day else ""
    return DateMatch(day + clock, patterns.TIME.sub("|", rest), bool(time))


def _day(line: str, modified: datetime | None) -> tuple[str, str]:
    """Return the first day in a line, and the line without any day."""
    matches = (match for pattern in patterns.in_lines() if (match := pattern.search(line)))
    first = min(matches, key=re.Match.start, default=None)
    if first is None:
        return _day_word(line, modified)
    day = patterns.day_of(first)
    if not day:
        return "", line
    rest = line
    for pattern in patterns.in_lines():
        rest = pattern.sub("|", rest)
    return day, rest


def _month(line: str) -> tuple[str, str]:
    """Return the first month in a line, such as *сентябрь 2018*, and the line without it."""
    for pattern in patterns.months_of_years():
        if (match := pattern.search(line)) and (month := patterns.month_of(match)):
            return month, _without(match)
    return "", line


def _day_word(line: str, modified: datetime | None) -> tuple[str, str]:
    """Return the day of *сегодня* or *вчера*, and the line without that word."""
    for days_ago, section in enumerate(("today", "yesterday")):
        match = patterns.any_word(section).search(line)
        if match and (day := _before(modified, timedelta(days=days_ago))):
            return day.date().isoformat(), _without(match)
    return "", line


def _time_ago(line: str, modified: datetime | None) -> tuple[str, str] | None:
    """Return the moment of *2 часа назад*, and the line without it.

    It is a day if days are counted.
    """
    match = patterns.time_ago().search(line)
    if not match or not modified:
        return None
    minutes = patterns.minutes_of_unit()[match["unit"].lower()]
    moment = _before(modified, timedelta(minutes=minutes * int(match["count"])))
    form = "%Y-%m-%d" if minutes >= _MINUTES_A_DAY else "%Y-%m-%dT%H:%M"
    return (moment.strftime(form), _without(match)) if moment else None


def _before(modified: datetime | None, passed: timedelta) -> datetime | None:
    """Return the moment so long before a page was saved; none before the first year."""
    try:
        return modified - passed if modified else None
    except OverflowError:
        return None


def _day_of_this_year(line: str, modified: datetime) -> tuple[str, str]:
    """Return the last 22 September before the page was saved: *22 сентября, 17:44*."""
    match = patterns.day_and_month().search(line)
    if not match:
        return "", line
    month, day = patterns.month_number(match["month"]), int(match["day"])
    year = modified.year - ((month, day) > (modified.month, modified.day))
    return patterns.iso_day(year, month, day), _without(match)


def _without(match: re.Match[str]) -> str:
    """Return the line of a match with ``|`` in its place."""
    return match.string[: match.start()] + "|" + match.string[match.end() :]
