"""Options that keep articles of a search by date, source and author."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from searchkit.query.parser import Query

FromOption = Annotated[
    str | None, typer.Option("--from", metavar="DATE", help="Only articles since a day, month or year.")
]
ToOption = Annotated[str | None, typer.Option("--to", metavar="DATE", help="Only articles until then.")]
YearOption = Annotated[str | None, typer.Option(metavar="YEAR", help="Only articles of this year.")]
SourceOption = Annotated[str | None, typer.Option(metavar="NAME", help="Only articles of this source.")]
AuthorOption = Annotated[str | None, typer.Option(metavar="NAME", help="Only articles of this author.")]

_OPTIONS = (("language",), ("since", "until"), ("year",), ("source",), ("author",))
"""Fields of `Filters` that are one condition together."""
_OPTION_OF = {"language": "--lang", "since": "--from", "until": "--to"}
"""By field: its option, where that has another name."""


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters that the options of a search give; empty ones are not asked for."""

    language: str = ""
    since: str = ""
    until: str = ""
    year: str = ""
    source: str = ""
    author: str = ""

    def restrict(self, query: Query) -> Query:
        """Return a query that finds only articles that pass all filters.

        Raises:
            SearchkitError: A date is not understood, or the first is after the last.
        """
        from searchkit.query.article_filter import Filter
        from searchkit.query.nodes import FieldFilter

        exact = Filter(language=self.language, year=self.year, date_from=self.since, date_to=self.until)
        some_words = [FieldFilter(field, value) for field in ("source", "author") if (value := getattr(self, field))]
        for condition in (*exact.conditions, *some_words):
            query = query.within(condition)
        return query

    def each_left_out(self) -> Iterator[tuple[Sequence[str], Filters]]:
        """Yield the options of each filter that is given, with the filters that remain without it.

        Where several are given, the options of all of them come last.
        """
        given = [names for names in _OPTIONS if any(getattr(self, name) for name in names)]
        for names in [*given, tuple(chain.from_iterable(given))] if len(given) > 1 else given:
            options = [_OPTION_OF.get(name, f"--{name}") for name in names if getattr(self, name)]
            yield options, replace(self, **dict.fromkeys(names, ""))
