"""Files in old charsets, handed on in UTF-8 to readers that know nothing else."""

from __future__ import annotations

import codecs
import io
from typing import Any, BinaryIO, cast

from searchkit.readers.sources.charset import charset_of
from searchkit.readers.sources.files import File, PackedFile

_UNCHANGED = ("utf-8", "utf-8-sig")


def in_utf8(file: File) -> File:
    """Return a file whose text is UTF-8: itself, or one of the same id and path.

    Standard input can be read only once, and must be UTF-8.

    Raises:
        ArticleError: The file is no text, is empty, or cannot be read.
    """
    if str(file.path) == "-":
        return file
    with file.open() as stream:
        charset = charset_of(stream)
    if charset in _UNCHANGED:
        return file
    return PackedFile(
        path=file.path, id=file.id, absolute_path=file.absolute_path, is_explicit=file.is_explicit, size=file.size,
        reading=file.reading, url=file.url, saved_at=file.saved_at, inner_name=f"a{file.suffix}",
        opener=lambda: cast(BinaryIO, _Recoded(file.open(), charset)),
    )  # fmt: skip


class _Recoded(io.RawIOBase):
    """A stream in UTF-8 of one in another charset."""

    def __init__(self, stream: BinaryIO, charset: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(charset)("surrogateescape")
        self._rest = b""

    def readable(self) -> bool:
        """Whether the stream can be read: always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read into `buffer`, and return the number of bytes; bytes that are no text stay."""
        is_at_end = False
        while not (self._rest or is_at_end):
            data = self._stream.read(len(buffer))
            is_at_end = not data
            self._rest = self._decoder.decode(data, is_at_end).encode("utf-8", "surrogateescape")
        taken, self._rest = self._rest[: len(buffer)], self._rest[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)

    def close(self) -> None:
        """Close the stream that is read."""
        self._stream.close()
        super().close()
