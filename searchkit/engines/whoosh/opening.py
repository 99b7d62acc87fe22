"""Opening segments. Those that are open already are not opened again: most commits leave nearly all as they are."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from typing import Any

from whoosh.index import TOC
from whoosh.reading import SegmentReader

from searchkit.engines.whoosh.schema import schema
from searchkit.engines.whoosh.segments import Segment

_ATTEMPTS = 10
_PAUSE = 0.05


class Opened:
    """The segments of one commit, ready to be read."""

    def __init__(self, generation: int, segments: dict[tuple[str, int], Segment]) -> None:
        self.generation = generation
        self._segments = segments

    @property
    def segments(self) -> Sequence[Segment]:
        """All of them, in the order of the table of contents."""
        return list(self._segments.values())

    @staticmethod
    def nothing() -> Opened:
        """Return what is open at first."""
        return Opened(-1, {})

    def newest(self, index: Any) -> Opened:
        """Open the newest commit. A writer may remove files just while they are opened: then look again."""
        for _ in range(_ATTEMPTS):
            try:
                return self._read(index)
            except OSError:
                time.sleep(_PAUSE)
        return self._read(index)

    def _read(self, index: Any) -> Opened:
        toc = TOC.read(index.storage, index.indexname, schema=schema())
        if toc.generation == self.generation:
            return self
        return Opened(toc.generation, dict(self._open(index.storage, toc.schema, toc.segments)))

    def _open(self, storage: Any, fields: Any, segments: Iterable[Any]) -> Iterable[tuple[tuple[str, int], Segment]]:
        """Documents are only ever deleted, never brought back: their number tells whether there are more of them."""
        for segment in segments:
            key = segment.segment_id(), segment.deleted_count()
            yield key, self._segments.get(key) or Segment(SegmentReader(storage, fields, segment))
