"""Verbs that take one article of an index: show, open."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import searchkit
from searchkit.cli import console
from searchkit.cli.command import command
from searchkit.cli.options import DEFAULT_INDEX, IndexOption, JsonOption
from searchkit.cli.results.remembered import document_of
from searchkit.errors import SearchkitError
from searchkit.printable import one_line, printable, safe_link
from searchkit.runtime.gc_policy import never_collected

if TYPE_CHECKING:
    from searchkit.document import Document

IdArgument = Annotated[
    str, typer.Argument(metavar="ID", help="The id of an article, or its number in the last search.")
]


@command("show")
@never_collected()
def show(
    id_: IdArgument,
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
        document = document_of(index, index_path, id_)
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


@command("open")
@never_collected()
def open_article(id_: IdArgument, index_path: IndexOption = DEFAULT_INDEX) -> None:
    """Open the page or the file of an article, in the program that the system has for it."""
    with searchkit.Index.open(index_path) as index:
        document = document_of(index, index_path, id_)
    place = _place(document)
    print(one_line(place))
    with _without_stderr():
        failed = typer.launch(place, wait=True)
    if failed:
        raise SearchkitError(f"no program of this system opens {place}")


@contextmanager
def _without_stderr() -> Iterator[None]:
    """Discard the complaints that other programs print to stderr."""
    kept, nothing = os.dup(2), os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nothing, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nothing)


def _place(document: Document) -> str:
    """Return the address of an article on the web, or its file."""
    if link := safe_link(document.url):
        return link
    if document.path and Path(document.path).is_file():
        return str(Path(document.path).resolve())
    raise SearchkitError(f"{document.id} has no address on the web, and its file is not there")
