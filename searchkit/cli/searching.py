"""Verbs that read articles from an index: search, suggest, show."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

import searchkit
from searchkit.cli import console, hits, languages
from searchkit.cli.command import NOTHING_FOUND, command
from searchkit.cli.filters import AuthorOption, FromOption, SourceOption, ToOption, YearOption, restricted
from searchkit.cli.options import DEFAULT_INDEX, AcrossOption, IndexOption, JsonOption, SynonymsOption
from searchkit.errors import SearchkitError
from searchkit.printable import one_line, printable
from searchkit.runtime.gc_policy import never_collected

if TYPE_CHECKING:
    from searchkit.results import Results


class SortOrder(StrEnum):
    """The order of hits: best first or newest first."""

    score = "score"
    date = "date"


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
SortOption = Annotated[SortOrder, typer.Option(help="What comes first: the best or the newest.")]
AllCopiesOption = Annotated[bool, typer.Option("--all-copies", help="Show all copies of an article, not one.")]
ExplainOption = Annotated[bool, typer.Option("--explain", help="Tell what each word adds to the score.")]


DeadlineOption = Annotated[float | None, typer.Option(metavar="SECONDS", min=0, help="Give up after so many seconds.")]


@command("search", takes_query=True)
@never_collected()
def search(
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
    synonyms: SynonymsOption = None,
    deadline: DeadlineOption = None,
    index_path: IndexOption = DEFAULT_INDEX,
    as_json: JsonOption = False,
) -> None:
    """Find articles; a word is found in all its forms."""
    text = _joined(query)
    if (text is None) == (similar is None):
        raise SearchkitError("search takes a QUERY or --similar ID, one of them")
    options = searchkit.SearchOptions(
        searchkit.Rewrite(synonyms=similar is None, translations=across),
        collapse_duplicates=not all_copies,
        explain=explain,
    )
    with searchkit.Index.open(index_path, synonyms=synonyms) as index:
        parsed = index.more_like_this_query(similar) if similar is not None else searchkit.parse(text or "")
        parsed = restricted(parsed, language=lang, since=since, until=until, year=year, source=source, author=author)
        results = index.search(parsed, limit=limit, offset=offset, sort=sort.value, options=options, deadline=deadline)
    _print_results(results, as_json)
    if not results.total:
        raise typer.Exit(NOTHING_FOUND)


def _joined(words: list[str] | None) -> str | None:
    """Return the words of a query as one text; raises `SearchkitError` for a mistyped option."""
    mistyped = next((word for word in words or () if word.startswith("--")), None)
    if mistyped:
        raise SearchkitError(f"there is no option {mistyped}: see --help; a word to leave out takes one minus")
    return " ".join(words) if words else None


def _print_results(results: Results, as_json: bool) -> None:
    """Print hits to stdout, and remarks on the query to stderr."""
    for hint in results.hints:
        console.report(hint)
    console.report_corrections(results)
    console.report_synonyms(results)
    if as_json:
        print(console.to_json(results.to_dict()))
    else:
        hits.print_results(results)


@command(
    "suggest",
    takes_query=True,
    help_text="Complete an unfinished query: words and titles that begin so.",
)
@never_collected()
def suggest(
    prefix: Annotated[
        list[str],
        typer.Argument(metavar="PREFIX...", help="The beginning of a query; its last word may be unfinished."),
    ],
    limit: Annotated[int, typer.Option("-n", "--limit", min=0, help="How many to print.")] = 8,
    index_path: IndexOption = DEFAULT_INDEX,
    as_json: JsonOption = False,
) -> None:
    """Print completions of an unfinished query: words and titles."""
    text = _joined(prefix) or ""
    with searchkit.Index.open(index_path) as index:
        suggestions = index.suggest(text, limit=limit)
    if as_json:
        print(console.to_json({"prefix": text, "suggestions": suggestions}))
    else:
        for suggestion in suggestions:
            print(one_line(suggestion))
    if not suggestions:
        raise typer.Exit(NOTHING_FOUND)


@command("show")
@never_collected()
def show(
    id_: Annotated[str, typer.Argument(metavar="ID", help="The id of an article, as a search prints it.")],
    part: Annotated[
        str | None, typer.Option(metavar="NAME", help="Print one page or chapter: its name, or its number.")
    ] = None,
    raw: Annotated[
        bool, typer.Option("--raw", help="Print the page as it was read, with the lines that are not in the article.")
    ] = False,
    index_path: IndexOption = DEFAULT_INDEX,
    as_json: JsonOption = False,
) -> None:
    """Print one article, or one part of it, as it was indexed."""
    if part is not None and raw:
        raise SearchkitError("show takes --part NAME or --raw, one of them")
    with searchkit.Index.open(index_path) as index:
        document = index.document(id_)
    shown = document.part(part) if part is not None else None
    if shown:
        document = replace(document, text=document.part_text(shown).strip("\n"), parts=(), cut=())
    if as_json:
        fields = {name: value for name, value in document.to_dict().items() if name != "cut"}
        print(
            console.to_json(fields | ({"part": shown.name} if shown else {}) | ({"raw": document.raw} if raw else {}))
        )
    elif raw:
        print(printable(document.raw))
    else:
        console.print_document(document, shown.label if shown else "")
