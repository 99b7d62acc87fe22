"""The files of a segment, mapped into memory and checked as they are read.

Whoosh puts the files of a segment together in one: in front stands where the list of the parts is.
"""

from __future__ import annotations

import mmap
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from searchkit.engines.whoosh.directory import checksums, safe_pickle
from searchkit.engines.whoosh.directory.checksums import Checked
from searchkit.storage import durable_files

HEAD = struct.Struct("!qi")
"""What a segment's file begins with: where the list of its parts is, and how long; known last."""
_AROUND = 2**16
"""Bytes that Linux maps around each place that is read."""
_TOUCHED = 2**23
"""Bytes of a mapped segment that may stay in this process's memory, about."""


class MappedFile:
    """A part of a mapped file. What is read is checked."""

    def __init__(self, source: Checked, offset: int, length: int) -> None:
        self._source, self._offset, self._length = source, offset, length

    def piece(self, start: int, end: int) -> memoryview:
        """Return some bytes of it."""
        return self._source.piece(self._offset + start, self._offset + min(end, self._length))

    def whole(self) -> memoryview:
        """Return all of it."""
        return self.piece(0, self._length)

    def __len__(self) -> int:
        return self._length

    def get(self, position: int, length: int) -> bytes:
        """Return so many bytes from a place on."""
        return bytes(self.piece(position, position + length))


class MappedFiles:
    """The files of a segment that are put together in one."""

    _access = mmap.ACCESS_READ

    def __init__(self, storage: Any, segment: Any) -> None:
        name = segment.make_filename(segment.COMPOUND_EXT)
        content = _mapped(path_of(storage, name), self._access)
        self._map: Any = content.obj
        self._source = self._checked(content, getattr(segment, "seal", None), name)
        start, length = HEAD.unpack(self._source.piece(0, HEAD.size))
        self._parts = safe_pickle.loads(bytes(self._source.piece(start, start + length)))
        self._touched = 0

    @staticmethod
    def _checked(content: memoryview, seal: checksums.Footer | None, name: str) -> Checked:
        return Checked(content, seal, name)

    def file_exists(self, name: str) -> bool:
        """Whether there is a part of that name."""
        return name in self._parts

    def open_file(self, name: str) -> MappedFile:
        """Return a part."""
        part = self._parts[name]
        return MappedFile(self._source, part["offset"], part["length"])

    def damaged(self) -> Iterator[str]:
        """Yield a sentence for each block that is not as it was written."""
        return self._source.damaged()

    def was_read(self, length: int) -> None:
        """Count what was read; now and then let the system take its pages back, which stay in its memory of files."""
        self._touched += length + _AROUND
        if self._touched > _TOUCHED and hasattr(mmap, "MADV_DONTNEED"):
            self._touched = 0
            self._map.madvise(mmap.MADV_DONTNEED)


class RepairedFiles(MappedFiles):
    """The same where they may be damaged; what is put right is so in memory only."""

    _access = mmap.ACCESS_COPY

    @staticmethod
    def _checked(content: memoryview, seal: checksums.Footer | None, name: str) -> Checked:
        if seal is not None:
            checksums.mend(content, seal)
        return Checked(content, None, name)

    def was_read(self, length: int) -> None:
        """Nothing is let go: what was put right stands nowhere else."""


class LooseFiles:
    """The files of a segment, one by one."""

    def __init__(self, storage: Any) -> None:
        self._storage = storage
        self.file_exists = storage.file_exists

    def open_file(self, name: str) -> MappedFile:
        """Return one of them."""
        content = _mapped(path_of(self._storage, name))
        return MappedFile(Checked(content, None, name), 0, len(content))

    def damaged(self) -> Iterator[str]:
        """Nothing is known of what they were: searchkit writes no such segments."""
        yield from ()

    def was_read(self, length: int) -> None:
        """Nothing is let go."""


EMPTY = MappedFile(Checked(memoryview(b""), None, ""), 0, 0)
"""Stands for a file that a segment has not got."""


def path_of(storage: Any, name: str) -> Path:
    """Return where a file of an index is."""
    return Path(storage.folder, name)


def _mapped(path: Path, access: int = mmap.ACCESS_READ) -> memoryview:
    """Map a file; the system maps none that is empty."""
    with durable_files.open_for_reading(path) as file:
        if not os.fstat(file.fileno()).st_size:
            return memoryview(b"")
        return memoryview(mmap.mmap(file.fileno(), 0, access=access))
