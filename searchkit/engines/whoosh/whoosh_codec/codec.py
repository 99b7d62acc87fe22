"""The codec that Whoosh finds in the table of contents, and its segments."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whoosh.codec import base

from searchkit.engines.whoosh.segment.core import SegmentCore
from searchkit.engines.whoosh.segment.info import SegmentInfo


class SearchkitCodec(base.Codec):  # type: ignore[misc]
    """Reads segments of searchkit for Whoosh.

    Whoosh's own writer cannot write them: it knows neither titles from texts, nor how words are
    written.
    """

    def per_document_reader(self, storage: Any, segment: Any) -> Any:
        """Return Whoosh's view of the columns and stored fields of a segment."""
        from searchkit.engines.whoosh.whoosh_codec.documents import PerDocumentReader

        return PerDocumentReader(_core(storage, segment), segment)

    def terms_reader(self, storage: Any, segment: Any) -> Any:
        """Return Whoosh's view of the terms of a segment."""
        from searchkit.engines.whoosh.whoosh_codec.terms import TermsReader

        return TermsReader(_core(storage, segment))


def _core(storage: Any, segment: WhooshSegment) -> SegmentCore:
    return SegmentCore(Path(storage.folder), segment.info)


class WhooshSegment(base.Segment):  # type: ignore[misc]
    """A segment as Whoosh lists it."""

    def __init__(self, info: SegmentInfo) -> None:
        self.info = info
        self.indexname, self.segid, self.compound = info.index_name, info.short_id, False

    def codec(self) -> SearchkitCodec:
        """Return the codec that reads the segment."""
        return SearchkitCodec()

    def should_assemble(self) -> bool:
        """Return that the segment is one file as it is."""
        return False

    def doc_count_all(self) -> int:
        """Return the number of documents, deleted ones included."""
        return self.info.size

    def deleted_count(self) -> int:
        """Return the number of deleted documents."""
        return len(self.info.deleted)

    def deleted_docs(self) -> set[int]:
        """Return the doc ids of deleted documents."""
        return self.info.deleted

    def is_deleted(self, docnum: int) -> bool:
        """Whether a document is deleted."""
        return docnum in self.info.deleted
