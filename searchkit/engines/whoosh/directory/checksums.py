"""Checksums for each block of a file, so that any part can be verified alone.

A file with checksums ends in a list of them (CRC 32, 4 bytes per block of 16 kB). Its footer, the
length of the content and the checksum of that list, is kept in the table of contents of a commit,
which has a checksum of its own. So whoever trusts the table can tell each byte that has changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import BinaryIO
from zlib import crc32

import numpy as np

from searchkit.errors import IndexDamaged

_BLOCK_BITS = 14
BLOCK = 1 << _BLOCK_BITS
"""Bytes that share one checksum: it is verified in some three microseconds."""
_CHECKSUM = np.dtype("<u4")

Footer = tuple[int, int]
"""The length of a file's content, and the checksum of its checksums.

A plain tuple, since Whoosh must be able to unpickle it.
"""


def append_checksums(file: BinaryIO) -> Footer:
    """Append checksums to a file that is written to its end, and return its footer."""
    file.seek(0)
    blocks = iter(partial(file.read, BLOCK), b"")
    checksums = np.fromiter(map(crc32, blocks), _CHECKSUM).tobytes()
    size = file.tell()
    file.write(checksums)
    return size, crc32(checksums)


def has_full_length(footer: Footer | None, size: int) -> bool:
    """Whether a file of `size` bytes is as long as its footer says."""
    return footer is None or size == footer[0] + _block_count(footer[0]) * _CHECKSUM.itemsize


def repair(content: memoryview, footer: Footer) -> None:
    """Repair in place each block of a file with one wrong byte."""
    size, list_checksum = footer
    if not has_full_length(footer, len(content)):
        return
    repair_block(content[size:], list_checksum)
    if crc32(content[size:]) == list_checksum:
        for block, checksum in enumerate(np.frombuffer(content[size:], _CHECKSUM).tolist()):
            repair_block(content[block << _BLOCK_BITS : min(block + 1 << _BLOCK_BITS, size)], checksum)


def repair_block(block: memoryview | bytearray, checksum: int) -> None:
    """Repair in place a block with one wrong byte.

    CRC is linear: a change of one byte adds the same to the checksum whatever else the block holds.
    The 256 changes of the last byte add the values of `_CHANGES`; those of the byte before add the
    same one step on, and so forth. So search for the change that makes the difference.
    """
    difference = np.uint32(crc32(block) ^ checksum)
    changes = _CHANGES
    for offset in range(len(block) - 1, -1 if difference else len(block), -1):
        (byte_changes,) = np.nonzero(changes == difference)
        if len(byte_changes):
            block[offset] ^= int(byte_changes[0])
            return
        changes = _CHANGES[changes & 0xFF] ^ (changes >> 8)


_CHANGES = np.array([crc32(bytes([byte])) ^ crc32(b"\0") for byte in range(256)], np.uint32)
"""The change of the checksum for each change of the last byte: the table of bytewise CRC 32."""


class VerifiedBytes:
    """The content of a file; a block is verified when it is first read.

    Without a footer nothing is verified.
    """

    def __init__(self, content: memoryview, footer: Footer | None, name: str) -> None:
        """Raise `IndexDamaged` if the list of checksums is damaged."""
        self._name = name
        self._checksums = np.zeros(0, _CHECKSUM)
        self.content = content
        if footer is not None:
            size, list_checksum = footer
            checksums = content[size:]
            if not has_full_length(footer, len(content)) or crc32(checksums) != list_checksum:
                raise self._damage("has lost its end, or its checksums are damaged")
            self.content, self._checksums = content[:size], np.frombuffer(checksums, _CHECKSUM)
        self._unverified = bytearray(b"\1") * len(self._checksums)

    def read(self, start: int, end: int) -> memoryview:
        """Return the bytes from `start` to `end`; raise `IndexDamaged` if they have changed."""
        if end > start:
            first, last = start >> _BLOCK_BITS, (end - 1) >> _BLOCK_BITS
            while (block := self._unverified.find(1, first, last + 1)) >= 0:
                self._verify(block)
        return self.content[start:end]

    def damaged_blocks(self) -> Iterator[str]:
        """Yield a sentence for each block that has changed."""
        for block in range(len(self._checksums)):
            try:
                self._verify(block)
            except IndexDamaged as error:
                yield str(error)

    def _verify(self, block: int) -> None:
        start = block << _BLOCK_BITS
        if crc32(self.content[start : start + BLOCK]) != self._checksums[block]:
            raise self._damage(f"is not as it was written, somewhere from byte {start:,} on")
        self._unverified[block] = 0

    def _damage(self, finding: str) -> IndexDamaged:
        return IndexDamaged(
            f"the index is damaged: its file {self._name} {finding}; keep what is whole with: searchkit verify --repair"
        )


def _block_count(size: int) -> int:
    return -(-size // BLOCK)
