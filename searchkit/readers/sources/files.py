"""A `File` holds articles: on disk, in an archive, on standard input."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from searchkit.errors import ArticleError
from searchkit.readers.sources.paths import printable, suffix_of

LARGEST_ARTICLE = 64 * 1024 * 1024
"""The most bytes of one article: a larger file is a dump of something else."""


def _nobody_counts(_letters: int) -> None:
    pass


@dataclass(slots=True)
class ReadingRun:
    """One reading of many files: options for readers, and remarks by them."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """The column of a table that the user gave for each field of an article."""
    by_day: bool = False
    """Whether the messages of a day become one article."""
    follow_links: bool = False
    """Whether links that lead out of the folder with them are followed."""
    remarks: Counter[str] = field(default_factory=Counter)
    """How often something was left out or mended, by kind: *redirects left out*."""
    on_letters: Callable[[int], None] = _nobody_counts
    """Receives how many letters of text were read, before their article is whole."""


@dataclass(slots=True)
class File:
    """A file to read articles from."""

    path: Path
    id: str
    """The path relative to the named root, the same in every working directory."""
    absolute_path: str
    """The resolved path, which ends with `id`; empty for standard input."""
    is_explicit: bool
    """Whether the user named the file itself, and no folder or archive around it."""
    size: int
    """Bytes; 0 for standard input."""
    bytes_read: int = 0
    """Bytes read so far, for the progress bar."""
    reading: ReadingRun = field(default_factory=ReadingRun)
    url: str = ""
    """The address of a page that was saved, if the file around it tells that."""
    saved_at: datetime | None = None
    """When the page was saved, if the file around it tells that; else the file's time counts."""

    @property
    def columns(self) -> Mapping[str, str]:
        """The column of a table that the user gave for each field of an article."""
        return self.reading.columns

    def remark(self, kind: str, count: int = 1) -> None:
        """Count something that the user is told in one sentence for all files.

        Args:
            kind: A plural and a participle: ``"redirects left out"``.
            count: How often it happened.
        """
        self.reading.remarks[kind] += count

    @property
    def name(self) -> str:
        """The name of the file in messages."""
        return printable(self.path)

    @property
    def suffix(self) -> str:
        """The suffix that tells the format: see `suffix_of`."""
        return suffix_of(self.path.name) if str(self.path) != "-" else ".jsonl"

    def open(self) -> BinaryIO:
        """Open the file for reading; raises `ArticleError` where the system refuses."""
        if str(self.path) == "-":
            return os.fdopen(os.dup(sys.stdin.fileno()), "rb")
        try:
            return self.path.open("rb")
        except OSError as error:
            raise ArticleError(os_error_message(error)) from error

    def read(self) -> bytes:
        """Return all bytes of a single article.

        Raises:
            ArticleError: The file is empty, too large, or cannot be read.
        """
        self._check(self.size)
        with self.open() as stream:
            try:
                data = stream.read(LARGEST_ARTICLE + 1)
            except OSError as error:
                raise ArticleError(os_error_message(error)) from error
        self._check(len(data))
        self.bytes_read = len(data)
        if not data.strip():
            raise ArticleError("is empty")
        return data

    @staticmethod
    def _check(size: int) -> None:
        if size > LARGEST_ARTICLE:
            raise ArticleError(f"is too large for one article ({size // 2**20} MB, at most {LARGEST_ARTICLE // 2**20})")


@dataclass(slots=True, kw_only=True)
class PackedFile(File):
    """A file inside another file."""

    inner_name: str
    """The name inside the other file, which tells the format."""
    opener: Callable[[], BinaryIO]

    @property
    def suffix(self) -> str:
        """The suffix that tells the format: see `suffix_of`."""
        return suffix_of(self.inner_name)

    def open(self) -> BinaryIO:
        """Open the file for reading; raises `ArticleError`, as reading it does."""
        return self.opener()


def with_content(file: File, data: bytes, inner_name: str = "") -> PackedFile:
    """Return a file of the same id and path with other content.

    One reader hands converted content to another reader this way: a PDF becomes plain text.
    """
    return PackedFile(
        path=file.path, id=file.id, absolute_path=file.absolute_path, is_explicit=True, size=len(data),
        reading=file.reading, inner_name=inner_name, opener=lambda: BytesIO(data),
    )  # fmt: skip


def os_error_message(error: OSError) -> str:
    """Return the system's reason as the end of a sentence about the file."""
    return f"cannot be read: {(error.strerror or str(error)).lower()}"
