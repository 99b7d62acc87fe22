"""Getting articles out of an index that is damaged, or that another version of searchkit has made.

Only what is stored of articles is read, and none of the postings; whether an article is as it was indexed, its digest
tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from searchkit.document import Document
from searchkit.engines.whoosh.cache import Cache
from searchkit.engines.whoosh.commit.commits import remains
from searchkit.engines.whoosh.search.stored_articles import document
from searchkit.engines.whoosh.segment.core import RepairedSegmentCore
from searchkit.engines.whoosh.segment.reader import SegmentReader, damage_is_told
from searchkit.errors import IndexDamaged

if TYPE_CHECKING:
    from whoosh.index import FileIndex

Saved = tuple[str, Document | None]
"""What names an article, its id if that can be read, and the article, if it is whole."""


def salvaged(index: FileIndex) -> Iterator[Saved]:
    """Yield all articles of the newest commit that can be read; raises `IndexDamaged` where no table can be."""
    with damage_is_told():
        segments = remains(index)
    for segment in segments:
        try:
            with damage_is_told():
                files = RepairedSegmentCore(index.storage, segment)
        except IndexDamaged:
            yield from ((f"{segment.segment_id()}:{number}", None) for number in range(segment.doc_count()))
        else:
            yield from _articles(SegmentReader(files, segment.deleted_docs(), Cache(0)))


def _articles(segment: SegmentReader) -> Iterator[Saved]:
    for number in range(segment.size):
        if segment.live[number]:
            try:
                found = document(segment, number)
                is_whole = segment.texts("digest", [number]) == [found.digest]
                yield found.id, found if is_whole else None
            except IndexDamaged:
                yield f"{segment.files.id}:{number}", None
