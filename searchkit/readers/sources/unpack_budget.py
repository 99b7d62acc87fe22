"""An `UnpackBudget` bounds the files and bytes that an archive yields."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, BinaryIO

from searchkit.errors import ArticleError

MAX_FILES = 100_000
"""The most files of one archive, with those of the archives nested in it."""
MAX_BYTES = 8 * 2**30
"""The most bytes that may come out of one archive, if it is not large itself."""
LARGE_RATIO = 20
"""The bytes out for a byte in that a large archive may yield in any case: a dump of a wiki."""
MAX_RATIO = 200
"""The most bytes out for a byte in. Texts shrink 3 to 10 times, short feeds up to 50 times."""
_ALWAYS_ALLOWED = 64 * 2**20
"""Bytes that may come out of even the smallest archive."""


class UnpackBudget:
    """The files and bytes that an archive of `size` bytes may still yield."""

    def __init__(self, size: int) -> None:
        self._files = MAX_FILES
        self._bytes = min(max(MAX_BYTES, LARGE_RATIO * size), max(_ALWAYS_ALLOWED, MAX_RATIO * size))
        self.is_spent = False

    def reserve(self, files: int, size: int) -> None:
        """Count `files` members of `size` bytes in all.

        Raises:
            ArticleError: There are too many files, or more bytes in them than may still come out.
        """
        self._files -= files
        if self._files < 0:
            self._refuse(f"holds more than {MAX_FILES} files")
        if size > self._bytes:
            self._refuse("holds far more than an archive of articles would")

    def spend(self, size: int) -> None:
        """Take `size` bytes; raises `ArticleError` if there are no more."""
        self._bytes -= size
        if self._bytes < 0:
            self._refuse("holds far more than an archive of articles would")

    def _refuse(self, sentence: str) -> None:
        self.is_spent = True
        raise ArticleError(f"{sentence}, and is not unpacked")


class BudgetedStream(io.RawIOBase):
    """A stream out of an archive whose reader spends a budget.

    The errors in `damage` become an `ArticleError`. The stream `below` is closed with it.
    """

    def __init__(
        self,
        stream: Any,
        spend: Callable[[int], None],
        below: BinaryIO | None,
        damage: tuple[type[Exception], ...],
    ) -> None:
        self._stream, self._spend, self._below, self._damage = stream, spend, below, damage

    def readable(self) -> bool:
        """Whether the stream can be read: always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into `buffer`, and return the number of bytes read."""
        try:
            data = self._stream.read(len(buffer))
        except self._damage as error:
            raise ArticleError("is damaged, and cannot be unpacked") from error
        self._spend(len(data))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close this stream and the one below."""
        for stream in (self._stream, self._below):
            if stream is not None:
                stream.close()
        super().close()
