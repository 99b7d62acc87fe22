"""Read the file of a segment: mapped into memory, and verified as it is read.

The file begins with a header: the format, and the extent of the list of sections. The list, in
JSON, has the name, the offset and the length of each.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from searchkit.engines.whoosh.directory import checksums
from searchkit.engines.whoosh.directory.checksums import Footer, VerifiedBytes
from searchkit.storage import durable_files

_HEADER = struct.Struct("<8sQI")
MAGIC = b"\x89SKQ\r\n\x1a\x06"
"""The first bytes of every segment; the last of them is the format."""
HEADER_SIZE = _HEADER.size
_READ_AROUND = 2**16
"""Bytes that Linux maps around each page that is read."""
_MAX_RESIDENT = 2**23
"""Bytes of a mapped segment that may stay resident in this process, about."""


def header(offset: int, length: int) -> bytes:
    """Return the header of a file, given where its list of sections lies."""
    return _HEADER.pack(MAGIC, offset, length)


class Section:
    """A part of a mapped file; blocks are verified when they are first read."""

    def __init__(self, source: VerifiedBytes, offset: int, length: int) -> None:
        self._source, self._offset, self._length = source, offset, length

    def read(self, start: int, end: int) -> memoryview:
        """Return the bytes from `start` to `end`."""
        return self._source.read(self._offset + start, self._offset + min(end, self._length))

    def read_all(self) -> memoryview:
        """Return the whole content."""
        return self.read(0, self._length)

    def __len__(self) -> int:
        return self._length


class SegmentFile:
    """The file of a segment."""

    _access = mmap.ACCESS_READ

    def __init__(self, path: Path, footer: Footer | None) -> None:
        content = mapped(path, self._access)
        self._map: Any = content.obj
        self._source = self._verified(content, footer, path.name)
        magic, offset, length = _HEADER.unpack(self._source.read(0, _HEADER.size))
        if magic != MAGIC:
            raise ValueError("no segment here")
        self.sections: dict[str, list[int]] = json.loads(bytes(self._source.read(offset, offset + length)))
        """By name, the offset and the length of each section."""
        self._resident = 0

    @staticmethod
    def _verified(content: memoryview, footer: Footer | None, name: str) -> VerifiedBytes:
        return VerifiedBytes(content, footer, name)

    def section(self, name: str) -> Section:
        """Return a section, an empty one where the segment lacks it."""
        return Section(self._source, *map(int, self.sections[name])) if name in self.sections else EMPTY_SECTION

    def damaged_blocks(self) -> Iterator[str]:
        """Yield a sentence for each block that has changed."""
        return self._source.damaged_blocks()

    def count_read(self, length: int) -> None:
        """Count bytes that were read; now and then let the system take their pages back.

        The pages stay in the system's file cache.
        """
        self._resident += length + _READ_AROUND
        if self._resident > _MAX_RESIDENT and hasattr(mmap, "MADV_DONTNEED"):
            self._resident = 0
            self._map.madvise(mmap.MADV_DONTNEED)


class RepairedSegmentFile(SegmentFile):
    """A file that may be damaged, repaired in memory only, and read without checks."""

    _access = mmap.ACCESS_COPY

    @staticmethod
    def _verified(content: memoryview, footer: Footer | None, name: str) -> VerifiedBytes:
        if footer is not None:
            checksums.repair(content, footer)
        return VerifiedBytes(content, None, name)

    def count_read(self, length: int) -> None:
        """Release no pages: the repaired bytes exist nowhere else."""


EMPTY_SECTION = Section(VerifiedBytes(memoryview(b""), None, ""), 0, 0)
"""Stands for a section that a segment lacks."""


def mapped(path: Path, access: int = mmap.ACCESS_READ) -> memoryview:
    """Map a file into memory; an empty one, which cannot be mapped, becomes no bytes.

    Args:
        path: The file.
        access: As `mmap` has it.
    """
    with durable_files.open_for_reading(path) as file:
        if not os.fstat(file.fileno()).st_size:
            return memoryview(b"")
        return memoryview(mmap.mmap(file.fileno(), 0, access=access))
