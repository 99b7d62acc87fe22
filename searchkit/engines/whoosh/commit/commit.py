"""The next commit of an index, while it is being made."""

from __future__ import annotations

from collections.abc import Iterable

from whoosh.index import LockError

from searchkit.engines.whoosh.commit.commits import delete_unreferenced, newest_commit, next_generation, publish
from searchkit.engines.whoosh.commit.safe_index import SafeIndex
from searchkit.engines.whoosh.segment.info import SegmentInfo


class Commit:
    """One step of an index, which readers see after `finish`.

    It holds Whoosh's lock from the beginning to the end.
    """

    def __init__(self, index: SafeIndex) -> None:
        """Begin with the segments of the newest commit; raise `LockError` while another is made."""
        self._lock = index.lock()
        if not self._lock.acquire():
            raise LockError
        self._index = index
        _, self.segments = newest_commit(index)
        self.generation = next_generation(index)
        self.work = 0
        """The work done so far, in postings written: see `merger.py`."""

    def finish(self, unfinished: Iterable[SegmentInfo] = (), *, without_past: bool = False) -> None:
        """Publish the commit, and delete files that nobody needs any more.

        Files of segments in `unfinished` stay: merges are still writing them. `without_past`
        publishes twice, so the commit to fall back to has the same segments, and no others stay.
        """
        publish(self._index, self.generation, self.segments)
        if without_past:
            publish(self._index, self.generation + 1, self.segments)
        delete_unreferenced(self._index, unfinished)
        self._lock.release()

    def cancel(self) -> None:
        """Give up, and delete the files written for the commit."""
        try:
            delete_unreferenced(self._index)
        finally:
            self._lock.release()
