"""What a page shows, as its address says it: the question, its narrowing, the order, the page.

Everything is in the address, so that it can be sent to a colleague, and the browser's way back works.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Self
from urllib.parse import urlencode

from searchkit.engines.base import Sort
from searchkit.errors import SearchkitError
from searchkit.options import Rewrite, SearchOptions
from searchkit.query.nodes import Boolean, DateRange, FieldFilter
from searchkit.query.parser import Query, parse

LONGEST = 500
"""Letters of a question. A whole sentence is about a hundred."""
FURTHEST = 1000
"""The last page that is shown: nobody reads so far, and each costs more than the one before."""
_EVER = DateRange("0001", "")


class TooLong(SearchkitError):
    """A question is longer than what is answered."""


@dataclass(frozen=True, slots=True)
class SearchParams:
    """What is asked. The names are those in an address; what is as usual is not in it."""

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
    """The article that is read."""
    ui: str = ""
    """The language of the page itself, where it was chosen."""

    @classmethod
    def read(cls, parameters: Mapping[str, str]) -> Self:
        """Read an address; what makes no sense in it is passed over."""
        year, page = parameters.get("year", ""), parameters.get("page", "")
        return cls(
            q=" ".join(parameters.get("q", "").split()),
            lang=_one_of(parameters.get("lang"), "kk", "ru"),
            year=year if len(year) == 4 and _is_number(year) else "",
            source=parameters.get("source", "")[:LONGEST].strip(),
            author=parameters.get("author", "")[:LONGEST].strip(),
            sort="date" if parameters.get("sort") == "date" else "score",
            across=parameters.get("across") == "1",
            exact=parameters.get("exact") == "1",
            copies=parameters.get("copies") == "1",
            id=parameters.get("id", ""),
            page=min(max(int(page), 1), FURTHEST) if _is_number(page) else 1,
            ui=_one_of(parameters.get("ui"), "kk", "ru", "en"),
        )

    def checked(self) -> Self:
        """Return it, if it may be answered; raises `TooLong`."""
        if len(self.q) > LONGEST:
            raise TooLong(f"a question has at most {LONGEST} letters")
        return self

    @property
    def is_narrowed(self) -> bool:
        """Whether only some articles are asked for, whatever the words."""
        return bool(self.lang or self.year or self.source or self.author)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked."""
        return not (self.q or self.is_narrowed)

    def question(self) -> Query:
        """Return what an index is asked; without words, all articles that are not narrowed away."""
        conditions = self._conditions()
        if not self.q:
            return Query("", Boolean(must=conditions or (_EVER,)))
        question = parse(self.q)
        for condition in conditions:
            question = question.within(condition)
        return question

    def order(self) -> Sort:
        """Return what comes first: without words, nothing is better than the newest."""
        return self.sort if self.q else "date"

    def options(self) -> SearchOptions:
        """Return the options of a search with these parameters."""
        rewrite = Rewrite(spelling=not self.exact, translations=self.across)
        return SearchOptions(rewrite, collapse_duplicates=not self.copies)

    def address(self, **changes: Any) -> str:
        """Return the address of the same question with some changes; unless told, from its first page."""
        values = _as_text(replace(self, **{"page": 1} | changes))
        return "?" + urlencode(values)

    def kept(self, *names: str) -> dict[str, str]:
        """Return what a form has to keep of the address, but for what the form asks itself."""
        return {name: value for name, value in _as_text(replace(self, page=1)).items() if name not in names}

    def _conditions(self) -> tuple[FieldFilter | DateRange, ...]:
        attributes = (("language", self.lang), ("source", self.source), ("author", self.author))
        years = (DateRange(self.year, self.year),) if self.year else ()
        return *(FieldFilter(name, wanted) for name, wanted in attributes if wanted), *years


def _as_text(asked: SearchParams) -> dict[str, str]:
    values = {field.name: getattr(asked, field.name) for field in fields(asked)}
    usual = {field.name: field.default for field in fields(asked)}
    return {
        name: "1" if value is True else str(value) for name, value in values.items() if value and value != usual[name]
    }


def _one_of(value: str | None, *possible: str) -> str:
    return value if value in possible else ""


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
