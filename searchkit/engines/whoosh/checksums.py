"""Checksums of a file, a block at a time, so that what is read can be checked without reading all of it.

A file that is sealed ends in a list of checksums (CRC 32, 4 bytes for each 16 kB). Its seal, which says how long the
content is and what the checksum of that list is, is kept where the file is named: in the table of contents of a commit,
which has a checksum of its own. So whoever trusts the table can tell every byte that is not as it was written.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import BinaryIO
from zlib import crc32

import numpy as np

from searchkit.errors import IndexDamaged

_BITS = 14
BLOCK = 1 << _BITS
"""Bytes that have one checksum: they are checked in some three microseconds."""
_SUM = np.dtype("<u4")

Seal = tuple[int, int]
"""How long the content of a file is, and the checksum of its checksums. A plain tuple: Whoosh has to unpickle it."""


def seal(file: BinaryIO) -> Seal:
    """Add checksums to a file that was opened by `durable.create` and written to its end; return its seal."""
    file.seek(0)
    blocks = iter(partial(file.read, BLOCK), b"")
    sums = np.fromiter(map(crc32, blocks), _SUM).tobytes()
    size = file.tell()
    file.write(sums)
    return size, crc32(sums)


def is_as_long_as(seal: Seal | None, size: int) -> bool:
    """Whether a sealed file of so many bytes has its length."""
    return seal is None or size == seal[0] + _blocks(seal[0]) * _SUM.itemsize


class Checked:
    """The content of a file, each block of it checked when it is first read. Without a seal, nothing is checked."""

    def __init__(self, content: memoryview, seal: Seal | None, name: str) -> None:
        """Raise `IndexDamaged` where the checksums themselves are not as they were written."""
        self._name = name
        self._sums = np.zeros(0, _SUM)
        self.content = content
        if seal is not None:
            size, check = seal
            sums = content[size:]
            if not is_as_long_as(seal, len(content)) or crc32(sums) != check:
                raise self._damage("has lost its end, or its checksums are damaged")
            self.content, self._sums = content[:size], np.frombuffer(sums, _SUM)
        self._unread = bytearray(b"\1") * len(self._sums)

    def piece(self, start: int, end: int) -> memoryview:
        """Return some bytes; raises `IndexDamaged` where they are not as they were written."""
        if end > start:
            first, last = start >> _BITS, (end - 1) >> _BITS
            while (block := self._unread.find(1, first, last + 1)) >= 0:
                self._check(block)
        return self.content[start:end]

    def damaged(self) -> Iterator[str]:
        """Yield a sentence for each block that is not as it was written."""
        for block in range(len(self._sums)):
            try:
                self._check(block)
            except IndexDamaged as error:
                yield str(error)

    def _check(self, block: int) -> None:
        start = block << _BITS
        if crc32(self.content[start : start + BLOCK]) != self._sums[block]:
            raise self._damage(f"is not as it was written, somewhere from byte {start:,} on")
        self._unread[block] = 0

    def _damage(self, what: str) -> IndexDamaged:
        return IndexDamaged(
            f"the index is damaged: its file {self._name} {what}; keep what is whole with: searchkit verify --repair"
        )


def _blocks(size: int) -> int:
    return -(-size // BLOCK)
