"""Filters as arguments of a search: by language, source, author and date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from searchkit.errors import SearchkitError
from searchkit.query.nodes import Boolean, Condition, DateRange, FieldFilter, FieldValue
from searchkit.query.parser import Query
from searchkit.query.periods import date_range

_EXPECTED_DATE = "write 15.09.2022, 2022-09-15, 2022-09 or 2022"

Values = str | Sequence[str]
"""One value, or several of which an article has one."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Keeps articles that pass all of its conditions; an immutable value.

    Attributes:
        language: The code of a language, or several codes; an article may be in more than one.
        source: The publisher as `Results.facets` lists it, or several; ``source:`` in a query takes
            some words of it.
        author: The author, in the same way.
        year: A year, or several.
        date_from: The first day, month or year, as people write them.
        date_to: The last day, month or year, included.

    >>> Filter(language="kk", date_from="2022-09")
    Filter(language='kk', source=(), author=(), year=(), date_from='2022-09', date_to='')
    """

    language: Values = ()
    source: Values = ()
    author: Values = ()
    year: Values = ()
    date_from: str = ""
    date_to: str = ""

    def __post_init__(self) -> None:
        for field in fields(self):
            _check_text(field.name, getattr(self, field.name), is_one=field.name.startswith("date"))
        _ = self.conditions

    def restrict(self, query: Query) -> Query:
        """Return a query that finds only articles that pass the filter.

        Args:
            query: A parsed query; one without any text finds all that pass.

        Returns:
            A new query; its text is the same.
        """
        if self.conditions and not query.text.strip():
            return Query(query.text, Boolean(must=self.conditions))
        for condition in self.conditions:
            query = query.within(condition)
        return query

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions as query nodes.

        Raises:
            SearchkitError: A date is not understood, or the first one is the later one.
        """
        return tuple(self._conditions())

    def _conditions(self) -> Iterator[Condition]:
        yield from _any_of(FieldFilter("language", code) for code in _as_tuple(self.language))
        yield from _any_of(FieldValue("source", value) for value in _as_tuple(self.source))
        yield from _any_of(FieldValue("author", value) for value in _as_tuple(self.author))
        yield from _any_of(_range(year, year) for year in _as_tuple(self.year))
        if self.date_from or self.date_to:
            yield _range(self.date_from, self.date_to)


def _any_of(conditions: Iterator[Condition]) -> Iterator[Condition]:
    """Yield one condition that is met where any of some is; nothing for none."""
    match tuple(conditions):
        case ():
            pass
        case (only,):
            yield only
        case several:
            yield Boolean(should=several)


def _as_tuple(values: Values) -> tuple[str, ...]:
    """Return all values that are not empty."""
    return tuple(filter(None, (values,) if isinstance(values, str) else values))


def _range(first: str, last: str) -> DateRange:
    """Return the range from one date to another; an empty one is open."""
    for date in filter(None, (first, last)):
        if date_range(date) is None:
            raise SearchkitError(f"the date {date[:50]} is not understood; {_EXPECTED_DATE}")
    found = date_range(f"{first}..{last}")
    if found is None:
        raise SearchkitError(f"no day is between {first} and {last}: the first date is the later one")
    return found


def _check_text(name: str, value: object, *, is_one: bool) -> None:
    """Raise `SearchkitError` where a value is neither a text nor, unless `is_one`, several."""
    if isinstance(value, str):
        return
    is_several = isinstance(value, Sequence) and all(isinstance(each, str) for each in value)
    if is_one or not is_several:
        expected = "a text" if is_one else "a text, or a list of texts"
        raise SearchkitError(f"{name} of a Filter is {expected}, not {type(value).__name__}")
