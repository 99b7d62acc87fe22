"""The parameters of a page's URL: query, filters, order, page.

All state is in the URL, so that a link can be sent to a colleague, and the browser's back button
works.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Self
from urllib.parse import urlencode

from searchkit.engines.base import Sort
from searchkit.errors import SearchkitError
from searchkit.options import Rewrite, SearchOptions
from searchkit.query.nodes import Boolean, DateRange, FieldFilter
from searchkit.query.parser import Query, parse
from searchkit.web.translations import UI_LANGUAGES
from searchkit_analyzers import LANGUAGES

MAX_QUERY_LENGTH = 500
"""Characters of a query; a whole sentence has about a hundred."""
MAX_PAGE = 1000
"""The last result page: nobody reads further, and each page costs more than the one before."""
_ANY_DATE = DateRange("0001", "")


class QueryTooLong(SearchkitError):
    """A query has more characters than are allowed."""


@dataclass(frozen=True, slots=True)
class SearchParams:
    """The parameters of a search, named as in the URL.

    The URL leaves out default values.
    """

    q: str = ""
    lang: str = ""
    year: str = ""
    source: str = ""
    author: str = ""
    sort: Sort = "score"
    across: bool = False
    exact: bool = False
    copies: bool = False
    page: int = 1
    id: str = ""
    """The article that is shown."""
    ui: str = ""
    """The language of the page, where the reader has chosen one."""

    @classmethod
    def read(cls, parameters: Mapping[str, str]) -> Self:
        """Read the parameters of a URL; invalid values become defaults."""
        year, page = parameters.get("year", ""), parameters.get("page", "")
        return cls(
            q=" ".join(parameters.get("q", "").split()),
            lang=_one_of(parameters.get("lang"), LANGUAGES),
            year=year if len(year) == 4 and _is_number(year) else "",
            source=parameters.get("source", "")[:MAX_QUERY_LENGTH].strip(),
            author=parameters.get("author", "")[:MAX_QUERY_LENGTH].strip(),
            sort="date" if parameters.get("sort") == "date" else "score",
            across=parameters.get("across") == "1",
            exact=parameters.get("exact") == "1",
            copies=parameters.get("copies") == "1",
            id=parameters.get("id", ""),
            page=min(max(int(page), 1), MAX_PAGE) if _is_number(page) else 1,
            ui=_one_of(parameters.get("ui"), UI_LANGUAGES),
        )

    def validated(self) -> Self:
        """Return the parameters themselves; raises `QueryTooLong`."""
        if len(self.q) > MAX_QUERY_LENGTH:
            raise QueryTooLong(f"a query has at most {MAX_QUERY_LENGTH} letters")
        return self

    def shortened(self) -> Self:
        """Return the parameters for a page that answers no query, which repeats no endless one."""
        return replace(self, q=self.q[:MAX_QUERY_LENGTH], id="")

    @property
    def is_filtered(self) -> bool:
        """Whether a language, year, source or author is selected."""
        return bool(self.lang or self.year or self.source or self.author)

    @property
    def is_empty(self) -> bool:
        """Whether there is neither a query nor a filter."""
        return not (self.q or self.is_filtered)

    def query(self) -> Query:
        """Parse the query with its filters.

        Without words it matches all articles that pass the filters.
        """
        filters = self._filters()
        if not self.q:
            return Query("", Boolean(must=filters or (_ANY_DATE,)))
        query = parse(self.q)
        for each in filters:
            query = query.within(each)
        return query

    def effective_sort(self) -> Sort:
        """Return the order of hits: newest first where no words rank them."""
        return self.sort if self.q else "date"

    def search_options(self) -> SearchOptions:
        """Return the options of a search with these parameters."""
        rewrite = Rewrite(spelling=not self.exact, translations=self.across)
        return SearchOptions(rewrite, collapse_duplicates=not self.copies)

    def url(self, **changes: Any) -> str:
        """Return the query string of this search with `changes`.

        It leads to the first page unless `changes` name another.
        """
        return "?" + urlencode(_as_text(replace(self, **{"page": 1} | changes)))

    def form_fields(self, *inputs: str) -> dict[str, str]:
        """Return the parameters that a form must carry besides its own `inputs`."""
        return {name: value for name, value in _as_text(replace(self, page=1)).items() if name not in inputs}

    def _filters(self) -> tuple[FieldFilter | DateRange, ...]:
        values = (("language", self.lang), ("source", self.source), ("author", self.author))
        years = (DateRange(self.year, self.year),) if self.year else ()
        return *(FieldFilter(name, value) for name, value in values if value), *years


def _as_text(params: SearchParams) -> dict[str, str]:
    """Return the parameters that differ from their defaults, as they stand in a URL."""
    values = {field.name: getattr(params, field.name) for field in fields(params)}
    defaults = {field.name: field.default for field in fields(params)}
    return {
        name: "1" if value is True else str(value)
        for name, value in values.items()
        if value and value != defaults[name]
    }


def _one_of(value: str | None, allowed: Collection[str]) -> str:
    return value if value and value in allowed else ""


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
