"""The parameters of the API: their names, their descriptions, and which values are wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import Path, Query

from searchkit.engines.base import Sort
from searchkit.errors import SearchkitError
from searchkit.options import Rewrite, SearchOptions
from searchkit.query.article_filter import Filter
from searchkit.query.parser import Query as ParsedQuery
from searchkit.query.parser import parse
from searchkit.query.periods import date_range
from searchkit.web.search_params import MAX_OFFSET, MAX_QUERY_LENGTH, MAX_VALUES
from searchkit_analyzers import LANGUAGES

MAX_LIMIT = 100
"""Hits of one response."""

if TYPE_CHECKING:
    LanguageCode = str
else:
    LanguageCode = Literal[tuple(LANGUAGES)]

QueryText = Annotated[
    str,
    Query(
        max_length=MAX_QUERY_LENGTH,
        description="A query; see docs/reference/query-language.md.",
        examples=["тасқын", "базовая ставка"],
    ),
]
Limit = Annotated[int, Query(ge=0, le=MAX_LIMIT, description="Number of articles.")]
Offset = Annotated[int, Query(ge=0, le=MAX_OFFSET, description="Number of articles to pass over.")]
Id = Annotated[str, Path(description="The id of an article, as a search returns it.")]
Order = Annotated[Sort, Query(description="Best, newest or oldest first.")]
Languages = Annotated[list[LanguageCode] | None, Query(description="Only articles in one of these languages.")]
Values = Annotated[
    list[Annotated[str, Query(max_length=MAX_QUERY_LENGTH)]] | None,
    Query(max_length=MAX_VALUES, description="Only articles with one of these values, as `facets` lists them."),
]
Years = Annotated[
    list[Annotated[str, Query(pattern="^[12][0-9]{3}$")]] | None,
    Query(max_length=MAX_VALUES, description="Only articles of one of these years.", examples=[["2024"]]),
]
Date = Annotated[
    str,
    Query(
        max_length=30,
        description="A day, month or year: 2022-09-15, 15.09.2022, 2022-09 or 2022; empty where the range is open.",
        examples=["2022-09", "15.09.2022"],
    ),
]
FirstDate = Annotated[Date, Query(alias="from")]
LastDate = Annotated[Date, Query(alias="to")]
Across = Annotated[bool, Query(description="Search in the other language too.")]
ExactWords = Annotated[bool, Query(description="Search the words as typed, without spelling correction.")]
Plain = Annotated[bool, Query(description="Leave out other names of the same thing.")]
Copies = Annotated[bool, Query(description="All near-duplicates of an article, not one.")]
PassagesToo = Annotated[bool, Query(description="Give each hit its best passages, with offsets and scores.")]
ByMeaning = Annotated[bool, Query(description="Order the best articles by meaning, too, where they have vectors.")]
Explain = Annotated[bool, Query(description="Give each hit an explanation: what each word adds to its score.")]


class WrongParameter(SearchkitError):
    """A parameter of a request has a value that is not understood."""

    def __init__(self, parameter: str, sentence: str) -> None:
        super().__init__(sentence)
        self.parameter = parameter


@dataclass(frozen=True, slots=True)
class Asked:
    """The search that a request to the API describes."""

    text: str
    filter: Filter
    sort: Sort
    options: SearchOptions

    def query(self) -> ParsedQuery:
        """Parse the query with its filters."""
        return self.filter.restrict(parse(self.text))


def asked(
    q: QueryText,
    sort: Order = "score",
    lang: Languages = None,
    year: Years = None,
    source: Values = None,
    author: Values = None,
    since: FirstDate = "",
    until: LastDate = "",
    across: Across = False,
    exact: ExactWords = False,
    plain: Plain = False,
    copies: Copies = False,
    explain: Explain = False,
    passages: PassagesToo = False,
    meaning: ByMeaning = False,
) -> Asked:
    """Return the search that parameters describe; raises `WrongParameter`."""
    _check_dates(since, until)
    kept = Filter(
        language=lang or (),
        source=source or (),
        author=author or (),
        year=year or (),
        date_from=since.strip(),
        date_to=until.strip(),
    )
    rewrite = Rewrite(spelling=not exact, synonyms=not plain, translations=across)
    options = SearchOptions(
        rewrite, collapse_duplicates=not copies, explain=explain, passages=passages, meaning=meaning
    )
    return Asked(q, kept, sort, options)


def _check_dates(first: str, last: str) -> None:
    for name, date in (("from", first.strip()), ("to", last.strip())):
        if date and date_range(date) is None:
            raise WrongParameter(name, "write 2022, 2022-09, 2022-09-15 or 15.09.2022")
    if first.strip() and last.strip() and date_range(f"{first.strip()}..{last.strip()}") is None:
        raise WrongParameter("from", "it is later than `to`")
