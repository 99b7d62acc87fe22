"""The table of contents of a commit as Whoosh reads it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from whoosh.filedb.filestore import RamStorage
from whoosh.index import TOC

from searchkit.engines.whoosh.segment.info import SegmentInfo
from searchkit.engines.whoosh.whoosh_codec.codec import WhooshSegment


def table_for_whoosh(index_name: str, schema: Any, segments: Iterable[SegmentInfo], generation: int) -> bytes:
    """Return the bytes that Whoosh unpickles when it opens an index.

    Args:
        index_name: The name of the index.
        schema: Its Whoosh schema.
        segments: The segments of the commit.
        generation: The number of the commit.
    """
    memory = RamStorage()
    TOC(schema, list(map(WhooshSegment, segments)), generation).write(memory, index_name)
    (content,) = memory.files.values()
    return bytes(content)
