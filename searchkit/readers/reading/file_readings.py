"""`FileReadings` reads files in order: small plain ones here, all others in a child process."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Self

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.formats import jsonl, tables, text
from searchkit.readers.formats.registry import Reader, reader_of
from searchkit.readers.reading.children import Children
from searchkit.readers.reading.events import Event
from searchkit.readers.reading.file_reading import is_readable, read_file
from searchkit.readers.reading.limits import FileLimits
from searchkit.readers.sources import archives
from searchkit.readers.sources.files import File

_PLAIN = frozenset({text.read, jsonl.read, tables.read})
"""Readers whose work is known to grow as the file does."""
_SMALL = 64 * 1024
"""The bytes of a plain file that is read in this process."""
_AHEAD = 8
"""So many files ahead a child may read while this process indexes."""
_OURS = "searchkit."


class FileReadings:
    """The reading of many files, whose child process works in the block."""

    def __init__(self, limits: FileLimits | None) -> None:
        """Prepare to read; without `limits`, all files are read in this process."""
        self._children = Children(limits) if limits else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._children:
            self._children.release()

    def of(self, files: Iterable[File]) -> Iterator[tuple[File, Iterator[Event]]]:
        """Yield each file with its events, which must be consumed before the next file."""
        rest = iter(files)
        begun: deque[tuple[File, Iterator[Event]]] = deque()
        while True:
            while len(begun) < _AHEAD and (file := next(rest, None)):
                begun.append((file, self._begun(file)))
            if not begun:
                return
            yield begun.popleft()

    def _begun(self, file: File) -> Iterator[Event]:
        reader = _reader_here(file) if self._children else None
        if reader or not self._children:
            return read_file(file, reader)
        self._children.ask(file)
        return self._children.events()


def _reader_here(file: File) -> Reader | None:
    """Return the reader of a file that is read in this process.

    These are small plain texts, standard input, and formats that a program has added.
    """
    if file.suffix in archives.SUFFIXES or not is_readable(file):
        return None
    try:
        reader = reader_of(file)
    except ArticleError as error:
        return _failing(error)
    is_small_text = reader in _PLAIN and file.size <= _SMALL
    is_foreign = not getattr(reader, "__module__", "").startswith(_OURS)
    return reader if is_small_text or is_foreign or str(file.path) == "-" else None


def _failing(error: ArticleError) -> Reader:
    def fail(_: File) -> Iterator[Document]:
        raise error

    return fail
