"""Columns of a segment: a byte string, one of few, or a number for each document.

Byte strings lie one after the other behind their packed lengths. Where few are distinct, each is
stored once, and the documents have packed codes. Numbers are a packed list.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from struct import Struct

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.codec.packed_ints import Int32s, Unpacker, pack
from searchkit.engines.whoosh.directory.segment_file import Section

_PLAIN = Struct("<I")
"""Bytes of the packed lengths."""
_REFERENCES = Struct("<I")
"""The number of distinct values."""


def pack_values(values: Sequence[bytes]) -> bytes:
    """Return the section of a column of byte strings of any length."""
    lengths = pack(np.fromiter(map(len, values), np.int64, len(values)))
    return b"".join((_PLAIN.pack(len(lengths)), lengths, *values))


class BytesColumn:
    """A column of byte strings of any length, read value by value."""

    def __init__(self, section: Section, size: int) -> None:
        self._section = section
        self._size = size

    @cached_property
    def lengths(self) -> Int32s:
        """Per document, the length of its value in bytes."""
        if not len(self._section):
            return np.zeros(self._size, np.int32)
        return Unpacker(self._section.read(_PLAIN.size, self._start)).take(self._size)

    @cached_property
    def _start(self) -> int:
        """Where the values begin."""
        if not len(self._section):
            return 0
        (size,) = _PLAIN.unpack(self._section.read(0, _PLAIN.size))
        return _PLAIN.size + int(size)

    @cached_property
    def _ends(self) -> memoryview:
        return (self._start + np.cumsum(self.lengths, dtype=np.int64)).data

    def __getitem__(self, doc_id: int) -> bytes:
        return bytes(self._section.read(self._ends[doc_id - 1] if doc_id else self._start, self._ends[doc_id]))

    def __iter__(self) -> Iterator[bytes]:
        """Yield the values of all documents, read at once."""
        ends = self._ends.tolist()
        content = bytes(self._section.read(0, ends[-1])) if ends else b""
        return (content[start:end] for start, end in zip([self._start, *ends], ends, strict=False))

    def docs_containing(self, substring: bytes) -> Iterator[int]:
        """Yield the doc ids of values with a substring, ascending, some repeatedly."""
        start, end = self._start, self._ends[-1] if len(self._ends) else 0
        for match in re.finditer(re.escape(substring), self._section.read(start, end)):
            yield bisect_right(self._ends, start + match.start())

    def rows(self, width: int) -> NDArray[np.uint8]:
        """Return values of equal length as rows; they are zeros where not all have that length."""
        if not self._size or not np.all(self.lengths == width):
            return np.zeros((self._size, width), np.uint8)
        content = self._section.read(self._start, self._start + self._size * width)
        return np.frombuffer(content, np.uint8).reshape(-1, width)


def pack_references(values: Sequence[bytes]) -> bytes:
    """Return the section of a column of byte strings of which few are distinct."""
    code_of: dict[bytes, int] = {}
    codes = np.fromiter((code_of.setdefault(value, len(code_of)) for value in values), np.int64, len(values))
    return _REFERENCES.pack(len(code_of)) + pack(codes) + pack_values(list(code_of))


def unpack_references(section: Section, size: int) -> tuple[list[bytes], Int32s]:
    """Return the distinct values of a column, and per document the index of its value."""
    if not len(section):
        return [b""], np.zeros(size, np.int32)
    content = section.read_all()
    (count,) = _REFERENCES.unpack_from(content)
    lists = Unpacker(content, _REFERENCES.size)
    codes = lists.take(size)
    (length,) = _PLAIN.unpack(lists.bytes(_PLAIN.size))
    start = lists.offset
    ends = np.cumsum(lists.take(count), dtype=np.int64) + start + length
    bounds = [start + length, *ends.tolist()]
    return [bytes(content[at:end]) for at, end in pairwise(bounds)], codes
