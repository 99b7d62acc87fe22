"""Columns as Whoosh's own readers read them, which know all kinds of columns: merging copies them value by value."""

from __future__ import annotations

from typing import Any

from whoosh.filedb.structfile import BufferFile

from searchkit.engines.whoosh.codec.term_dictionary import ByteSource


def reader(file: ByteSource, column: Any, size: int) -> Any:
    """Return Whoosh's reader of a column of that type, a sequence of so many values."""
    return column.reader(_Wanted(file), 0, len(file), size)


class _Wanted(BufferFile):  # type: ignore[misc]
    """A file of ours as Whoosh wants it, which would copy the whole of it. What is read is checked."""

    def __init__(self, file: ByteSource) -> None:
        self._file = file
        self._at = 0
        self.is_real = self.is_closed = False

    def get(self, position: int, length: int) -> bytes:
        return bytes(self._file.piece(position, position + length))

    def read(self, length: int) -> bytes:
        found = self.get(self._at, length)
        self._at += len(found)
        return found

    def seek(self, position: int) -> None:
        self._at = position

    def tell(self) -> int:
        return self._at
