"""Recover documents from an index that is damaged, or of another version of searchkit.

Only stored fields and columns are read, no postings. The digest of a document tells whether it is
as it was indexed.
"""

from __future__ import annotations

from collections.abc import Iterator

from searchkit.document import Document
from searchkit.engines.whoosh.cache import Cache
from searchkit.engines.whoosh.commit.commits import readable_segments
from searchkit.engines.whoosh.commit.safe_index import SafeIndex
from searchkit.engines.whoosh.damage import reporting_damage
from searchkit.engines.whoosh.search.stored_articles import read_document
from searchkit.engines.whoosh.segment.core import RepairedSegmentCore
from searchkit.engines.whoosh.segment.reader import SegmentReader
from searchkit.errors import IndexDamaged

RecoveredDocument = tuple[str, Document | None]
"""A document's id, if it can be read, and the document itself, if it is whole."""


def recover_documents(index: SafeIndex) -> Iterator[RecoveredDocument]:
    """Yield all documents of the newest commit that can be read.

    Raises `IndexDamaged` if no table of contents can be read.
    """
    with reporting_damage():
        segments = readable_segments(index)
    for info in segments:
        try:
            with reporting_damage():
                core = RepairedSegmentCore(index.folder, info)
        except IndexDamaged:
            yield from ((f"{info.id}:{doc_id}", None) for doc_id in range(info.live_count))
        else:
            yield from _documents(SegmentReader(core, info.deleted, Cache(0)))


def _documents(segment: SegmentReader) -> Iterator[RecoveredDocument]:
    for doc_id in range(segment.size):
        if segment.live[doc_id]:
            try:
                recovered = read_document(segment, doc_id)
                is_whole = segment.texts("digest", [doc_id]) == [recovered.digest]
                yield recovered.id, recovered if is_whole else None
            except IndexDamaged:
                yield f"{segment.core.id}:{doc_id}", None
