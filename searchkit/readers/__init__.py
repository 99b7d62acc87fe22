"""From files to documents: walk what was named, read each file by its format, go on where one cannot be read.

Adding a format: write a module with a function ``read(file: File) -> Iterator[Document]`` that raises `ArticleError`,
and name its endings in `FORMATS`.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from searchkit.changes import Failure
from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers import files, html, jsonl, text
from searchkit.readers.files import File

Reader = Callable[[File], Iterator[Document]]

FORMATS: dict[str, Reader] = {
    "": text.read,
    ".txt": text.read,
    ".text": text.read,
    ".html": html.read,
    ".htm": html.read,
    ".xhtml": html.read,
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
}
"""Which reader takes files of which ending. A file named outright whose ending is not here is read as text."""


class Articles:
    """The articles in files and folders, as an iterable of documents.

    `paths` are files, folders, glob patterns, or ``"-"`` for JSON lines on standard input. A file that cannot be read
    does not stop the rest: it is noted in `failures`, files of other kinds in `skipped`.
    `on_progress(bytes_done, bytes_total)` is called after every document.
    """

    def __init__(
        self, paths: str | Path | Sequence[str | Path], on_progress: Callable[[int, int], None] | None = None
    ) -> None:
        named = [str(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
        self.failures: list[Failure] = []
        self.skipped: Counter[str] = Counter()
        self._on_progress = on_progress or (lambda _done, _total: None)
        self._roots = [files.root(path) for path in named if path != "-"]
        self._files = list(self._readable(files.walk(named, self._fail)))
        self._unreachable = list(self.failures)
        # Such as a closed folder or a disk that is not there: what lies in them is not gone.
        self._out_of_reach = [files.real(failure.path) for failure in self._unreachable]
        self._read: set[str] = set()

    @property
    def total_bytes(self) -> int:
        """The size of all files that will be read."""
        return sum(file.size for file in self._files)

    def __iter__(self) -> Iterator[Document]:
        self.failures[:] = self._unreachable
        self._read = set()
        done, total = 0, self.total_bytes
        for file in self._files:
            try:
                for document in self._reader(file)(file):
                    yield document
                    self._on_progress(done + min(file.consumed, file.size), total)
                self._read.add(file.absolute)
            except ArticleError as error:
                self._fail(file.name, str(error))
            done += file.size

    def covers(self, id_: str, path: str) -> bool:
        """Whether a document from `path` is gone, if it was not met: its file was read whole, or is no longer there."""
        if path in self._read:
            return True
        if not path or os.path.lexists(path) or any(files.lies_in(path, place) for place in self._out_of_reach):
            return False
        return any(files.lies_in(path, root) for root in self._roots)

    def _reader(self, file: File) -> Reader:
        return FORMATS.get(file.suffix, text.read)

    def _readable(self, found: Iterator[File]) -> Iterator[File]:
        for file in found:
            if file.was_named or file.suffix in FORMATS:
                yield file
            else:
                self.skipped[file.suffix] += 1

    def _fail(self, name: str, error: str) -> None:
        self.failures.append(Failure(name, error))
