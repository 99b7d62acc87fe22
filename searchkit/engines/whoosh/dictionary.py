"""The dictionary of a segment as bytes: Whoosh's ordered hash file, made without a Python object a term.

It holds the entries in the order of their keys, 256 hash tables that point to them, where each table is, and where each
entry begins. The hash is CRC 32, the quickest of those that Whoosh reads.
"""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import accumulate
from struct import Struct
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

_HEAD = Struct("!4sBii").pack(b"HSH3", 1, 0, 0)
"""The format, and 1 for CRC 32; two numbers are not used."""
_TABLES = 256
_SLOT = np.dtype([("hash", ">u4"), ("start", ">i8")])
_CHUNK = 2**20
_sizes = Struct("!ii")
_table = Struct("!qi")
_int = Struct("!i")


class Dictionary:
    """Takes entries in the order of their keys."""

    def __init__(self) -> None:
        self._entries = BytesIO()
        self._end = self._entries.write(_HEAD)
        self._hashes, self._starts = array("I"), array("q")

    def add(self, key: bytes, value: bytes) -> None:
        """Add an entry."""
        self._hashes.append(crc32(key))
        self._starts.append(self._end)
        self._end += self._entries.write(_sizes.pack(len(key), len(value)) + key + value)

    def add_all(self, keys: Sequence[bytes], values: Sequence[bytes]) -> None:
        """Add several."""
        entries = [_sizes.pack(len(key), len(value)) + key + value for key, value in zip(keys, values, strict=True)]
        *starts, end = accumulate(map(len, entries), initial=self._end)
        self._hashes.extend(map(crc32, keys))
        self._starts.extend(starts)
        self._entries.write(b"".join(entries))
        self._end = end

    def chunks(self, extras: Mapping[str, Any]) -> Iterator[bytes]:
        """Yield the whole file piece by piece; `extras` are kept in it."""
        self._entries.seek(0)
        while chunk := self._entries.read(_CHUNK):
            yield chunk
        sizes, table = _hash_tables(np.frombuffer(self._hashes, np.uint32), np.frombuffer(self._starts, np.int64))
        yield table.tobytes()
        starts = (self._end + (np.cumsum(sizes) - sizes) * _SLOT.itemsize).tolist()
        yield b"".join(map(_table.pack, starts, sizes.tolist()))
        tail = pickle.dumps({**extras, "indextype": "q", "indexlen": len(self._starts)}, 2)
        tail += np.frombuffer(self._starts, np.int64).astype(">i8").tobytes()
        yield tail + _int.pack(len(tail))


def entries(content: memoryview, start: int, end: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield keys and values of the entries from one that begins at `start` on; the last one ends at `end`."""
    while start < end:
        key_size, value_size = _sizes.unpack_from(content, start)
        key = start + _sizes.size
        value = key + key_size
        start = value + value_size
        yield bytes(content[key:value]), bytes(content[value:start])


def _hash_tables(hashes: NDArray[np.uint32], starts: NDArray[np.int64]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the sizes of all tables, and their slots one table after the other.

    A table has two slots an entry. An entry whose slot is taken goes to the next that is free.
    """
    of_table = hashes & (_TABLES - 1)
    sizes = 2 * np.bincount(of_table, minlength=_TABLES)
    firsts = (np.cumsum(sizes) - sizes)[of_table]
    wanted = (hashes >> 8) % sizes[of_table]
    slots = np.zeros(2 * len(hashes), _SLOT)
    taken, places = bytearray(len(slots)), []
    for first, size, slot in zip(firsts.tolist(), sizes[of_table].tolist(), wanted.tolist(), strict=True):
        while taken[first + slot]:
            slot = (slot + 1) % size
        taken[first + slot] = 1
        places.append(first + slot)
    slots["hash"][places], slots["start"][places] = hashes, starts
    return sizes, slots
