"""Write to a Whoosh index: additions and deletions in one commit, and merges across commits."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain

from whoosh.index import LockError

from searchkit.analysis.analyzed_document import AnalyzedDocument
from searchkit.engines.base import PendingSegments
from searchkit.engines.whoosh.commit.commit import Commit
from searchkit.engines.whoosh.commit.safe_index import SafeIndex
from searchkit.engines.whoosh.damage import reporting_damage
from searchkit.engines.whoosh.indexing.merger import MergeScheduler
from searchkit.engines.whoosh.indexing.segment_writer import RollingSegmentWriter
from searchkit.engines.whoosh.search.searcher import WhooshSearcher
from searchkit.engines.whoosh.segment.doc_lookup import live_doc_ids
from searchkit.engines.whoosh.segment.info import SegmentInfo
from searchkit.errors import IndexLocked, IndexWarning, StorageError

_WORK_PER_DELETION = 200
"""The work of clearing a deleted document away: about the postings of a short article."""
_NOT_MERGED = "all articles are indexed, but searches are slower than they could be, as segments were not merged: {}"


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
        """Add and delete documents in one commit.

        Args:
            add: Documents to add, which replace those of the same ids.
            remove: Ids of documents to delete.
            pending: Segments that other processes have written for this commit.
            newest: Returns the newest searcher; called while the index is locked.

        Raises:
            IndexLocked: If another process is writing.
        """
        commit, pending = self._begin(), iter(pending)
        try:
            old_segments = list(commit.segments)
            to_erase = [segment for segment in old_segments if segment.to_erase]
            ids = {*remove}
            for part in chain([write_segments(self._index, add)], pending):
                segments, work = part.content
                commit.segments += segments
                commit.work += work
                ids |= part.ids
            with reporting_damage():
                commit.work += _WORK_PER_DELETION * _delete(old_segments, ids, newest())
                self._finish(commit, to_erase)
        except BaseException:
            self.merges.drop()
            with suppress(Exception):
                list(pending)  # until then, other processes may be writing
            with suppress(Exception):
                commit.cancel()
            raise

    def _finish(self, commit: Commit, to_erase: Sequence[SegmentInfo]) -> None:
        """Merge, and publish; segments in `to_erase` are rewritten, and leave no file."""
        if to_erase:
            self.merges.rewrite(commit, to_erase)
        self.merges.advance(commit)
        commit.finish(self.merges.unfinished, without_past=bool(to_erase))
        for segment in to_erase:
            for file in self._index.folder.glob(f"{segment.id}.*"):
                raise StorageError(f"{file} is in use, and cannot be deleted; stop other programs, and purge once more")

    def merge(self) -> None:
        """Merge segments in a commit of its own, if that pays; warn where it fails."""
        try:
            with self._begun() as commit:
                before = len(commit.segments)
                self.merges.merge_now(commit)
                if len(commit.segments) < before:
                    commit.finish(without_past=True)  # or else the merged files would stay until the next commit
                else:
                    commit.cancel()
        except StorageError as error:
            warnings.warn(_NOT_MERGED.format(error), IndexWarning, stacklevel=1)

    def erase(self, ids: Collection[str], purge: bool, newest: Callable[[], WhooshSearcher]) -> None:
        """Delete documents, and have their segments rewritten by the commit that follows.

        With `purge` that commit is made at once, and rewrites all segments with deleted documents.
        """
        with self._begun() as commit:
            searcher = newest()
            _delete(commit.segments, ids, searcher)
            holding = {reader.core.id for reader in searcher.segments if any(map(reader.has_held, ids))}
            for segment in commit.segments:
                segment.to_erase |= segment.id in holding or (purge and bool(segment.deleted))
            commit.finish(self.merges.unfinished)
        if purge:
            self.commit((), (), (), newest)

    @contextmanager
    def _begun(self) -> Iterator[Commit]:
        """Begin a commit, and cancel it if an error comes before its end."""
        commit = self._begin()
        try:
            with reporting_damage():
                yield commit
        except BaseException:
            with suppress(Exception):
                commit.cancel()
            raise

    def _begin(self) -> Commit:
        try:
            with reporting_damage():
                return Commit(self._index)
        except LockError as error:
            raise IndexLocked(f"another process is writing to the index in {self._index.folder}") from error

    def drop(self) -> None:
        """Give up all running merges."""
        self.merges.drop()


def write_segments(index: SafeIndex, documents: Iterable[AnalyzedDocument]) -> PendingSegments:
    """Write documents as segments, to be committed by this or another process."""
    writer, ids = RollingSegmentWriter(index), set()
    for analyzed in documents:
        with reporting_damage():
            writer.add(analyzed)
        ids.add(analyzed.document.id)
    with reporting_damage():
        writer.flush()
    return PendingSegments(frozenset(ids), (writer.segments, writer.work))


def _delete(segments: Sequence[SegmentInfo], ids: Collection[str], searcher: WhooshSearcher) -> int:
    """Mark documents of the searcher's segments as deleted, and return their number."""
    infos = {segment.id: segment for segment in segments}
    deleted = [(reader.core.id, doc_id) for reader in searcher.segments for doc_id in live_doc_ids(reader, ids)]
    for id_, doc_id in deleted:
        infos[id_].deleted.add(doc_id)
    return len(deleted)
