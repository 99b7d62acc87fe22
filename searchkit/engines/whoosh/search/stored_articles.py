"""Stored documents, read and unpacked as a hit shows them."""

from __future__ import annotations

import sys
from typing import NamedTuple

from searchkit.analysis.token_offsets import TokenOffsets
from searchkit.document import Document
from searchkit.engines.document_store import LocatedDocument
from searchkit.engines.whoosh.damage import reporting_damage
from searchkit.engines.whoosh.schema import FACET_COLUMNS, ID
from searchkit.engines.whoosh.search.match_locator import LeafAt
from searchkit.engines.whoosh.segment.reader import SegmentReader

_ITEM_BYTES = 200
"""The memory of a tag, a part or another item, about, in bytes."""


class StoredArticle(NamedTuple):
    """A document with the offsets of its tokens, ready to be cached."""

    document: Document
    offsets: TokenOffsets | None
    """None where the segment has none."""

    def located(self, leaf_at: LeafAt) -> LocatedDocument:
        """Return the document with the occurrences of query words, given their positions."""
        return LocatedDocument(self.document, self.offsets.occurrences(leaf_at) if self.offsets else None)

    @property
    def nbytes(self) -> int:
        """The memory of the texts and offsets, in bytes."""
        values = vars(self.document).values()
        items = sum(len(value) for value in values if isinstance(value, tuple))
        texts = sum(map(sys.getsizeof, values)) + _ITEM_BYTES * items
        return texts + (self.offsets.nbytes if self.offsets else 0)


def read_article(segment: SegmentReader, doc_id: int) -> StoredArticle:
    """Read a document and the offsets of its tokens."""
    packed = segment.token_offsets(doc_id)
    with reporting_damage():
        offsets = TokenOffsets(packed) if packed else None
    return StoredArticle(read_document(segment, doc_id), offsets)


def read_document(segment: SegmentReader, doc_id: int) -> Document:
    """Read a document from stored fields and columns."""
    columns = {field: segment.column(field)[doc_id] for field in FACET_COLUMNS}
    texts = {name: segment.texts(name, [doc_id])[0] for name in (ID, "path")}
    with reporting_damage():
        return Document.stored(segment.stored_fields(doc_id) | columns | texts)
