"""Open Whoosh's own column readers over our files, to merge any kind of column."""

from __future__ import annotations

from typing import Any

from whoosh.filedb.structfile import BufferFile

from searchkit.engines.whoosh.codec.term_dictionary import ByteSource


def column_reader(file: ByteSource, column: Any, size: int) -> Any:
    """Return Whoosh's reader for a type of column, a sequence of `size` values."""
    return column.reader(_BufferFile(file), 0, len(file), size)


class _BufferFile(BufferFile):  # type: ignore[misc]
    """One of our files with Whoosh's interface.

    Whoosh's own class copies the whole file, and checks nothing.
    """

    def __init__(self, file: ByteSource) -> None:
        self._file = file
        self._position = 0
        self.is_real = self.is_closed = False

    def get(self, position: int, length: int) -> bytes:
        return bytes(self._file.read(position, position + length))

    def read(self, length: int) -> bytes:
        content = self.get(self._position, length)
        self._position += len(content)
        return content

    def seek(self, position: int) -> None:
        self._position = position

    def tell(self) -> int:
        return self._position
