"""Writing to a Whoosh index: what is added and removed in one step, and the merges that go on from step to step."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Any

from whoosh.index import LockError

from searchkit.analysis.analyzed_document import AnalyzedDocument
from searchkit.engines.base import PendingSegments
from searchkit.engines.whoosh.commit.commits import SafeIndex
from searchkit.engines.whoosh.indexing.merger import MergeScheduler
from searchkit.engines.whoosh.indexing.segment_writer import WORK_OF_A_DELETION, Commit, SegmentsWriter
from searchkit.engines.whoosh.search.searcher import WhooshSearcher
from searchkit.engines.whoosh.segment.doc_lookup import numbers
from searchkit.engines.whoosh.segment.reader import damage_is_told
from searchkit.errors import IndexLocked


class IndexWriter:
    """Commits to one index."""

    def __init__(self, index: SafeIndex) -> None:
        self._index = index
        self.merges = MergeScheduler(index)

    def commit(
        self,
        add: Iterable[AnalyzedDocument],
        remove: Collection[str],
        pending: Iterable[PendingSegments],
        newest: Callable[[], WhooshSearcher],
    ) -> None:
        """Add and remove in one step; `newest` returns a searcher, called when no one else can write."""
        commit, pending = self._begin(), iter(pending)
        try:
            old = list(commit.segments)
            ids = {*remove}
            for part in chain([stored(self._index, add)], pending):
                segments, work = part.content
                commit.segments += segments
                commit.work += work
                ids |= part.ids
            with damage_is_told():
                commit.work += WORK_OF_A_DELETION * _delete(old, ids, newest())
                self.merges.advance(commit)
                commit.finish(self.merges.unfinished)
        except BaseException:
            self.merges.drop()
            with suppress(Exception):
                list(pending)  # until then, other processes may be writing
            with suppress(Exception):
                commit.cancel()
            raise

    def _begin(self) -> Commit:
        try:
            with damage_is_told():
                return Commit(self._index)
        except LockError as error:
            folder = Path(self._index.storage.folder)
            raise IndexLocked(f"another process is writing to the index in {folder}") from error

    def drop(self) -> None:
        """Give up the merges that are under way."""
        self.merges.drop()


def stored(index: SafeIndex, entries: Iterable[AnalyzedDocument]) -> PendingSegments:
    """Write segments of entries, which are to be committed here or by another process."""
    writer, ids = SegmentsWriter(index), set()
    for entry in entries:
        with damage_is_told():
            writer.add(entry)
        ids.add(entry.document.id)
    with damage_is_told():
        writer.flush()
    return PendingSegments(frozenset(ids), (writer.segments, writer.work))


def _delete(segments: Sequence[Any], ids: Collection[str], searcher: WhooshSearcher) -> int:
    """Mark documents as deleted in the newest segments; return how many there were."""
    of_file = {segment.segment_id(): segment for segment in segments}
    found = [(readable.files.id, number) for readable in searcher.segments for number in numbers(readable, ids)]
    for id_, number in found:
        of_file[id_].delete_document(number)
    return len(found)
