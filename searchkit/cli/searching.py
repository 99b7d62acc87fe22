"""Verbs that find articles in an index: search, suggest."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

import searchkit
from searchkit.cli import console, languages
from searchkit.cli.command import NOTHING_FOUND, command
from searchkit.cli.filters import AuthorOption, Filters, FromOption, SourceOption, ToOption, YearOption
from searchkit.cli.options import (
    DEFAULT_INDEX,
    AcrossOption,
    IndexOption,
    JsonOption,
    MeaningOption,
    ModelOption,
    SynonymsOption,
)
from searchkit.cli.results import remarks
from searchkit.cli.results.formats import Format, FormatOption, print_formatted
from searchkit.cli.results.listing import print_listing
from searchkit.cli.results.remembered import remember
from searchkit.cli.results.style import Color, ColorOption, chosen_style
from searchkit.errors import SearchkitError
from searchkit.printable import one_line
from searchkit.runtime.gc_policy import never_collected

if TYPE_CHECKING:
    from searchkit.results import Results


class SortOrder(StrEnum):
    """The order of hits: best first, newest first or oldest first."""

    score = "score"
    date = "date"
    oldest = "oldest"


QueryArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="QUERY...",
        help='Words; "a phrase"; !exact; pref*; -without; AND, OR, NOT (И, ИЛИ, НЕ; ЖӘНЕ, НЕМЕСЕ, ЕМЕС); '
        "lang:kk; date:15.09.2022; author: (автор:).",
    ),
]
SimilarOption = Annotated[str | None, typer.Option(metavar="ID", help="Instead of QUERY: find articles like this one.")]
LimitOption = Annotated[int, typer.Option("-n", "--limit", min=0, help="How many articles to show.")]
OffsetOption = Annotated[int, typer.Option(min=0, help="How many to pass over.")]
SortOption = Annotated[SortOrder, typer.Option(help="What comes first: the best, the newest or the oldest.")]
AllCopiesOption = Annotated[bool, typer.Option("--all-copies", help="Show all copies of an article, not one.")]
ExplainOption = Annotated[bool, typer.Option("--explain", help="Tell what each word adds to the score.")]


DeadlineOption = Annotated[float | None, typer.Option(metavar="SECONDS", min=0, help="Give up after so many seconds.")]


@command("search", takes_query=True)
@never_collected()
def search(
    context: typer.Context,
    query: QueryArgument = None,
    similar: SimilarOption = None,
    limit: LimitOption = 10,
    offset: OffsetOption = 0,
    sort: SortOption = SortOrder.score,
    lang: Annotated[languages.LanguageCode | None, typer.Option(help="Only articles in this language.")] = None,
    since: FromOption = None,
    until: ToOption = None,
    year: YearOption = None,
    source: SourceOption = None,
    author: AuthorOption = None,
    all_copies: AllCopiesOption = False,
    explain: ExplainOption = False,
    across: AcrossOption = False,
    meaning: MeaningOption = False,
    model: ModelOption = None,
    synonyms: SynonymsOption = None,
    deadline: DeadlineOption = None,
    index_path: IndexOption = DEFAULT_INDEX,
    format_: FormatOption = Format.text,
    as_json: JsonOption = False,
    color: ColorOption = Color.auto,
) -> None:
    """Find articles; a word is found in all its forms."""
    text = _question(query, similar, context)
    rewrite = searchkit.Rewrite(synonyms=similar is None, translations=across)
    options = searchkit.SearchOptions(
        rewrite, collapse_duplicates=not all_copies, explain=explain, count_all_words=similar is None, meaning=meaning
    )
    filters = Filters(lang or "", since or "", until or "", year or "", source or "", author or "")
    with searchkit.Index.open(index_path, synonyms=synonyms, model=model) as index:
        asked = index.more_like_this_query(similar) if similar is not None else searchkit.parse(text or "")
        query_ = filters.restrict(asked)
        results = index.search(query_, limit=limit, offset=offset, sort=sort.value, options=options, deadline=deadline)
        remember(results, index_path)
        _print_results(results, Format.json if as_json else format_, color)
        if not results.total:
            _end_with_advice(index, asked, filters)


def _end_with_advice(index: searchkit.Index, asked: searchkit.Query, filters: Filters) -> NoReturn:
    """Tell of searches that find something, and end the verb as one that found nothing."""
    remarks.report_what_would_help(index, asked, filters)
    raise typer.Exit(NOTHING_FOUND)


def _question(words: list[str] | None, similar: str | None, context: typer.Context) -> str | None:
    """Return the text of a query, or None where similar articles are asked for."""
    text = _joined(words, context)
    if (text is None) == (similar is None):
        raise SearchkitError("search takes a QUERY or --similar ID, one of them")
    return text


def _joined(words: list[str] | None, context: typer.Context) -> str | None:
    """Return the words of a query as one text; raises `SearchkitError` for a mistyped option."""
    mistyped = next((word for word in words or () if word.startswith("--")), None)
    if mistyped:
        raise SearchkitError(
            f"there is no option {mistyped}: {_meant(mistyped, context)}; a word to leave out takes one minus"
        )
    return " ".join(words) if words else None


def _meant(mistyped: str, context: typer.Context) -> str:
    """Return advice with the option of the running verb that looks most like a mistyped one."""
    from difflib import get_close_matches

    options = [name for option in context.command.params for name in option.opts]
    similar = get_close_matches(mistyped.partition("=")[0], options, n=1)
    return f"did you mean {similar[0]}" if similar else "see --help"


def _print_results(results: Results, format_: Format, color: Color) -> None:
    """Print hits to stdout, and remarks on the query to stderr."""
    for hint in results.hints:
        console.report(hint)
    console.report_corrections(results)
    console.report_synonyms(results)
    if format_ is not Format.text:
        print_formatted(results, format_)
        return
    print_listing(results, chosen_style(color))
    remarks.print_total(results)


@command(
    "suggest",
    takes_query=True,
    help_text="Complete an unfinished query: words and titles that begin so.",
)
@never_collected()
def suggest(
    context: typer.Context,
    prefix: Annotated[
        list[str],
        typer.Argument(metavar="PREFIX...", help="The beginning of a query; its last word may be unfinished."),
    ],
    limit: Annotated[int, typer.Option("-n", "--limit", min=0, help="How many to print.")] = 8,
    index_path: IndexOption = DEFAULT_INDEX,
    as_json: JsonOption = False,
) -> None:
    """Print completions of an unfinished query: words and titles."""
    text = _joined(prefix, context) or ""
    with searchkit.Index.open(index_path) as index:
        suggestions = index.suggest(text, limit=limit)
    if as_json:
        print(console.to_json({"prefix": text, "suggestions": suggestions}))
    else:
        for suggestion in suggestions:
            print(one_line(suggestion))
    if not suggestions:
        raise typer.Exit(NOTHING_FOUND)
