"""The ids that a search printed last, so that `show 2` and `open 2` take its numbers."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

if TYPE_CHECKING:
    from searchkit.document import Document
    from searchkit.index import Index
    from searchkit.results import Results

_MOST = 1_000
"""Ids that are remembered."""


def remember(results: Results, index_path: Path) -> None:
    """Write the ids of a listing to the user's folder for the state of programs.

    Where that cannot be written, numbers are not taken, and that is all.
    """
    ids = {str(hit.rank): hit.id for hit in results.hits[:_MOST]}
    with suppress(OSError, RuntimeError):
        file = _file(index_path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({"index": str(index_path.resolve()), "ids": ids}), "utf-8")


def document_of(index: Index, index_path: Path, id_: str) -> Document:
    """Return the article with an id, or with a number of the last listing.

    Raises:
        ArticleNotFound: There is none.
    """
    from searchkit.errors import ArticleNotFound

    try:
        return index.document(id_)
    except ArticleNotFound:
        remembered = _remembered(index_path).get(id_)
        if remembered is None:
            raise
        return index.document(remembered)


def _remembered(index_path: Path) -> dict[str, Any]:
    """Return the ids of the last listing by number; none where the file is not as it should be."""
    with suppress(OSError, RuntimeError, ValueError, TypeError, KeyError):
        state = json.loads(_file(index_path).read_text("utf-8"))
        if state["index"] == str(index_path.resolve()):
            return dict(state["ids"])
    return {}


def _file(index_path: Path) -> Path:
    """Return the file for an index; see the XDG Base Directory Specification.

    Raises:
        RuntimeError: The user has no home.
    """
    state = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return state / "searchkit" / f"last-{crc32(str(index_path.resolve()).encode()):08x}.json"
