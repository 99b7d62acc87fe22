"""A Whoosh index as an engine: opening, committing, handing out views."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage

from searchkit.engines.whoosh.schema import fields_of, schema
from searchkit.engines.whoosh.segments import Shelf, damage_is_told
from searchkit.engines.whoosh.view import WhooshView
from searchkit.entry import Entry
from searchkit.errors import IndexLocked

_WRITER_MEGABYTES = 256
_ATTEMPTS = 3


class WhooshEngine:
    """Keeps its entries in a standard Whoosh index."""

    memory = 256 * 2**20
    """How many bytes decoded postings may take; a subclass may say otherwise."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with damage_is_told():
            self._index = self._open()
        self._shelf = Shelf(self.memory)
        self._view: WhooshView | None = None
        self._generation = -1

    @staticmethod
    def create(folder: Path) -> None:
        """Make an empty index in an empty folder."""
        whoosh_index.FileIndex.create(FileStorage(str(folder)), schema(), "MAIN")

    def _open(self) -> Any:
        """Open the index. Another process may replace the table of contents just while it is read: then try again."""
        for _ in range(_ATTEMPTS):
            with suppress(OSError, whoosh_index.IndexError):
                return whoosh_index.open_dir(str(self._folder), schema=schema())
        return whoosh_index.open_dir(str(self._folder), schema=schema())

    def commit(self, add: Iterable[Entry], remove: Collection[str] = ()) -> None:
        """Add and remove in one Whoosh commit."""
        known = self._numbers()
        with damage_is_told():
            writer = self._writer()
        try:
            _write(writer, known, add, remove)
            with damage_is_told():
                writer.commit()
        except BaseException:
            _give_up(writer)
            raise

    def _writer(self) -> Any:
        try:
            return self._index.writer(limitmb=_WRITER_MEGABYTES)
        except whoosh_index.LockError as error:
            raise IndexLocked(f"another process is writing to the index in {self._folder}") from error

    def _numbers(self) -> dict[str, int]:
        """Return Whoosh's number of each live document. Deleting by number is quick, deleting by id is not."""
        found: dict[str, int] = {}
        base = 0
        for segment in self.view().segments:
            found |= {id_: base + n for n, id_ in enumerate(segment.texts("id")) if segment.live[n]}
            base += segment.size
        return found

    def view(self) -> WhooshView:
        """Return a view of the newest commit: another process may have written since the last question.

        An older view that is still in use keeps its files open until it is let go.
        """
        with damage_is_told():
            if self._view is None or self._generation != self._index.latest_generation():
                self._generation, segments = self._shelf.newest(self._index)
                self._view = WhooshView(segments, self._shelf.cache)
        return self._view

    def close(self) -> None:
        """Let go of the newest view."""
        self._view, self._generation = None, -1
        self._shelf = Shelf(self.memory)


def _give_up(writer: Any) -> None:
    """Cancel a writer whatever state it is in: one that failed in its commit does not free its lock by itself."""
    with suppress(Exception):
        writer.cancel()
    with suppress(Exception):
        writer.writelock.release()


def _write(writer: Any, known: dict[str, int], add: Iterable[Entry], remove: Collection[str]) -> None:
    for id_ in remove:
        if id_ in known:
            writer.delete_document(known.pop(id_))
    for entry in add:
        with damage_is_told():
            if entry.document.id in known:
                writer.delete_document(known.pop(entry.document.id))
            writer.add_document(**fields_of(entry))
