"""The parameters of a page's URL: query, filters, order, page.

All state is in the URL, so that a link can be sent to a colleague, and the browser's back button
works.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, Self, get_args
from urllib.parse import urlencode

from searchkit.engines.base import Sort
from searchkit.errors import SearchkitError
from searchkit.options import Rewrite, SearchOptions
from searchkit.query.article_filter import Filter
from searchkit.query.nodes import Boolean, DateRange
from searchkit.query.parser import Query, parse
from searchkit.query.periods import date_range
from searchkit.web.translations import UI_LANGUAGES
from searchkit_analyzers import LANGUAGES

MAX_QUERY_LENGTH = 500
"""Characters of a query; a whole sentence has about a hundred."""
MAX_OFFSET = 10_000
"""Hits that may be passed over: each costs time, and nobody pages further."""
MAX_VALUES = 20
"""Values of one facet that may be selected at once."""
PAGE_SIZES = (10, 25, 50)
"""Hits of a result page that a reader may choose from."""
FACETS = ("lang", "year", "source", "author")
"""The parameters that select values of facets."""
_DATES = ("year", "since", "until")
_ADDRESS_NAMES = {"since": "from", "until": "to"}
"""Parameters that have another name in an address: `from` is a word of Python."""
_MAX_DATE_LENGTH = 30
_ANY_DATE = DateRange("0001", "")


class QueryTooLong(SearchkitError):
    """A query has more characters than are allowed."""


@dataclass(frozen=True, slots=True)
class SearchParams:
    """The parameters of a search, named as in the URL.

    The URL leaves out default values.
    """

    q: str = ""
    lang: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    author: tuple[str, ...] = ()
    since: str = ""
    """The first date, as typed."""
    until: str = ""
    """The last date, as typed."""
    sort: Sort = "score"
    across: bool = False
    exact: bool = False
    plain: bool = False
    """Whether other names of the same thing are left out."""
    copies: bool = False
    meaning: bool = False
    per: int = PAGE_SIZES[0]
    page: int = 1
    why: int = 0
    """The rank of the hit whose score is explained."""
    id: str = ""
    """The article that is shown."""
    at: int = 0
    """Its rank among the results, from 1, where it is one of them."""
    ui: str = ""
    """The language of the page, where the reader has chosen one."""

    @classmethod
    def read(cls, parameters: Iterable[tuple[str, str]]) -> Self:
        """Read the parameters of a URL; invalid values become defaults."""
        given = _Given(parameters)
        per = given.number("per")
        per = per if per in PAGE_SIZES else PAGE_SIZES[0]
        return cls(
            q=" ".join(given.text("q").split()),
            lang=tuple(code for code in given.values("lang") if code in LANGUAGES),
            year=tuple(year for year in given.values("year") if _is_year(year)),
            source=given.values("source"),
            author=given.values("author"),
            since=given.text("from")[:_MAX_DATE_LENGTH].strip(),
            until=given.text("to")[:_MAX_DATE_LENGTH].strip(),
            sort=next((sort for sort in get_args(Sort) if sort == given.text("sort")), "score"),
            **{name: given.text(name) == "1" for name in ("across", "exact", "plain", "copies", "meaning")},
            per=per,
            page=min(max(given.number("page"), 1), MAX_OFFSET // per),
            why=given.number("why"),
            id=given.text("id"),
            at=min(given.number("at"), MAX_OFFSET),
            ui=_one_of(given.text("ui"), UI_LANGUAGES),
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
        """Whether a language, time, source or author is selected."""
        return any(getattr(self, name) for name in (*FACETS, *_DATES))

    @property
    def is_empty(self) -> bool:
        """Whether there is neither a query nor a filter."""
        return not (self.q or self.is_filtered)

    @property
    def misread_dates(self) -> str:
        """The dates that are not understood, as typed, or an empty text."""
        if not (self.since or self.until) or self._range_is_valid:
            return ""
        return "–".join(filter(None, (self.since, self.until)))

    @property
    def _range_is_valid(self) -> bool:
        each = all(date_range(date) for date in (self.since, self.until) if date)
        return each and date_range(f"{self.since}..{self.until}") is not None

    @property
    def filter(self) -> Filter:
        """The filters of the search; dates that are not understood filter nothing."""
        since, until = ("", "") if self.misread_dates else (self.since, self.until)
        return Filter(
            language=self.lang,
            source=self.source,
            author=self.author,
            year=self.year,
            date_from=since,
            date_to=until,
        )

    def query(self) -> Query:
        """Parse the query with its filters.

        Without words it matches all articles that pass the filters.
        """
        if not (self.q or self.filter.conditions):
            return Query("", Boolean(must=(_ANY_DATE,)))
        return self.filter.restrict(parse(self.q))

    def effective_sort(self) -> Sort:
        """Return the order of hits: newest first where no words rank them."""
        return self.sort if self.q or self.sort == "oldest" else "date"

    def search_options(self) -> SearchOptions:
        """Return the options of a search with these parameters."""
        rewrite = Rewrite(spelling=not self.exact, synonyms=not self.plain, translations=self.across)
        return SearchOptions(rewrite, collapse_duplicates=not self.copies, explain=bool(self.why), meaning=self.meaning)

    def toggled(self, name: str, value: str) -> str:
        """Return the query string of this search with a value of a facet selected, or no longer."""
        selected: tuple[str, ...] = getattr(self, name)
        without = tuple(each for each in selected if each != value)
        other = {"since": "", "until": ""} if name == "year" else {}
        return self.url(id="", **other, **{name: without if value in selected else (*selected, value)})

    def without(self, *names: str) -> Self:
        """Return the search without some of its filters."""
        changes: dict[str, Any] = {name: "" if name in _ADDRESS_NAMES else () for name in names}
        return replace(self, **changes)

    def without_filters(self) -> Self:
        """Return the search without any filter."""
        return self.without(*FACETS, *_ADDRESS_NAMES)

    def url(self, **changes: Any) -> str:
        """Return the query string of this search with `changes`.

        It leads to the first page unless `changes` name another.
        """
        return "?" + urlencode([*_as_text(replace(self, **{"page": 1, "why": 0, "at": 0} | changes))])

    def form_fields(self, *inputs: str) -> list[tuple[str, str]]:
        """Return the parameters that a form must carry besides its own `inputs`."""
        values = _as_text(replace(self, page=1, why=0, at=0))
        return [(name, value) for name, value in values if name not in inputs]


class _Given:
    """The parameters that an address gives; of one that comes twice, the last is taken."""

    def __init__(self, parameters: Iterable[tuple[str, str]]) -> None:
        self._pairs = list(parameters)
        self._last = dict(self._pairs)

    def text(self, name: str) -> str:
        return self._last.get(name, "")

    def number(self, name: str) -> int:
        text = self.text(name)
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0

    def values(self, name: str) -> tuple[str, ...]:
        """Return all values of a parameter, each once."""
        values = (value[:MAX_QUERY_LENGTH].strip() for each, value in self._pairs if each == name)
        return tuple(dict.fromkeys(filter(None, values)))[:MAX_VALUES]


def _as_text(params: SearchParams) -> Iterator[tuple[str, str]]:
    """Yield the parameters that differ from their defaults, as they stand in a URL."""
    for field in fields(params):
        value = getattr(params, field.name)
        if value != field.default:
            name = _ADDRESS_NAMES.get(field.name, field.name)
            values = value if isinstance(value, tuple) else (value,)
            yield from ((name, "1" if each is True else str(each)) for each in values)


def _one_of(value: str, allowed: Collection[str]) -> str:
    return value if value in allowed else ""


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdigit() and date_range(text) is not None
