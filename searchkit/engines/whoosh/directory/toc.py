"""Read and write tables of contents, each of which makes a commit.

A table lists the segments of its commit, twice. First come the bytes that Whoosh reads: they are a
pickle, which could run code, so they are written for Whoosh, and never read here. After them stands
the list for searchkit in JSON, its length, and a checksum of all before, twice; Whoosh ignores the
rest.

Each table has a copy, in case it is damaged or gone. It is written after the commit, and may be
missing.
"""

from __future__ import annotations

import json
import os
import re
from contextlib import suppress
from pathlib import Path
from struct import Struct
from typing import Any, NamedTuple
from zlib import crc32

from searchkit.engines.whoosh.directory import checksums
from searchkit.storage import durable_files

_CHECKSUM = re.compile(rb"searchkit CRC32 (.{4})(.{4})", re.DOTALL)
"""The end of a table. There are two checksums so that one of them can be known to be wrong."""
_CHECKSUM_SIZE = 24
_LENGTH = Struct("<I")
"""The length of the list in JSON, which stands before it."""


class TableOfContents(NamedTuple):
    """The content of a table."""

    generation: int
    segments: list[dict[str, Any]]
    """Per segment, what `SegmentInfo.to_dict` has returned."""
    warning: str
    """A sentence for the user, or none; `{}` stands for the folder."""


_REPAIR = "put it right with: searchkit verify --repair"
_COPY_USED = f"the table of contents in {{}} is damaged or gone, and its copy is used; {_REPAIR}"
_REPAIRED = f"the table of contents in {{}} is damaged, and was read as it must have been; {_REPAIR}"


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


def write(folder: Path, name: str, for_whoosh: bytes, segments: list[dict[str, Any]], generation: int) -> None:
    """Make a commit by writing its table of contents.

    All files of the commit are on the disk before the table gets its name.

    Args:
        folder: The folder of the index.
        name: The name of the index.
        for_whoosh: The table as Whoosh reads it.
        segments: Per segment, what `SegmentInfo.to_dict` returns.
        generation: The number of the commit.
    """
    listed = json.dumps({"generation": generation, "segments": segments}, separators=(",", ":")).encode()
    content = b"".join((for_whoosh, listed, _LENGTH.pack(len(listed))))
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
    content, warning = verified(durable_files.read(table))
    (length,) = _LENGTH.unpack(content[-_LENGTH.size :])
    listed = json.loads(content[-_LENGTH.size - length : -_LENGTH.size])
    if listed["generation"] != generation:
        raise ValueError("a table of contents under another's name")
    return TableOfContents(generation, list(listed["segments"]), warning)


def verified(content: bytes) -> tuple[bytes, str]:
    """Return the bytes of a table, repaired if need be, and a warning.

    Raises:
        ValueError: If there is no checksum, or they cannot be repaired.
    """
    end = _CHECKSUM.fullmatch(content[-_CHECKSUM_SIZE:])
    if not end:
        raise ValueError("a table of contents without a checksum")
    table = bytearray(content[:-_CHECKSUM_SIZE])
    stored = {int.from_bytes(each) for each in end.groups()}
    if crc32(table) in stored:
        return bytes(table), _REPAIRED if len(stored) > 1 else ""
    checksums.repair_block(table, min(stored))
    if {crc32(table)} != stored:
        raise ValueError("a table of contents is not as it was written")
    return bytes(table), _REPAIRED
