"""A Whoosh index as an engine: it opens, commits and hands out searchers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Self

from searchkit.engines.base import PendingSegments, PendingWriter
from searchkit.engines.whoosh.commit.commits import is_newest, publish
from searchkit.engines.whoosh.commit.reader_pool import ReaderPool
from searchkit.engines.whoosh.commit.safe_index import SafeIndex
from searchkit.engines.whoosh.damage import reporting_damage
from searchkit.engines.whoosh.recovery import RecoveredDocument, recover_documents
from searchkit.engines.whoosh.search.searcher import WhooshSearcher

if TYPE_CHECKING:
    from searchkit.analysis.analyzed_document import AnalyzedDocument
    from searchkit.engines.whoosh.indexing.index_writer import IndexWriter


class WhooshEngine:
    """Stores documents in a standard Whoosh index."""

    cache_bytes = 256 * 2**20
    """The memory that decoded postings, scored words and stored documents may take, in bytes."""

    @classmethod
    def with_memory(cls, memory: int) -> type[Self]:
        """Return an engine class whose caches hold `memory` bytes.

        Searches are fastest when the caches hold all words that are searched for.

        >>> Index.open("news.index", WhooshEngine.with_memory(2**30))  # doctest: +SKIP
        """
        return type(cls.__name__, (cls,), {"cache_bytes": memory})

    def __init__(self, folder: Path) -> None:
        self._index = SafeIndex(folder)
        self._writer: IndexWriter | None = None
        self._pool = ReaderPool(self.cache_bytes)
        self._searcher: WhooshSearcher | None = None
        self._generation = -1

    @staticmethod
    def create(folder: Path) -> None:
        """Create an empty index in an empty folder."""
        publish(SafeIndex(folder), 0, [])

    def pending_writer(self) -> PendingWriter:
        """Return a picklable writer of segments that a later commit adds."""
        from searchkit.engines.whoosh.indexing.index_writer import write_segments

        return partial(write_segments, self._index)

    def commit(
        self, add: Iterable[AnalyzedDocument], remove: Collection[str] = (), pending: Iterable[PendingSegments] = ()
    ) -> None:
        """Add and remove documents in one step, and merge segments where there are many."""
        self._opened_writer().commit(add, remove, pending, self.searcher)

    def merge(self) -> None:
        """Merge segments now, if searches gain by it."""
        self._opened_writer().merge()

    def erase(self, ids: Collection[str], *, purge: bool) -> None:
        """Remove documents from the index, and their text from its files."""
        self._opened_writer().erase(ids, purge, self.searcher)

    def _opened_writer(self) -> IndexWriter:
        from searchkit.engines.whoosh.indexing.index_writer import (
            IndexWriter,  # it imports Whoosh, 40 ms, which a search does not need
        )

        self._writer = self._writer or IndexWriter(self._index)
        return self._writer

    def searcher(self) -> WhooshSearcher:
        """Return a searcher of the newest commit, which another process may have made.

        A searcher of an older commit keeps its files open as long as it is in use.
        """
        with reporting_damage():
            if self._searcher is None or not is_newest(self._index, self._generation):
                self._generation, segments = self._pool.open_newest(self._index)
                self._searcher = WhooshSearcher(segments, self._pool.results_cache)
        return self._searcher

    def recover(self) -> Iterator[RecoveredDocument]:
        """Yield all stored documents that can be read, whatever else is damaged."""
        return recover_documents(self._index)

    def close(self) -> None:
        """Release the newest searcher and drop unfinished merges."""
        if self._writer is not None:
            self._writer.drop()
        self._searcher, self._generation = None, -1
        self._pool = ReaderPool(self.cache_bytes)
