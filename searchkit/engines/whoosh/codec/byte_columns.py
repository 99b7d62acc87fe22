"""Columns as Whoosh lays them out: byte strings of any length, and references to distinct ones."""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.directory.compound_file import MappedFile
from searchkit.engines.whoosh.directory.toc import read_varint


class Bytes:
    """A column of byte strings of any length."""

    def __init__(self, file: MappedFile, size: int) -> None:
        self._file = file
        self.lengths = self._lengths(file, size)
        self._ends = np.cumsum(self.lengths, dtype=np.int64).data

    def __getitem__(self, number: int) -> memoryview:
        return self._file.piece(self._ends[number - 1] if number else 0, self._ends[number])

    def holding(self, piece: bytes) -> Iterator[int]:
        """Yield the numbers of the strings that hold a piece, ascending; one may come several times."""
        end = self._ends[-1] if len(self._ends) else 0
        for match in re.finditer(re.escape(piece), self._file.piece(0, end)):
            yield bisect_right(self._ends, match.start())

    @staticmethod
    def _lengths(file: MappedFile, size: int) -> NDArray[Any]:
        """Read the lengths, which stand after the strings; between them and the end may stand offsets."""
        if not len(file):
            return np.zeros(size, np.uint8)
        end = len(file) - 1
        kind = chr(file.get(end, 1)[0])
        if kind == "X":
            kind, offsets = map(chr, file.get(end - 2, 2))
            end -= 2 + size * struct.calcsize(offsets)
        numbers = np.dtype(f">{kind}")
        return np.frombuffer(file.piece(end - size * numbers.itemsize, end), numbers, size)


def distinct_values(content: memoryview) -> Iterator[bytes]:
    """Yield the distinct values of a column: before them stands their number, before each its length."""
    file = BytesIO(content)
    for _ in range(read_varint(file)):
        yield file.read(read_varint(file))
