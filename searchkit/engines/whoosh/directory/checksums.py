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

Footer = tuple[int, int]
"""How long the content of a file is, and the checksum of its checksums. A plain tuple: Whoosh has to unpickle it."""


def seal(file: BinaryIO) -> Footer:
    """Add checksums to a file that was opened by `durable.create` and written to its end; return its seal."""
    file.seek(0)
    blocks = iter(partial(file.read, BLOCK), b"")
    sums = np.fromiter(map(crc32, blocks), _SUM).tobytes()
    size = file.tell()
    file.write(sums)
    return size, crc32(sums)


def is_as_long_as(seal: Footer | None, size: int) -> bool:
    """Whether a sealed file of so many bytes has its length."""
    return seal is None or size == seal[0] + _blocks(seal[0]) * _SUM.itemsize


def mend(content: memoryview, seal: Footer) -> None:
    """Put right, in place, a sealed file in which here and there a byte is wrong; leave what cannot be put right."""
    size, check = seal
    if len(content) - size != _blocks(size) * _SUM.itemsize:
        return
    mend_block(content[size:], check)
    if crc32(content[size:]) == check:
        for block, right in enumerate(np.frombuffer(content[size:], _SUM).tolist()):
            mend_block(content[block << _BITS : min(block + 1 << _BITS, size)], right)


def mend_block(block: memoryview | bytearray, check: int) -> None:
    """Put right, in place, a block in which one byte is wrong: find the change that makes the difference of checksums.

    CRC is linear: a change adds the same to the checksum whatever else the block holds. The 256 changes of the last
    byte add what is in `_CHANGES`; those of the byte before add what comes of that by one more step, and so on.
    """
    difference = np.uint32(crc32(block) ^ check)
    changes = _CHANGES
    for at in range(len(block) - 1, -1 if difference else len(block), -1):
        (found,) = np.nonzero(changes == difference)
        if len(found):
            block[at] ^= int(found[0])
            return
        changes = _CHANGES[changes & 0xFF] ^ (changes >> 8)


_CHANGES = np.array([crc32(bytes([byte])) ^ crc32(b"\0") for byte in range(256)], np.uint32)
"""What each change of a byte adds to a checksum: the table by which CRC 32 is computed byte by byte."""


class Checked:
    """The content of a file, each block of it checked when it is first read. Without a seal, nothing is checked."""

    def __init__(self, content: memoryview, seal: Footer | None, name: str) -> None:
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
