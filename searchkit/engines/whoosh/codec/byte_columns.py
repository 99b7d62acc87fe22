"""Read Whoosh's columns of byte strings, and of references to distinct ones."""

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


class BytesColumn:
    """A column of byte strings of any length."""

    def __init__(self, file: MappedFile, size: int) -> None:
        self._file = file
        self.lengths = self._read_lengths(file, size)
        """Per document, the length of its value in bytes."""
        self._ends = np.cumsum(self.lengths, dtype=np.int64).data

    def __getitem__(self, doc_id: int) -> memoryview:
        return self._file.read(self._ends[doc_id - 1] if doc_id else 0, self._ends[doc_id])

    def __iter__(self) -> Iterator[bytes]:
        """Yield the values of all documents, read at once."""
        ends = self._ends.tolist()
        content = bytes(self._file.read(0, ends[-1])) if ends else b""
        return (content[start:end] for start, end in zip([0, *ends], ends, strict=False))

    def docs_containing(self, substring: bytes) -> Iterator[int]:
        """Yield the doc ids of values with a substring, ascending, some repeatedly."""
        end = self._ends[-1] if len(self._ends) else 0
        for match in re.finditer(re.escape(substring), self._file.read(0, end)):
            yield bisect_right(self._ends, match.start())

    @staticmethod
    def _read_lengths(file: MappedFile, size: int) -> NDArray[Any]:
        """Read the lengths, which follow the values; offsets may stand between them and the end."""
        if not len(file):
            return np.zeros(size, np.uint8)
        end = len(file) - 1
        typecode = chr(file.get(end, 1)[0])
        if typecode == "X":
            typecode, offsets = map(chr, file.get(end - 2, 2))
            end -= 2 + size * struct.calcsize(offsets)
        dtype = np.dtype(f">{typecode}")
        return np.frombuffer(file.read(end - size * dtype.itemsize, end), dtype, size)


def distinct_values(content: memoryview) -> Iterator[bytes]:
    """Yield the distinct values of a column: a count, then each with its length before it."""
    file = BytesIO(content)
    for _ in range(read_varint(file)):
        yield file.read(read_varint(file))
