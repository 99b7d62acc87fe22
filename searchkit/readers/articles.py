"""From files to documents: walk what was named, read each file by its format, go on where one cannot be read.

Adding a format: write a module with a function ``read(file: File) -> Iterator[Document]`` that raises `ArticleError`,
and name its endings in `FORMATS`. What a user may hand over is listed in ``docs/formats.md``.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.formats import docx, feeds, html, jsonl, markdown, mht, pdf, tables, text
from searchkit.readers.sources import archives, files
from searchkit.readers.sources.files import File
from searchkit.results import Failure

Reader = Callable[[File], Iterator[Document]]

FORMATS: dict[str, Reader] = {
    "": text.read,
    ".txt": text.read,
    ".text": text.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
    ".html": html.read,
    ".htm": html.read,
    ".xhtml": html.read,
    ".mht": mht.read,
    ".mhtml": mht.read,
    ".json": jsonl.read,
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
    ".csv": tables.read,
    ".tsv": tables.read,
    ".xml": feeds.read,
    ".rss": feeds.read,
    ".atom": feeds.read,
    ".pdf": pdf.read,
    ".docx": docx.read,
}
"""Which reader takes files of which ending. A file named outright whose ending is not here is read as text."""


class Articles:
    """The articles in files, folders and archives, as an iterable of documents.

    `paths` are files, folders, glob patterns, or ``"-"`` for JSON lines on standard input. A file that cannot be read
    does not stop the rest: it is noted in `failures`, files of other kinds in `skipped`.
    `on_progress(bytes_done, bytes_total)` is called after every document. `columns` tells under which names the fields
    of articles stand in tables and JSON, as in ``{"text": "body"}``, where they are not the usual ones.
    """

    def __init__(
        self,
        paths: str | Path | Sequence[str | Path],
        on_progress: Callable[[int, int], None] | None = None,
        columns: Mapping[str, str] | None = None,
    ) -> None:
        named = [str(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
        self._roots = [files.root(path) for path in named if path != "-"]
        self._prepare(lambda: files.walk(named, self._note), on_progress, columns)

    @classmethod
    def touched(cls, folders: Sequence[str], paths: Collection[str], columns: Mapping[str, str] | None = None) -> Self:
        """Return those articles of some folders that are in certain files (real paths), under the ids that they have.

        Files among them that are no longer there count as gone.
        """
        articles = cls.__new__(cls)
        articles._roots = list(paths)
        articles._prepare(lambda: files.touched(folders, paths, articles._note), None, columns)
        return articles

    def _prepare(
        self,
        walk: Callable[[], Iterator[File]],
        on_progress: Callable[[int, int], None] | None,
        columns: Mapping[str, str] | None,
    ) -> None:
        self.failures: list[Failure] = []
        self.skipped: Counter[str] = Counter()
        self._on_progress = on_progress or (lambda _done, _total: None)
        self._files = list(self._readable(walk()))
        for file in self._files:
            file.columns = columns or {}
        self._first = list(self.failures), Counter(self.skipped)
        # Such as a closed folder or a disk that is not there: what lies in them is not gone.
        self._out_of_reach = {files.real(failure.path) for failure in self.failures}
        self._read: set[str] = set()

    @property
    def total_bytes(self) -> int:
        """The size of all files that will be read."""
        return sum(file.size for file in self._files)

    def __iter__(self) -> Iterator[Document]:
        self.failures[:], self.skipped = self._first[0], Counter(self._first[1])
        self._read = set()
        done, total = 0, self.total_bytes
        for file in self._files:
            for document in self._documents(file):
                yield document
                self._on_progress(done + min(file.consumed, file.size), total)
            done += file.size

    def covers(self, id_: str, path: str) -> bool:
        """Whether a document from `path` is gone, if it was not met: its file was read whole, or is no longer there."""
        holder = files.on_disk(path)
        if holder in self._read:
            return True
        if not path or os.path.lexists(holder) or files.places(path) & self._out_of_reach:
            return False
        return any(files.lies_in(path, root) for root in self._roots)

    def _documents(self, file: File) -> Iterator[Document]:
        """Yield what is in a file, or in the files of an archive."""
        failed = len(self.failures)
        try:
            for part in archives.unpacked(file, self._fail):
                if self._is_readable(part):
                    yield from self._articles(part)
        except ArticleError as error:
            self._fail(file, str(error))
        if len(self.failures) == failed:
            self._read.add(file.absolute)

    def _articles(self, file: File) -> Iterator[Document]:
        try:
            yield from FORMATS.get(file.suffix, text.read)(file)
        except ArticleError as error:
            self._fail(file, str(error))
        except Exception as error:  # libraries raise nearly anything over broken files, and the rest must go on
            self._fail(file, f"cannot be read ({type(error).__name__}: {error})")

    def _readable(self, found: Iterator[File]) -> Iterator[File]:
        return (file for file in found if file.suffix in archives.SUFFIXES or self._is_readable(file))

    def _is_readable(self, file: File) -> bool:
        """Whether a file is of a kind that is read; counts it if not."""
        if file.was_named or file.suffix in FORMATS:
            return True
        self.skipped[file.suffix] += 1
        return False

    def _fail(self, file: File, error: str) -> None:
        self._note(file.name, error)

    def _note(self, name: str, error: str) -> None:
        self.failures.append(Failure(name, error))
