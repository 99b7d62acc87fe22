"""The stored fields and columns of a segment in Whoosh's format; its postings are made anew."""

from __future__ import annotations

import mmap
import struct
import zlib
from collections.abc import Iterator
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.document import Document
from searchkit.engines.whoosh.directory import checksums
from searchkit.engines.whoosh.directory.segment_file import mapped
from searchkit.engines.whoosh.older import safe_pickle
from searchkit.engines.whoosh.older.w3_table import OldSegment, read_varint
from searchkit.engines.whoosh.schema import DIGEST, FACET_COLUMNS

_HEADER = struct.Struct("!qi")
"""The header of the file: the offset and length of a pickled list of its parts."""
_STORED = "_stored"


class OldSegmentReader:
    """Reads the documents of one segment."""

    def __init__(self, folder: Path, segment: OldSegment) -> None:
        self._segment = segment
        self._content = mapped(folder / f"{segment.id}.seg", mmap.ACCESS_COPY)
        if segment.footer is not None:
            checksums.repair(self._content, segment.footer)
        start, length = _HEADER.unpack(self._content[: _HEADER.size])
        self._parts: dict[str, dict[str, int]] = safe_pickle.loads(bytes(self._content[start : start + length]))
        self._columns: dict[str, list[bytes]] = {}

    def document(self, doc_id: int) -> tuple[Document, str]:
        """Return a document, and the digest that it had."""
        stored: dict[str, Any] = safe_pickle.loads(zlib.decompress(self._stored[doc_id]))
        values = {field: _text(self._references(field)[doc_id]) for field in FACET_COLUMNS}
        path = _text(self._paths[doc_id])
        return Document.stored(stored | values | {"path": path}), _text(self._digests[doc_id])

    @cached_property
    def _stored(self) -> _ByteStrings:
        return _ByteStrings(self._part(_STORED), self._segment.size)

    @cached_property
    def _paths(self) -> _ByteStrings:
        return _ByteStrings(self._part("path"), self._segment.size)

    @cached_property
    def _digests(self) -> _ByteStrings:
        return _ByteStrings(self._part(DIGEST), self._segment.size)

    def _references(self, field: str) -> list[bytes]:
        """Return a column of few distinct values."""
        if field not in self._columns:
            self._columns[field] = list(self._read_references(self._part(field)))
        return self._columns[field]

    def _read_references(self, content: memoryview) -> Iterator[bytes]:
        if not content:
            return iter([b""] * self._segment.size)
        codes = np.frombuffer(content, ">u2" if content[-1] == ord("H") else "u1", self._segment.size)
        file = BytesIO(content[codes.nbytes :])
        values = [file.read(read_varint(file)) for _ in range(read_varint(file))]
        return (values[code] for code in codes.tolist())

    def _part(self, field: str) -> memoryview:
        """Return the part of the file that holds a column, an empty one where there is none."""
        part = self._parts.get(f"{self._segment.id}.{field}.col", {"offset": 0, "length": 0})
        return self._content[part["offset"] : part["offset"] + part["length"]]


class _ByteStrings:
    """A column of byte strings: the values, their lengths, the type of the lengths."""

    def __init__(self, content: memoryview, size: int) -> None:
        self._content = content
        self._ends = np.cumsum(_lengths(content, size), dtype=np.int64)

    def __getitem__(self, doc_id: int) -> bytes:
        start = int(self._ends[doc_id - 1]) if doc_id else 0
        return bytes(self._content[start : int(self._ends[doc_id])])


def _lengths(content: memoryview, size: int) -> NDArray[Any]:
    """Return the lengths; offsets may stand between them and the end."""
    if not content:
        return np.zeros(size, np.uint8)
    end = len(content) - 1
    typecode = chr(content[end])
    if typecode == "X":
        typecode, offsets = map(chr, content[end - 2 : end])
        end -= 2 + size * struct.calcsize(offsets)
    dtype = np.dtype(f">{typecode}")
    return np.frombuffer(content[end - size * dtype.itemsize : end], dtype, size)


def _text(value: bytes) -> str:
    return value.decode("utf-8", "surrogatepass")
