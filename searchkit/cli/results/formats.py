"""Results for programs and documents: JSON, JSON lines, CSV, Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

from searchkit.cli import console
from searchkit.printable import harmless_cell, one_line, safe_link

if TYPE_CHECKING:
    from searchkit.results import Hit, Results


class Format(StrEnum):
    """The format of results."""

    text = "text"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    markdown = "markdown"


FormatOption = Annotated[
    Format, typer.Option("--format", help="Of the results: for people, or JSON, JSON lines, CSV, Markdown.")
]

COLUMNS = ("rank", "score", "id", "title", "date", "source", "author", "language", "url", "path", "part", "copies")
"""The columns of CSV, before the snippet."""
_ENDS_LINK = re.compile(r"[\s<>]")
_MARKUP = re.compile(r"([\\`*_\[\]<>#|])")


def print_formatted(results: Results, format_: Format) -> None:
    """Print results to stdout in a format for programs."""
    match format_:
        case Format.json:
            print(console.to_json(results.to_dict()))
        case Format.jsonl:
            for hit in results:
                print(console.to_json(hit.to_dict()))
        case Format.csv:
            _print_csv(results)
        case _:
            print("\n".join(map(_as_markdown, results)))


def _print_csv(results: Results) -> None:
    """Print a row for each hit; no cell is a formula."""
    import csv
    import sys

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([*COLUMNS, "snippet"])
    writer.writerows(map(list, map(_cells, results)))


def _cells(hit: Hit) -> Iterator[Any]:
    fields = hit.to_dict() | {"snippet": hit.snippet.text}
    for name in (*COLUMNS, "snippet"):
        value = fields[name]
        yield harmless_cell(one_line(value)) if isinstance(value, str) else value


def _as_markdown(hit: Hit) -> str:
    """Return an item of a list: the title as a link, the facts, and the snippet as a quotation."""
    title = _escaped(hit.title or hit.id)
    link = safe_link(hit.url)
    linked = f"[{title}](<{link}>)" if link and not _ENDS_LINK.search(link) else f"**{title}**"
    facts = " · ".join(_escaped(fact) for fact in (hit.date, hit.source, hit.author, hit.id) if fact)
    quoted = f"\n   > {_marked(hit)}" if hit.snippet.text else ""
    return f"{hit.rank}. {linked}  \n   {facts}\n{quoted}\n"


def _marked(hit: Hit) -> str:
    """Return the snippet with its matches in bold."""
    return "".join(f"**{_escaped(text)}**" if is_marked else _escaped(text) for text, is_marked in hit.snippet.pieces())


def _escaped(text: str) -> str:
    return _MARKUP.sub(r"\\\1", one_line(text))
