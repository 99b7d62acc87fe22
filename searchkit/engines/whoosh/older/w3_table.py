"""Tables of contents in Whoosh's format, read without running code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from io import SEEK_CUR, BytesIO
from pathlib import Path
from struct import Struct
from typing import Any, BinaryIO, NamedTuple

from searchkit.engines.whoosh.directory import toc
from searchkit.engines.whoosh.directory.checksums import Footer
from searchkit.engines.whoosh.older import safe_pickle
from searchkit.storage import durable_files

_HEAD = re.compile(rb"\x04\x08\x04\xff\xff\xcf\xc7\xff\xff\xff\x91[\x00-\x7f]{3}")
"""Whoosh's sizes of numbers, the number -12345, its format -111, its version."""
_NUMBERS = Struct("!ii")
"""The generation, and an unused number."""


class OldSegment(NamedTuple):
    """The name, size and deletions of a segment."""

    id: str
    size: int
    deleted: frozenset[int]
    footer: Footer | None
    """The footer of its file; None in segments without checksums."""


class _PickledSegment:
    """Stands in for Whoosh's segment while its attributes are unpickled."""


class _PickledCodec:
    """Stands in for Whoosh's codec, of which nothing is used."""


class _PickledCounts(dict[str, int]):
    """Stands in for a dictionary with default values, which Whoosh's own writer pickles."""

    def __init__(self, _: object = None) -> None:
        super().__init__()


_ALLOWED = {
    ("whoosh.codec.whoosh3", "W3Segment"): _PickledSegment,
    ("whoosh.codec.whoosh3", "W3Codec"): _PickledCodec,
    ("collections", "defaultdict"): _PickledCounts,
    **{(module, kind.__name__): kind for module in ("builtins", "__builtin__") for kind in (set, int)},
}


def newest_segments(folder: Path, name: str) -> list[OldSegment]:
    """Return the segments of the newest table, or copy of one, that can be read.

    Args:
        folder: The folder of the index.
        name: The name of the index.

    Raises:
        ValueError: If there is no such table.
    """
    for generation in toc.generations(folder, name):
        for path in (toc.path, toc.copy_path):
            with suppress(Exception):
                return list(_segments(path(folder, name, generation), name))
    raise ValueError("no table of contents can be read")


def _segments(table: Path, name: str) -> Iterator[OldSegment]:
    content = durable_files.read(table)
    with suppress(ValueError):  # the oldest have no checksum
        content, _ = toc.verified(content)
    file = BytesIO(content)
    if not _HEAD.fullmatch(file.read(14)):
        raise ValueError("a table of contents of another format")
    file.seek(read_varint(file), SEEK_CUR)  # the schema: all indexes have the same
    file.read(_NUMBERS.size)
    segments = safe_pickle.load(file, _ALLOWED)
    if file.read(1):
        raise ValueError("a table of contents of today's format")
    for segment in segments:
        if not isinstance(segment, _PickledSegment):
            raise ValueError("a table of contents lists other things than segments")
        yield _segment(vars(segment), name)


def _segment(attributes: dict[str, Any], name: str) -> OldSegment:
    """Return the metadata of a segment, given the attributes of Whoosh's object."""
    id_, size, footer = attributes["segid"], attributes["_doccount"], attributes.get("seal")
    deleted = frozenset(attributes["_deleted"] or ())
    is_named = attributes["indexname"] == name and re.fullmatch("[0-9a-z]+", id_)
    if not (is_named and all(type(number) is int and number >= 0 for number in (size, *deleted, *(footer or ())))):
        raise ValueError("a table of contents has impossible values for a segment")
    return OldSegment(f"{name}_{id_}", size, deleted, footer)


def read_varint(file: BinaryIO) -> int:
    """Return an integer in Whoosh's encoding: seven bits per byte, the lowest first."""
    value = shift = 0
    while (byte := file.read(1)[0]) & 0x80:
        value |= (byte & 0x7F) << shift
        shift += 7
    return value | byte << shift
