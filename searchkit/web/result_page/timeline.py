"""Hits by year or month, as bars that are links, and spans of time that readers often want."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from searchkit.web.result_page.facets import Counts
from searchkit.web.search_params import SearchParams

_MAX_BARS = 60
"""Bars of a timeline, the latest: more are too narrow for a finger."""
_HEIGHT = 40
"""The height of the highest bar."""
_SPANS = {"last_week": 7, "last_month": 30, "last_year": 365}
"""Days of each span."""


@dataclass(frozen=True, slots=True)
class Bar:
    """The hits of a year or a month."""

    date: str
    """ISO 8601: *2022* or *2022-09*."""
    count: int
    height: int
    url: str
    is_selected: bool


@dataclass(frozen=True, slots=True)
class Span:
    """A span of time until today: the name of its label, and the search in it."""

    name: str
    url: str
    is_selected: bool


def bars(counts: Counts, params: SearchParams) -> list[Bar]:
    """Return a bar for each year, or for each month where one year is selected."""
    year = _only_year(params)
    by_month = {month: n for month, n in counts.get("month", {}).items() if month.startswith(f"{year}-")}
    found = list(_month_bars(year, by_month, params)) if year else list(_year_bars(counts.get("year", {}), params))
    return found if len(found) > 1 else []


def spans(params: SearchParams, today: date) -> list[Span]:
    """Return the last week, month and year."""
    starts = {name: (today - timedelta(days=days)).isoformat() for name, days in _SPANS.items()}
    return [
        Span(name, params.url(id="", year=(), since=start, until=""), (params.since, params.until) == (start, ""))
        for name, start in starts.items()
    ]


def _only_year(params: SearchParams) -> str:
    """Return the year that alone is selected, or an empty text."""
    if len(params.year) == 1:
        return params.year[0]
    since, until = params.since[:4], params.until[:4]
    return since if since == until and since.isdigit() and len(since) == 4 else ""


def _year_bars(counts: Mapping[str, int], params: SearchParams) -> Iterator[Bar]:
    """Yield a bar for each year from the first to the last, empty ones included."""
    years = [int(year) for year in counts if year.isdigit()]
    if years:
        first = max(min(years), max(years) - _MAX_BARS + 1)
        for year in (f"{n:04}" for n in range(first, max(years) + 1)):
            yield Bar(year, *_size(year, counts), params.toggled("year", year), year in params.year)


def _month_bars(year: str, counts: Mapping[str, int], params: SearchParams) -> Iterator[Bar]:
    """Yield a bar for each month of a year; the selected one leads back to the year."""
    for month in (f"{year}-{n:02}" for n in range(1, 13)):
        is_selected = params.since == params.until == month
        since = "" if is_selected else month
        url = params.url(id="", year=(year,) if is_selected else (), since=since, until=since)
        yield Bar(month, *_size(month, counts), url, is_selected)


def _size(value: str, counts: Mapping[str, int]) -> tuple[int, int]:
    """Return the count of a bar, and its height: at least 1 where there is a hit."""
    count = counts.get(value, 0)
    return count, -(-count * _HEIGHT // max(counts.values(), default=1))
