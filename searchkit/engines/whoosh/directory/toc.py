"""Read and write tables of contents, each of which makes a commit.

A table lists the segments of its commit.
The bytes are Whoosh's, which reads them. After them stands a checksum of all before it, twice;
Whoosh ignores it. Of the pickles only the list of segments is read, without running code (see
`safe_pickle.py`).

Each table has a copy, in case it is damaged or gone. It is written after the commit, and may be
missing.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from io import SEEK_CUR, BytesIO
from pathlib import Path
from struct import Struct
from typing import Any, BinaryIO, NamedTuple
from zlib import crc32

from searchkit.engines.whoosh.directory import checksums, safe_pickle
from searchkit.storage import durable_files

_CHECKSUM = re.compile(rb"searchkit CRC32 (.{4})(.{4})", re.DOTALL)
"""The end of a table. There are two checksums so that one of them can be known to be wrong."""
_CHECKSUM_SIZE = 24
_HEAD = re.compile(rb"\x04\x08\x04\xff\xff\xcf\xc7\xff\xff\xff\x91[\x00-\x7f]{3}")
"""Whoosh's sizes of numbers, the number -12345, its format -111, its version."""
_NUMBERS = Struct("!ii")
"""The generation, and an unused number."""


class TableOfContents(NamedTuple):
    """The content of a table."""

    generation: int
    segments: list[dict[str, Any]]
    """Per segment, its attributes, under the names that Whoosh's class has for them."""
    warning: str
    """A sentence for the user, or none; `{}` stands for the folder."""


_UNCHECKED = "the table of contents in {} has no checksum: it is damaged, or another program or version has written it"
_REPAIR = "put it right with: searchkit verify --repair"
_COPY_USED = f"the table of contents in {{}} is damaged or gone, and its copy is used; {_REPAIR}"
_REPAIRED = f"the table of contents in {{}} is damaged, and was read as it must have been; {_REPAIR}"


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


def path(folder: Path, name: str, generation: int) -> Path:
    """Return the path of a table of contents."""
    return folder / _file_name(name, generation)


def exists(folder: str, name: str, generation: int) -> bool:
    """Whether there is a table of that generation; every search asks this."""
    return os.access(f"{folder}/{_file_name(name, generation)}", os.F_OK)


def _file_name(name: str, generation: int) -> str:
    return f"_{name}_{generation}.toc"


def copy_path(folder: Path, name: str, generation: int) -> Path:
    """Return the path of a table's copy.

    Its name sorts before the table's. Files are deleted in that order, so no copy outlives its
    table.
    """
    return path(folder, name, generation).with_suffix(".copy")


def generations(folder: Path, name: str) -> list[int]:
    """Return the generations of all tables, and of copies without a table, newest first."""
    pattern = re.compile(rf"_{re.escape(name)}_([0-9]+)\.(?:toc|copy)")
    matches = (pattern.fullmatch(file.name) for file in folder.iterdir())
    return sorted({int(match[1]) for match in matches if match}, reverse=True)


def write(folder: Path, name: str, schema: Any, segments: list[Any], generation: int) -> None:
    """Make a commit by writing its table of contents.

    All files of the commit are on the disk before the table gets its name.

    Args:
        folder: The folder of the index.
        name: The name of the index.
        schema: Its Whoosh schema.
        segments: Whoosh's own objects for the commit's segments.
        generation: The number of the commit.
    """
    from whoosh.filedb.filestore import RamStorage  # reading needs nothing of Whoosh, which takes 40 ms to import
    from whoosh.index import TOC

    memory = RamStorage()
    TOC(schema, segments, generation).write(memory, name)
    (content,) = memory.files.values()
    content += b"searchkit CRC32 " + 2 * crc32(content).to_bytes(4)
    durable_files.put(path(folder, name, generation), content)
    with suppress(OSError), durable_files.create(copy_path(folder, name, generation)) as copy:
        copy.write(content)


def read(folder: Path, name: str, generation: int) -> TableOfContents:
    """Return the content of a table, or else of its copy.

    Raises `ValueError` and others if both are damaged or hostile.
    """
    try:
        return _read(path(folder, name, generation), generation)
    except Exception:
        with suppress(Exception):
            _, segments, _ = _read(copy_path(folder, name, generation), generation)
            return TableOfContents(generation, segments, _COPY_USED)
        raise


def _read(table: Path, generation: int) -> TableOfContents:
    content, warning = _verified(durable_files.read(table))
    file = BytesIO(content)
    if not _HEAD.fullmatch(file.read(14)):
        raise ValueError("a table of contents of another format")
    file.seek(read_varint(file), SEEK_CUR)  # the schema: all indexes have the same
    stored_generation, _ = _NUMBERS.unpack(file.read(_NUMBERS.size))
    segments = safe_pickle.load(file, _ALLOWED)
    if stored_generation != generation:
        raise ValueError("a table of contents under another's name")
    return TableOfContents(generation, list(_segment_attributes(segments)), warning)


def read_varint(file: BinaryIO) -> int:
    """Return an integer in Whoosh's encoding: seven bits per byte, the lowest first."""
    value = shift = 0
    while (byte := file.read(1)[0]) & 0x80:
        value |= (byte & 0x7F) << shift
        shift += 7
    return value | byte << shift


def _verified(content: bytes) -> tuple[bytes, str]:
    """Return the bytes of a table, repaired if need be, and a warning.

    Raises `ValueError` if they cannot be repaired.
    """
    end = _CHECKSUM.fullmatch(content[-_CHECKSUM_SIZE:])
    if not end:
        return content, _UNCHECKED
    table = bytearray(content[:-_CHECKSUM_SIZE])
    stored = {int.from_bytes(each) for each in end.groups()}
    if crc32(table) in stored:
        return bytes(table), _REPAIRED if len(stored) > 1 else ""
    checksums.repair_block(table, min(stored))
    if {crc32(table)} != stored:
        raise ValueError("a table of contents is not as it was written")
    return bytes(table), _REPAIRED


def _segment_attributes(segments: Any) -> Iterator[dict[str, Any]]:
    for segment in segments:
        if not isinstance(segment, _PickledSegment):
            raise ValueError("a table of contents lists other things than segments")
        yield vars(segment)
