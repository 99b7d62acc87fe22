"""Verbs that take articles out of an index: delete, export."""

from __future__ import annotations

from typing import Annotated

import typer

import searchkit
from searchkit.cli import console
from searchkit.cli.command import ERROR, command
from searchkit.cli.options import DEFAULT_INDEX, IndexOption, JsonOption, WaitOption
from searchkit.errors import SearchkitError


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
