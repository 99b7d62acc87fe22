"""A Whoosh index as an engine: opening, committing, handing out views."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from whoosh.index import LockError

from searchkit.engines.whoosh.bulk import WORK_OF_A_DELETION, Commit
from searchkit.engines.whoosh.commits import SafeIndex, is_newest, publish
from searchkit.engines.whoosh.lookup import numbers
from searchkit.engines.whoosh.merging import Merges
from searchkit.engines.whoosh.salvage import Saved, salvaged
from searchkit.engines.whoosh.schema import schema
from searchkit.engines.whoosh.segments import Shelf, damage_is_told
from searchkit.engines.whoosh.view import WhooshView
from searchkit.entry import Entry
from searchkit.errors import IndexLocked


class WhooshEngine:
    """Keeps its entries in a standard Whoosh index."""

    memory = 256 * 2**20
    """How many bytes may be taken by what was decoded, found and shown; a subclass may say otherwise."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._index = SafeIndex(folder, schema())
        self._merges = Merges(self._index)
        self._shelf = Shelf(self.memory)
        self._view: WhooshView | None = None
        self._generation = -1

    @staticmethod
    def create(folder: Path) -> None:
        """Make an empty index in an empty folder."""
        publish(SafeIndex(folder, schema()), 0, [])

    def commit(self, add: Iterable[Entry], remove: Collection[str] = ()) -> None:
        """Add and remove in one step; put segments together where there are many."""
        commit = self._begin()
        try:
            old = list(commit.segments)
            ids = _added(commit, add) | {*remove}
            with damage_is_told():
                commit.work += WORK_OF_A_DELETION * self._delete(old, ids)
                commit.flush()
                self._merges.advance(commit)
                commit.finish(self._merges.unfinished)
        except BaseException:
            self._merges.drop()
            with suppress(Exception):
                commit.cancel()
            raise

    def _begin(self) -> Commit:
        try:
            with damage_is_told():
                return Commit(self._index)
        except LockError as error:
            raise IndexLocked(f"another process is writing to the index in {self._folder}") from error

    def _delete(self, segments: Sequence[Any], ids: Collection[str]) -> int:
        """Mark documents as deleted in segments that are the newest view's; return how many there were."""
        of_file = {segment.segment_id(): segment for segment in segments}
        found = [(readable.files.id, number) for readable in self.view().segments for number in numbers(readable, ids)]
        for id_, number in found:
            of_file[id_].delete_document(number)
        return len(found)

    def view(self) -> WhooshView:
        """Return a view of the newest commit: another process may have written since the last question.

        An older view that is still in use keeps its files open until it is let go.
        """
        with damage_is_told():
            if self._view is None or not is_newest(self._index, self._generation):
                self._generation, segments = self._shelf.newest(self._index)
                self._view = WhooshView(segments, self._shelf.cache, self._shelf.findings)
        return self._view

    def stored(self) -> Iterator[Saved]:
        """Read what is stored of each article, whatever else is damaged or of another version."""
        return salvaged(self._index)

    def close(self) -> None:
        """Let go of the newest view, and of merges that are under way."""
        self._merges.drop()
        self._view, self._generation = None, -1
        self._shelf = Shelf(self.memory)


def _added(commit: Commit, entries: Iterable[Entry]) -> set[str]:
    ids = set()
    for entry in entries:
        with damage_is_told():
            commit.add(entry)
        ids.add(entry.document.id)
    return ids
