"""Segment readers that stay open from commit to commit."""

from __future__ import annotations

from contextlib import suppress

from searchkit.engines.whoosh.cache import Cache
from searchkit.engines.whoosh.commit.commits import newest_commit
from searchkit.engines.whoosh.commit.safe_index import SafeIndex
from searchkit.engines.whoosh.segment.core import SegmentCore
from searchkit.engines.whoosh.segment.info import SegmentInfo
from searchkit.engines.whoosh.segment.reader import SegmentReader

_ATTEMPTS = 10


class ReaderPool:
    """The open segments of an index; segments that outlive a commit stay open, and decoded.

    A quarter of the memory is for posting lists, which other commits need again, and other words
    with a common lemma. The rest is for results made of them and for documents, which each query
    uses.
    """

    def __init__(self, memory: int) -> None:
        """Bound both caches together to `memory` bytes."""
        self.postings_cache, self.results_cache = Cache(memory // 4), Cache(memory - memory // 4)
        self._cores: dict[str, SegmentCore] = {}

    def open_newest(self, index: SafeIndex) -> tuple[int, list[SegmentReader]]:
        """Return the newest commit's generation and readers of its segments that have documents.

        Another process may merge segments while they are opened: then try again.
        """
        for _ in range(_ATTEMPTS):
            with suppress(FileNotFoundError):
                return self._open(index)
        return self._open(index)

    def _open(self, index: SafeIndex) -> tuple[int, list[SegmentReader]]:
        generation, segments = newest_commit(index)
        filled = [info for info in segments if info.size]
        self._cores = {info.id: self._core(index, info) for info in filled}
        return generation, [SegmentReader(self._cores[info.id], info.deleted, self.postings_cache) for info in filled]

    def _core(self, index: SafeIndex, info: SegmentInfo) -> SegmentCore:
        return self._cores.get(info.id) or SegmentCore(index.folder, info)
