"""A Whoosh index as an engine: opening, committing, handing out views."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage
from whoosh.index import LockError

from searchkit.engines.whoosh.bulk import Commit
from searchkit.engines.whoosh.merging import chosen
from searchkit.engines.whoosh.schema import schema
from searchkit.engines.whoosh.segments import Segment, damage_is_told
from searchkit.engines.whoosh.view import WhooshView
from searchkit.entry import Entry
from searchkit.errors import IndexLocked

_ATTEMPTS = 3
_LOOKUP = 30
"""How many documents' ids are read one after the other in the time that one id takes to be looked up."""


class WhooshEngine:
    """Keeps its entries in a standard Whoosh index."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with damage_is_told():
            self._index = self._open()
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
        """Add and remove in one step; put segments together where there are many."""
        commit = self._begin()
        try:
            old = list(commit.segments)
            ids = _added(commit, add) | {*remove}
            with damage_is_told():
                self._delete(old, ids)
                commit.flush()
                while merged := chosen(commit.segments):
                    commit.merge(merged)
                commit.finish()
        except BaseException:
            with suppress(Exception):
                commit.cancel()
            raise

    def _begin(self) -> Commit:
        try:
            with damage_is_told():
                return Commit(self._index)
        except LockError as error:
            raise IndexLocked(f"another process is writing to the index in {self._folder}") from error

    def _delete(self, segments: Sequence[Any], ids: Collection[str]) -> None:
        """Mark documents as deleted in segments that are the newest view's."""
        for segment, readable in zip(segments, self.view().segments, strict=True):
            for number in _numbers(readable, ids):
                segment.delete_document(number)

    def view(self) -> WhooshView:
        """Return a view of the newest commit: another process may have written since the last question.

        An older view that is still in use keeps its files open until it is let go.
        """
        with damage_is_told():
            if self._view is None or self._generation != self._index.latest_generation():
                reader = self._index.reader()
                leaves = [leaf for leaf, _ in reader.leaf_readers() if leaf.doc_count_all()]
                self._view = WhooshView([Segment(leaf) for leaf in leaves])
                self._generation = reader.generation()
        return self._view

    def close(self) -> None:
        """Let go of the newest view."""
        self._view = None


def _added(commit: Commit, entries: Iterable[Entry]) -> set[str]:
    ids = set()
    for entry in entries:
        with damage_is_told():
            commit.add(entry)
        ids.add(entry.document.id)
    return ids


def _numbers(segment: Segment, ids: Collection[str]) -> list[int]:
    """Return the numbers of the live documents of those ids: looked up if they are few, else met on the way through."""
    if len(ids) * _LOOKUP < segment.size:
        return [number for number in map(segment.number_of, ids) if number is not None]
    return [number for number, id_ in enumerate(segment.texts("id")) if id_ in ids and segment.live[number]]
