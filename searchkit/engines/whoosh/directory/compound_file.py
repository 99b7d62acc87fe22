"""Read the files of a segment: mapped into memory, and verified as they are read.

Whoosh puts all files of a segment into one compound file: a header with the extent of the list of
parts, the parts, and that list.
"""

from __future__ import annotations

import mmap
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from searchkit.engines.whoosh.directory import checksums, safe_pickle
from searchkit.engines.whoosh.directory.checksums import Footer, VerifiedBytes
from searchkit.storage import durable_files

HEADER = struct.Struct("!qi")
"""The header of a compound file: the offset and length of the list of parts."""
_READ_AROUND = 2**16
"""Bytes that Linux maps around each page that is read."""
_MAX_RESIDENT = 2**23
"""Bytes of a mapped segment that may stay resident in this process, about."""


class MappedFile:
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

    def get(self, position: int, length: int) -> bytes:
        """Return a copy of `length` bytes from `position` on."""
        return bytes(self.read(position, position + length))


class CompoundFile:
    """The compound file of a segment."""

    _access = mmap.ACCESS_READ

    def __init__(self, path: Path, footer: Footer | None) -> None:
        content = _mapped(path, self._access)
        self._map: Any = content.obj
        self._source = self._verified(content, footer, path.name)
        start, length = HEADER.unpack(self._source.read(0, HEADER.size))
        self._parts = safe_pickle.loads(bytes(self._source.read(start, start + length)))
        self._resident = 0

    @staticmethod
    def _verified(content: memoryview, footer: Footer | None, name: str) -> VerifiedBytes:
        return VerifiedBytes(content, footer, name)

    def file_exists(self, name: str) -> bool:
        """Whether there is a part of that name."""
        return name in self._parts

    def open_file(self, name: str) -> MappedFile:
        """Return a part of the compound file."""
        part = self._parts[name]
        return MappedFile(self._source, part["offset"], part["length"])

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


class RepairedCompoundFile(CompoundFile):
    """A compound file that may be damaged, repaired in memory only, and read without checks."""

    _access = mmap.ACCESS_COPY

    @staticmethod
    def _verified(content: memoryview, footer: Footer | None, name: str) -> VerifiedBytes:
        if footer is not None:
            checksums.repair(content, footer)
        return VerifiedBytes(content, None, name)

    def count_read(self, length: int) -> None:
        """Release no pages: the repaired bytes exist nowhere else."""


class SeparateFiles:
    """The files of a segment that no compound file holds; searchkit writes no such segments."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def file_exists(self, name: str) -> bool:
        """Whether there is a file of that name."""
        return (self._folder / name).exists()

    def open_file(self, name: str) -> MappedFile:
        """Return a file of the segment."""
        content = _mapped(self._folder / name)
        return MappedFile(VerifiedBytes(content, None, name), 0, len(content))

    def damaged_blocks(self) -> Iterator[str]:
        """Yield nothing: without checksums no damage is known."""
        yield from ()

    def count_read(self, length: int) -> None:
        """Do nothing: separate files release no pages."""


EMPTY_FILE = MappedFile(VerifiedBytes(memoryview(b""), None, ""), 0, 0)
"""Stands for a file that a segment lacks."""


def _mapped(path: Path, access: int = mmap.ACCESS_READ) -> memoryview:
    """Map a file into memory; empty files cannot be mapped."""
    with durable_files.open_for_reading(path) as file:
        if not os.fstat(file.fileno()).st_size:
            return memoryview(b"")
        return memoryview(mmap.mmap(file.fileno(), 0, access=access))
