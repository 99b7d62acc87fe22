"""The dictionary of a segment as bytes: Whoosh's ordered hash file, made without a Python object a term.

It holds the entries in the order of their keys, 256 hash tables that point to them, where each table is, and where each
entry begins. The hash is CRC 32, the quickest of those that Whoosh reads.
"""

from __future__ import annotations

import pickle
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from itertools import accumulate
from struct import Struct
from typing import Any, Protocol
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.directory import safe_pickle

_MAGIC = b"HSH3"
_HEAD = Struct("!4sBii").pack(_MAGIC, 1, 0, 0)
"""The format, and 1 for CRC 32; two numbers are not used."""
_TABLES = 256
_SLOT = np.dtype([("hash", ">u4"), ("start", ">i8")])
_CHUNK = 2**20
_AFTER_ALL = b"\xff"
"""No term has this byte, since terms are UTF-8."""
_MOST_EXTRAS = 2**16
"""Bytes in which what is kept beside the entries has room, of which there is little."""
_sizes = Struct("!ii")
_table = Struct("!qi")
_slot = Struct("!Iq")
_int = Struct("!i")


class ByteSource(Protocol):
    """A file of which any piece can be had."""

    def __len__(self) -> int: ...

    def piece(self, start: int, end: int) -> memoryview:
        """Return some bytes of it."""


class TermDictionaryWriter:
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


class TermDictionary:
    """Finds entries in the file of a dictionary: by the hash where it is CRC 32, else by bisection."""

    def __init__(self, file: ByteSource) -> None:
        """Raise `ValueError` and others where the file is no dictionary of Whoosh's."""
        self._file = file
        head = bytes(file.piece(0, len(_HEAD)))
        if not head.startswith(_MAGIC):
            raise ValueError("no dictionary here")
        self._has_crc = head == _HEAD
        end = len(file) - _int.size
        (length,) = _int.unpack(file.piece(end, len(file)))
        begin = end - length
        self._tables = list(_table.iter_unpack(file.piece(begin - _TABLES * _table.size, begin)))
        self._end: int = self._tables[0][0]
        """Where the last entry ends."""
        tail = BytesIO(file.piece(begin, min(end, begin + _MOST_EXTRAS)))
        extras = safe_pickle.load(tail)
        self.fields: Mapping[str, int] = extras["fieldmap"]
        """By name: the number with which the keys of a field begin."""
        self._count: int = extras["indexlen"]
        self._start = Struct("!" + extras["indextype"])
        self._starts = begin + tail.tell()

    def find(self, key: bytes) -> bytes | None:
        """Return the value of a key, or None."""
        places = self._hashed(key) if self._has_crc else [self._first(key)]
        return next((value for at in places for found, value in self._entry(at) if found == key), None)

    def beginning(self, prefix: bytes) -> memoryview:
        """Return the entries with keys that begin so, one after the other."""
        return self._file.piece(self._first(prefix), self._first(prefix + _AFTER_ALL))

    def _first(self, key: bytes) -> int:
        """Return where the first entry begins that has this key or a later one; where the last one ends if none has."""
        number = bisect_left(range(self._count), key, key=lambda number: self._key(self._at(number)))
        return self._at(number) if number < self._count else self._end

    def _hashed(self, key: bytes) -> Iterator[int]:
        """Yield where entries begin of which the keys have the same hash."""
        code = crc32(key)
        table, slots = self._tables[code & (_TABLES - 1)]
        for slot in range(slots):
            at = table + ((code >> 8) + slot) % slots * _SLOT.itemsize
            hash_, start = _slot.unpack(self._file.piece(at, at + _SLOT.itemsize))
            if not start:
                return
            if hash_ == code:
                yield start

    def _at(self, number: int) -> int:
        """Return where an entry begins, by its number in the order of keys."""
        at = self._starts + number * self._start.size
        start: int = self._start.unpack(self._file.piece(at, at + self._start.size))[0]
        return start

    def _key(self, at: int) -> bytes:
        start = at + _sizes.size
        size, _ = _sizes.unpack(self._file.piece(at, start))
        return bytes(self._file.piece(start, start + size))

    def _entry(self, at: int) -> Iterator[tuple[bytes, bytes]]:
        """Yield the entry that begins there; none where the entries have ended."""
        if at < self._end:
            sizes = _sizes.unpack(self._file.piece(at, at + _sizes.size))
            end = at + _sizes.size + sum(sizes)
            yield from entries(self._file.piece(at, end), 0, end - at)


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
