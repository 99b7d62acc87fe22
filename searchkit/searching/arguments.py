"""Arguments of searches: any other value is refused in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from searchkit.engines.base import Sort
from searchkit.errors import SearchkitError
from searchkit.query.parser import Query, parse
from searchkit.searching.search import Page

if TYPE_CHECKING:
    from searchkit.query.article_filter import Filter


def query_of(query: str | Query, filter: Filter | None = None) -> str | Query:
    """Return a query, parsed where a filter restricts it; other types raise `SearchkitError`."""
    if not isinstance(query, str | Query):
        raise SearchkitError(f"a query is a text, or a Query that parse() returns, not {type(query).__name__}")
    if filter is None:
        return query
    if not hasattr(filter, "restrict"):
        raise SearchkitError(f"a filter is a Filter(language=..., date_from=...), not {type(filter).__name__}")
    return filter.restrict(parse(query) if isinstance(query, str) else query)


def page_of(limit: int, offset: int, sort: Sort) -> Page:
    """Return a page of a ranking; raises `SearchkitError` for any other value."""
    if sort not in get_args(Sort):
        raise SearchkitError(f"articles cannot be sorted by {sort}; take score, date or oldest")
    return Page(at_least_0("limit", limit), at_least_0("offset", offset), sort)


def at_least_0(name: str, number: int) -> int:
    """Return a whole number; raises `SearchkitError` where it is negative, or none."""
    if not isinstance(number, int) or number < 0:
        raise SearchkitError(f"{name} is a whole number from 0 on, not {number!r:.50}")
    return number
