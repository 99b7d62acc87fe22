"""The term dictionary of a segment: Whoosh's ordered hash file of keys and values.

The file holds the entries in the order of their keys, 256 hash tables that point to the entries,
the extent of each table, and the offset of each entry. The hash is CRC 32, the fastest that Whoosh
reads. The writer keeps no Python object per term.
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
"""The format, 1 for CRC 32, and two unused numbers."""
_TABLES = 256
_SLOT_TYPE = np.dtype([("hash", ">u4"), ("start", ">i8")])
_CHUNK = 2**20
"""Bytes of entries that are written at a time."""
_AFTER_ALL = b"\xff"
"""A byte after all terms: terms are UTF-8, so none of them has it."""
_MAX_EXTRAS = 2**16
"""Bytes that the pickled extras have room in; they are few."""
_SIZES = Struct("!ii")
"""Before each entry: the sizes of its key and its value."""
ENTRY_HEAD = _SIZES.size
"""Bytes of an entry before its key; the first four are the size of the key."""
_TABLE = Struct("!qi")
_SLOT = Struct("!Iq")
_INT = Struct("!i")


class ByteSource(Protocol):
    """A file that can be read at any offset."""

    def __len__(self) -> int: ...

    def read(self, start: int, end: int) -> memoryview:
        """Return the bytes from `start` to `end`."""


class TermDictionaryWriter:
    """Collects entries in the order of their keys, and lays out the file."""

    def __init__(self) -> None:
        self._entries = BytesIO()
        self._end = self._entries.write(_HEAD)
        self._hashes, self._starts = array("I"), array("q")

    def add(self, key: bytes, value: bytes) -> None:
        """Add an entry; its key is greater than all keys before it."""
        self._hashes.append(crc32(key))
        self._starts.append(self._end)
        self._end += self._entries.write(_SIZES.pack(len(key), len(value)) + key + value)

    def add_all(self, keys: Sequence[bytes], values: Sequence[bytes]) -> None:
        """Add several entries, as `add` does."""
        entries = [_SIZES.pack(len(key), len(value)) + key + value for key, value in zip(keys, values, strict=True)]
        *starts, end = accumulate(map(len, entries), initial=self._end)
        self._hashes.extend(map(crc32, keys))
        self._starts.extend(starts)
        self._entries.write(b"".join(entries))
        self._end = end

    def chunks(self, extras: Mapping[str, Any]) -> Iterator[bytes]:
        """Yield the bytes of the whole file; `extras` are pickled into it."""
        self._entries.seek(0)
        while chunk := self._entries.read(_CHUNK):
            yield chunk
        sizes, slots = _hash_tables(np.frombuffer(self._hashes, np.uint32), np.frombuffer(self._starts, np.int64))
        yield slots.tobytes()
        starts = (self._end + (np.cumsum(sizes) - sizes) * _SLOT_TYPE.itemsize).tolist()
        yield b"".join(map(_TABLE.pack, starts, sizes.tolist()))
        tail = pickle.dumps({**extras, "indextype": "q", "indexlen": len(self._starts)}, 2)
        tail += np.frombuffer(self._starts, np.int64).astype(">i8").tobytes()
        yield tail + _INT.pack(len(tail))


class TermDictionary:
    """Finds entries in a dictionary file, by CRC 32 or else by bisection."""

    def __init__(self, file: ByteSource) -> None:
        """Raise `ValueError` and others if the file is no dictionary of Whoosh's."""
        self._file = file
        head = bytes(file.read(0, len(_HEAD)))
        if not head.startswith(_MAGIC):
            raise ValueError("no dictionary here")
        self._has_crc = head == _HEAD
        end = len(file) - _INT.size
        (length,) = _INT.unpack(file.read(end, len(file)))
        begin = end - length
        self._tables = list(_TABLE.iter_unpack(file.read(begin - _TABLES * _TABLE.size, begin)))
        self._end: int = self._tables[0][0]
        """The offset at which the last entry ends."""
        tail = BytesIO(file.read(begin, min(end, begin + _MAX_EXTRAS)))
        extras = safe_pickle.load(tail)
        self.fields: Mapping[str, int] = extras["fieldmap"]
        """By field name: the number with which the field's keys begin."""
        self._count: int = extras["indexlen"]
        self._offset_type = Struct("!" + extras["indextype"])
        self._offsets = begin + tail.tell()

    def find(self, key: bytes) -> bytes | None:
        """Return the value of a key, or None."""
        candidates = self._same_hash(key) if self._has_crc else [self._lower_bound(key)]
        return next((value for offset in candidates for other, value in self._entry(offset) if other == key), None)

    def with_prefix(self, prefix: bytes) -> memoryview:
        """Return the bytes of all entries whose keys begin with `prefix`: see `entries`."""
        return self._file.read(self._lower_bound(prefix), self._lower_bound(prefix + _AFTER_ALL))

    def starts_with_prefix(self, prefix: bytes) -> NDArray[np.int64]:
        """Return where each entry begins in the bytes that `with_prefix` returns."""
        size = self._offset_type.size
        first, end = (self._offsets + size * self._rank(key) for key in (prefix, prefix + _AFTER_ALL))
        offsets = np.frombuffer(self._file.read(first, end), self._offset_type.format.replace("!", ">"))
        return offsets.astype(np.int64) - offsets[:1].astype(np.int64)

    def _lower_bound(self, key: bytes) -> int:
        """Return the offset of the first entry whose key is not less."""
        rank = self._rank(key)
        return self._offset(rank) if rank < self._count else self._end

    def _rank(self, key: bytes) -> int:
        """Return the number of entries whose keys are less."""
        return bisect_left(range(self._count), key, key=lambda rank: self._key(self._offset(rank)))

    def _same_hash(self, key: bytes) -> Iterator[int]:
        """Yield the offsets of entries whose keys have the same hash."""
        hash_ = crc32(key)
        table, slots = self._tables[hash_ & (_TABLES - 1)]
        for probe in range(slots):
            slot = table + ((hash_ >> 8) + probe) % slots * _SLOT_TYPE.itemsize
            other, start = _SLOT.unpack(self._file.read(slot, slot + _SLOT_TYPE.itemsize))
            if not start:
                return
            if other == hash_:
                yield start

    def _offset(self, rank: int) -> int:
        """Return the offset of an entry, given its rank in the order of keys."""
        at = self._offsets + rank * self._offset_type.size
        offset: int = self._offset_type.unpack(self._file.read(at, at + self._offset_type.size))[0]
        return offset

    def _key(self, offset: int) -> bytes:
        start = offset + _SIZES.size
        size, _ = _SIZES.unpack(self._file.read(offset, start))
        return bytes(self._file.read(start, start + size))

    def _entry(self, offset: int) -> Iterator[tuple[bytes, bytes]]:
        """Yield the entry at an offset, or nothing at the end of the entries."""
        if offset < self._end:
            sizes = _SIZES.unpack(self._file.read(offset, offset + _SIZES.size))
            end = offset + _SIZES.size + sum(sizes)
            yield from entries(self._file.read(offset, end), 0, end - offset)


def entries(content: memoryview, start: int, end: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield (key, value) of the entries in `content` from `start` to `end`."""
    while start < end:
        key_size, value_size = _SIZES.unpack_from(content, start)
        key = start + _SIZES.size
        value = key + key_size
        start = value + value_size
        yield bytes(content[key:value]), bytes(content[value:start])


def _hash_tables(hashes: NDArray[np.uint32], starts: NDArray[np.int64]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the sizes of all hash tables, and their slots, one table after the other.

    A table has two slots per entry. An entry whose slot is taken goes to the next free one.
    """
    table = hashes & (_TABLES - 1)
    sizes = 2 * np.bincount(table, minlength=_TABLES)
    firsts = (np.cumsum(sizes) - sizes)[table]
    preferred = (hashes >> 8) % sizes[table]
    slots = np.zeros(2 * len(hashes), _SLOT_TYPE)
    taken, rows = bytearray(len(slots)), []
    for first, size, slot in zip(firsts.tolist(), sizes[table].tolist(), preferred.tolist(), strict=True):
        while taken[first + slot]:
            slot = (slot + 1) % size
        taken[first + slot] = 1
        rows.append(first + slot)
    slots["hash"][rows], slots["start"][rows] = hashes, starts
    return sizes, slots
