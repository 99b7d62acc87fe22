"""Options that keep articles of a search by date, source and author."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from searchkit.errors import SearchkitError

if TYPE_CHECKING:
    from searchkit.query.nodes import DateRange, FieldFilter
    from searchkit.query.parser import Query

FromOption = Annotated[
    str | None, typer.Option("--from", metavar="DATE", help="Only articles since a day, month or year.")
]
ToOption = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Only articles until then.")]
YearOption = Annotated[str | None, typer.Option(metavar="YEAR", help="Only articles of this year.")]
SourceOption = Annotated[str | None, typer.Option(metavar="NAME", help="Only articles of this source.")]
AuthorOption = Annotated[str | None, typer.Option(metavar="NAME", help="Only articles of this author.")]


def restricted(
    query: Query,
    *,
    language: str | None = None,
    since: str | None = None,
    until: str | None = None,
    year: str | None = None,
    source: str | None = None,
    author: str | None = None,
) -> Query:
    """Return a query that finds only articles that pass the filters of all options given.

    Raises:
        SearchkitError: A date is not understood, or the first is after the last.
    """
    fields = _fields(language=language, source=source, author=author)
    conditions: list[FieldFilter | DateRange] = [*fields, *_dates(since, until, year)]
    for condition in conditions:
        query = query.within(condition)
    return query


def _fields(**values: str | None) -> Iterator[FieldFilter]:
    from searchkit.query.nodes import FieldFilter

    yield from (FieldFilter(field, str(value)) for field, value in values.items() if value)


def _dates(since: str | None, until: str | None, year: str | None) -> Iterator[DateRange]:
    if since or until:
        yield _range(since or "", until or "")
    if year:
        yield _range(year, year)


def _range(first: str, last: str) -> DateRange:
    """Return the range from one date to another, as people write them; an empty one is open."""
    from searchkit.query.periods import date_range

    for date in filter(None, (first, last)):
        if date_range(date) is None:
            raise SearchkitError(f"the date {date} is not understood; write 15.09.2022, 2022-09-15, 2022-09 or 2022")
    found = date_range(f"{first}..{last}")
    if found is None:
        raise SearchkitError(f"no day is between {first} and {last}: the first date is the later one")
    return found
