"""A Whoosh index as an engine: opening, committing, handing out views."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from searchkit.engines.base import PendingSegments, Store
from searchkit.engines.whoosh.commit.commits import SafeIndex, is_newest, publish
from searchkit.engines.whoosh.recovery import Saved, salvaged
from searchkit.engines.whoosh.search.searcher import WhooshSearcher
from searchkit.engines.whoosh.segment.reader import ReaderPool, damage_is_told

if TYPE_CHECKING:
    from searchkit.analysis.analyzed_document import AnalyzedDocument
    from searchkit.engines.whoosh.indexing.index_writer import IndexWriter


class WhooshEngine:
    """Keeps its entries in a standard Whoosh index."""

    memory = 256 * 2**20
    """How many bytes may be taken by what was decoded, found and shown."""

    @classmethod
    def with_memory(cls, memory: int) -> type[Self]:
        """Return the engine with another bound, in bytes: what holds all words that are asked for answers at once.

        >>> Index.open("news.index", WhooshEngine.with_memory(2**30))                              # doctest: +SKIP
        """
        return type(cls.__name__, (cls,), {"memory": memory})

    def __init__(self, folder: Path) -> None:
        self._index = SafeIndex(folder)
        self._writer: IndexWriter | None = None
        self._shelf = ReaderPool(self.memory)
        self._view: WhooshSearcher | None = None
        self._generation = -1

    @staticmethod
    def create(folder: Path) -> None:
        """Make an empty index in an empty folder."""
        publish(SafeIndex(folder), 0, [])

    def store(self) -> Store:
        """Return what writes segments of entries that another process has."""
        from searchkit.engines.whoosh.indexing.index_writer import stored

        return partial(stored, self._index)

    def commit(
        self, add: Iterable[AnalyzedDocument], remove: Collection[str] = (), parts: Iterable[PendingSegments] = ()
    ) -> None:
        """Add and remove in one step; put segments together where there are many."""
        from searchkit.engines.whoosh.indexing.index_writer import (
            IndexWriter,  # Whoosh comes with it, 40 ms: searching needs none of it
        )

        self._writer = self._writer or IndexWriter(self._index)
        self._writer.commit(add, remove, parts, self.view)

    def view(self) -> WhooshSearcher:
        """Return a view of the newest commit: another process may have written since the last question.

        An older view that is still in use keeps its files open until it is let go.
        """
        with damage_is_told():
            if self._view is None or not is_newest(self._index, self._generation):
                self._generation, segments = self._shelf.newest(self._index)
                self._view = WhooshSearcher(segments, self._shelf.findings)
        return self._view

    def stored(self) -> Iterator[Saved]:
        """Read what is stored of each article, whatever else is damaged or of another version."""
        return salvaged(self._index)

    def close(self) -> None:
        """Let go of the newest view, and of merges that are under way."""
        if self._writer is not None:
            self._writer.drop()
        self._view, self._generation = None, -1
        self._shelf = ReaderPool(self.memory)
