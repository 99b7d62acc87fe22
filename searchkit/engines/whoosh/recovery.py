"""Recover documents from an index that is damaged, or of another version of searchkit.

Only stored fields and columns are read, no postings. The digest of a document tells whether it is
as it was indexed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from searchkit.document import Document
from searchkit.engines.whoosh.cache import Cache
from searchkit.engines.whoosh.commit.commits import readable_segments
from searchkit.engines.whoosh.commit.safe_index import SafeIndex
from searchkit.engines.whoosh.damage import reporting_damage
from searchkit.engines.whoosh.older.w3_segment import OldSegmentReader
from searchkit.engines.whoosh.older.w3_table import OldSegment, newest_segments
from searchkit.engines.whoosh.schema import DIGEST
from searchkit.engines.whoosh.search.stored_articles import read_document
from searchkit.engines.whoosh.segment.core import RepairedSegmentCore
from searchkit.engines.whoosh.segment.info import SegmentInfo
from searchkit.engines.whoosh.segment.reader import SegmentReader
from searchkit.errors import IndexDamaged

RecoveredDocument = tuple[str, Document | None]
"""A document's id, if it can be read, and the document itself, if it is whole."""


def recover_documents(index: SafeIndex) -> Iterator[RecoveredDocument]:
    """Yield all documents of the newest commit that can be read, in this or an older format.

    Raises `IndexDamaged` if no table of contents can be read.
    """
    try:
        with reporting_damage():
            segments = readable_segments(index)
    except IndexDamaged:
        old = _old_segments(index)
        if old is None:
            raise
        return _recovered(old, partial(_old_reader, index.folder))
    return _recovered(segments, partial(_reader, index.folder))


def _old_segments(index: SafeIndex) -> list[OldSegment] | None:
    """Return the segments of an index in an older format, or None."""
    with suppress(OSError, ValueError):
        return newest_segments(index.folder, index.name)
    return None


class _Segment(Protocol):
    """What the segments of all formats have."""

    @property
    def id(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def deleted(self) -> Collection[int]: ...


_SegmentT = TypeVar("_SegmentT", bound=_Segment)
_ReadDocument = Callable[[int], tuple[Document, str]]
"""Returns the document of a doc id, and the digest that it had when it was indexed."""


def _recovered(
    segments: Iterable[_SegmentT], reader: Callable[[_SegmentT], _ReadDocument]
) -> Iterator[RecoveredDocument]:
    for segment in segments:
        try:
            with reporting_damage():
                read = reader(segment)
        except IndexDamaged:
            yield from ((f"{segment.id}:{doc_id}", None) for doc_id in range(segment.size - len(segment.deleted)))
        else:
            yield from (
                _document(segment, doc_id, read) for doc_id in range(segment.size) if doc_id not in segment.deleted
            )


def _document(segment: _Segment, doc_id: int, read: _ReadDocument) -> RecoveredDocument:
    try:
        with reporting_damage():
            recovered, digest = read(doc_id)
            return recovered.id, recovered if recovered.digest == digest else None
    except IndexDamaged:
        return f"{segment.id}:{doc_id}", None


def _reader(folder: Path, info: SegmentInfo) -> _ReadDocument:
    segment = SegmentReader(RepairedSegmentCore(folder, info), info.deleted, Cache(0))
    return lambda doc_id: (read_document(segment, doc_id), segment.texts(DIGEST, [doc_id])[0])


def _old_reader(folder: Path, segment: OldSegment) -> _ReadDocument:
    return OldSegmentReader(folder, segment).document
