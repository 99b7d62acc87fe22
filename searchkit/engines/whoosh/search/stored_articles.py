"""Articles as they are kept in memory once they were asked for: what a hit shows, read and unpacked."""

from __future__ import annotations

import sys
from typing import NamedTuple

from searchkit.analysis.token_offsets import TokenOffsets
from searchkit.document import Document
from searchkit.engines.base import LocatedDocument
from searchkit.engines.whoosh.damage import reporting_damage
from searchkit.engines.whoosh.schema import COLUMNS, PLACES
from searchkit.engines.whoosh.search.match_locator import LeafAt
from searchkit.engines.whoosh.segment.reader import SegmentReader


class Article(NamedTuple):
    """A document, and where its tokens stand if that is known."""

    document: Document
    places: TokenOffsets | None

    def located(self, leaf_at: LeafAt) -> LocatedDocument:
        """Return it with the places of a question's words, given which of them stands at which position."""
        return LocatedDocument(self.document, self.places.occurrences(leaf_at) if self.places else None)

    @property
    def bytes(self) -> int:
        """How much memory it takes."""
        texts = sum(map(sys.getsizeof, vars(self.document).values()))
        return texts + (self.places.nbytes if self.places else 0)


def article(segment: SegmentReader, number: int) -> Article:
    """Read an article."""
    packed = segment.value(PLACES, number)
    with reporting_damage():
        places = TokenOffsets(packed) if packed else None
    return Article(document(segment, number), places)


def document(segment: SegmentReader, number: int) -> Document:
    """Read a document."""
    columns = {field: segment.column(field)[number] for field in COLUMNS}
    path = {"path": segment.texts("path", [number])[0]}
    with reporting_damage():
        return Document.stored(segment.stored_fields(number) | columns | path)
