"""An `ItemStream` reads a file of many items, each bounded like an article."""

from __future__ import annotations

import io
from codecs import BOM_UTF8
from typing import Any, BinaryIO, cast

from searchkit.errors import ArticleError
from searchkit.readers.sources.files import LARGEST_ARTICLE, File, os_error_message

HEAD = 64 * 1024
"""The bytes at the beginning of a file that tell its kind."""

BROKEN = "; what could be read of it was taken"
"""The end of a sentence about a file that breaks off."""


class ItemStream(io.RawIOBase):
    """The bytes of a file, of any size, of which each item is bounded.

    A reader that holds one item at a time calls `begin_item` at each.
    """

    def __init__(self, file: File) -> None:
        self._file, self._stream = file, file.open()
        self._left = self._allowance
        self._head = b""

    @property
    def _allowance(self) -> int:
        # Buffers read ahead, so an item may seem to begin a little early.
        return LARGEST_ARTICLE + 4 * HEAD

    def begin_item(self) -> None:
        """Allow the bytes of another item."""
        self._left = self._allowance

    def head(self) -> bytes:
        """Return the first bytes of the file without consuming them; a mark of UTF-8 is passed."""
        if not self._head:
            self._head = self._taken(HEAD).removeprefix(BOM_UTF8)
        return self._head

    def readable(self) -> bool:
        """Whether the stream can be read: always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into `buffer`, and return the number of bytes read.

        Raises:
            ArticleError: An item has more bytes than an article may have.
        """
        data, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        data = data or self._taken(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise ArticleError(f"holds an item of more than {LARGEST_ARTICLE // 2**20} MB")
        buffer[: len(data)] = data
        return len(data)

    def buffered(self) -> BinaryIO:
        """Return the stream behind a buffer, for lines and small reads."""
        return cast(BinaryIO, io.BufferedReader(self, HEAD))

    def close(self) -> None:
        """Close the file."""
        self._stream.close()
        super().close()

    def _taken(self, size: int) -> bytes:
        try:
            data = self._stream.read(size)
        except OSError as error:
            raise ArticleError(os_error_message(error)) from error
        self._file.bytes_read += len(data)
        return data


def head_of(file: File) -> bytes:
    """Return the first bytes of a file, which is opened for them alone."""
    with ItemStream(file) as stream:
        return stream.head()
