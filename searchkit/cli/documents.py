"""Verbs that take articles out of an index: delete, export."""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

import searchkit
from searchkit.cli import console
from searchkit.cli.command import ERROR, command
from searchkit.cli.options import DEFAULT_INDEX, IndexOption, JsonOption, WaitOption
from searchkit.errors import SearchkitError
from searchkit.printable import printable

if TYPE_CHECKING:
    from searchkit.document import Document

COLUMNS = ("id", "title", "text", "language", "date", "source", "author", "office", "url", "path", "tags", "parts")
"""The columns of an exported table, under names by which tables are read."""
_NOT_EXPORTED = ("languages", "cut")
"""Fields that are found again in the text, and the lines of a page around it."""


class ExportFormat(StrEnum):
    """The formats of an export: lines of JSON, or a table."""

    jsonl = "jsonl"
    csv = "csv"


@command("delete")
def delete(
    ids: Annotated[list[str] | None, typer.Argument(metavar="ID...", help="Ids, as a search prints them.")] = None,
    purge: Annotated[bool, typer.Option("--purge", help="Erase the text from all files of the index now.")] = False,
    wait: WaitOption = 0,
    index_path: IndexOption = DEFAULT_INDEX,
    as_json: JsonOption = False,
) -> None:
    """Remove articles; their text leaves the files with the next commit, or now with --purge.

    Without an ID, --purge erases all that was removed or replaced before.
    """
    if not ids and not purge:
        raise SearchkitError("delete takes the ID of an article, or --purge alone to erase what was deleted before")
    with searchkit.Index.open(index_path, wait=wait) as index:
        changes = index.delete(ids or (), purge=purge)
    console.report_failures(changes, ())
    print(console.to_json(changes.to_dict()) if as_json else f"deleted {changes.removed}")
    if changes.failures:
        raise typer.Exit(ERROR)


@command("export")
def export(
    to: Annotated[ExportFormat, typer.Option("--format", help="Lines of JSON, or a table.")] = ExportFormat.jsonl,
    index_path: IndexOption = DEFAULT_INDEX,
) -> None:
    """Print all articles of the index, to be kept or indexed elsewhere."""
    with searchkit.Index.open(index_path) as index:
        if to == ExportFormat.csv:
            _print_rows(index)
        else:
            for document in index:
                print(console.to_json({k: v for k, v in document.to_dict().items() if k not in _NOT_EXPORTED}))


def _print_rows(documents: Iterable[Document]) -> None:
    clean = printable if sys.stdout.isatty() else str
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    for document in documents:
        fields = document.to_dict()
        fields |= {
            "tags": ", ".join(document.tags),
            "parts": console.to_json(fields["parts"]) if document.parts else "",
        }
        writer.writerow([clean(fields[name]) for name in COLUMNS])
