"""Tables of contents: what a commit consists of. Writing one under the next number is what makes a commit.

The bytes are Whoosh's, which reads them, and after them stands a checksum of all before it, twice, which Whoosh passes
over. Of the pickles only the list of segments is read, and that without running anything (see `safe_pickle.py`).

Each table has a copy, for when it is damaged or gone. It is written after the commit, and may be missing.
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

_SUM = re.compile(rb"searchkit CRC32 (.{4})(.{4})", re.DOTALL)
"""What stands at the end. There are two sums so that one of them can be known to be wrong."""
_SIZE_OF_SUM = 24
_HEAD = re.compile(rb"\x04\x08\x04\xff\xff\xcf\xc7\xff\xff\xff\x91[\x00-\x7f]{3}")
"""Whoosh's sizes of numbers, the number -12345, its format -111, its version."""
_NUMBERS = Struct("!ii")
"""The number of the commit, and one that is not used."""


class Contents(NamedTuple):
    """What a table of contents says."""

    generation: int
    segments: list[dict[str, Any]]
    """What is said of each segment, by the names that Whoosh's class has for it."""
    remark: str
    """What the user should know of it, if anything; the folder is to be filled in."""


_UNCHECKED = "the table of contents in {} has no checksum: it is damaged, or another program or version has written it"
_REPAIR = "put it right with: searchkit verify --repair"
_COPIED = f"the table of contents in {{}} is damaged or gone, and its copy is used; {_REPAIR}"
_MENDED = f"the table of contents in {{}} is damaged, and was read as it must have been; {_REPAIR}"


class _Segment:
    """Stands in for Whoosh's segment, and is nothing but what is said of it."""


class _Codec:
    """Stands in for Whoosh's codec, of which nothing is asked."""


class _Counts(dict[str, int]):
    """Stands in for a dictionary that makes up what it has not got; Whoosh's own writer leaves one."""

    def __init__(self, _: object = None) -> None:
        super().__init__()


_ALLOWED = {
    ("whoosh.codec.whoosh3", "W3Segment"): _Segment,
    ("whoosh.codec.whoosh3", "W3Codec"): _Codec,
    ("collections", "defaultdict"): _Counts,
    **{(module, kind.__name__): kind for module in ("builtins", "__builtin__") for kind in (set, int)},
}


def path(folder: Path, name: str, generation: int) -> Path:
    """Return where the table of contents of a commit is."""
    return folder / _file_name(name, generation)


def exists(folder: str, name: str, generation: int) -> bool:
    """Whether there is a table of contents of that number: asked at every search."""
    return os.access(f"{folder}/{_file_name(name, generation)}", os.F_OK)


def _file_name(name: str, generation: int) -> str:
    return f"_{name}_{generation}.toc"


def copy_path(folder: Path, name: str, generation: int) -> Path:
    """Return where its copy is. In the order of names it comes first, and it goes first: so it never stays alone."""
    return path(folder, name, generation).with_suffix(".copy")


def numbers(folder: Path, name: str) -> list[int]:
    """Return the numbers of the commits whose tables, or copies of them, are there, newest first."""
    pattern = re.compile(rf"_{re.escape(name)}_([0-9]+)\.(?:toc|copy)")
    found = (pattern.fullmatch(file.name) for file in folder.iterdir())
    return sorted({int(match[1]) for match in found if match}, reverse=True)


def write(folder: Path, name: str, schema: Any, segments: list[Any], generation: int) -> None:
    """Make a commit: all its files are on the disk before its table of contents gets its name."""
    from whoosh.filedb.filestore import RamStorage  # reading needs nothing of Whoosh, which takes 40 ms to import
    from whoosh.index import TOC

    memory = RamStorage()
    TOC(schema, [segment.stock() for segment in segments], generation).write(memory, name)
    (content,) = memory.files.values()
    content += b"searchkit CRC32 " + 2 * crc32(content).to_bytes(4)
    durable_files.put(path(folder, name, generation), content)
    with suppress(OSError), durable_files.create(copy_path(folder, name, generation)) as copy:
        copy.write(content)


def read(folder: Path, name: str, generation: int) -> Contents:
    """Return what a table, or else its copy, says; raises `ValueError` and others where it is damaged or hostile."""
    try:
        return _read(path(folder, name, generation), generation)
    except Exception:
        with suppress(Exception):
            return Contents(*_read(copy_path(folder, name, generation), generation)[:2], _COPIED)
        raise


def _read(table: Path, generation: int) -> Contents:
    content, remark = _checked(durable_files.read(table))
    file = BytesIO(content)
    if not _HEAD.fullmatch(file.read(14)):
        raise ValueError("a table of contents of another format")
    file.seek(read_varint(file), SEEK_CUR)  # the schema: every index of searchkit has the same
    number, _ = _NUMBERS.unpack(file.read(_NUMBERS.size))
    found = safe_pickle.load(file, _ALLOWED)
    if number != generation:
        raise ValueError("a table of contents under another's name")
    return Contents(generation, list(_said(found)), remark)


def read_varint(file: BinaryIO) -> int:
    """Return a number of any size, as Whoosh writes it: seven bits a byte, the lowest first."""
    number = shift = 0
    while (byte := file.read(1)[0]) & 0x80:
        number |= (byte & 0x7F) << shift
        shift += 7
    return number | byte << shift


def _checked(content: bytes) -> tuple[bytes, str]:
    """Return a table as it was written, and what there is to tell of it; raises `ValueError` where that is lost."""
    end = _SUM.fullmatch(content[-_SIZE_OF_SUM:])
    if not end:
        return content, _UNCHECKED
    table = bytearray(content[:-_SIZE_OF_SUM])
    sums = {int.from_bytes(each) for each in end.groups()}
    if crc32(table) in sums:
        return bytes(table), _MENDED if len(sums) > 1 else ""
    checksums.mend_block(table, min(sums))
    if {crc32(table)} != sums:
        raise ValueError("a table of contents is not as it was written")
    return bytes(table), _MENDED


def _said(found: Any) -> Iterator[dict[str, Any]]:
    for segment in found:
        if not isinstance(segment, _Segment):
            raise ValueError("a table of contents lists other things than segments")
        yield vars(segment)
