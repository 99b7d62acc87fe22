"""From files to documents: walk what was named, read each file by its format, go on where one cannot be read.

Adding a format: write a module with a function ``read(file: File) -> Iterator[Document]`` that raises `ArticleError`,
and name its endings in `FORMATS`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from searchkit.changes import Failure
from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers import html, jsonl, text
from searchkit.readers.files import File, walk

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

    A file that cannot be read does not stop the rest: it is noted in `failures`, files of other kinds in `skipped`.
    `on_progress(bytes_done, bytes_total)` is called after every document.
    """

    def __init__(self, paths: Sequence[str], on_progress: Callable[[int, int], None] | None = None) -> None:
        self.failures: list[Failure] = []
        self.skipped: Counter[str] = Counter()
        self._on_progress = on_progress or (lambda _done, _total: None)
        self._roots = [Path(path).absolute() for path in paths if path != "-"]
        self._files = list(self._readable(walk(paths, self._fail)))

    @property
    def total_bytes(self) -> int:
        """The size of all files that will be read."""
        return sum(file.size for file in self._files)

    def __iter__(self) -> Iterator[Document]:
        done, total = 0, self.total_bytes
        for file in self._files:
            try:
                for document in self._reader(file)(file):
                    yield document
                    self._on_progress(done + min(file.consumed, file.size), total)
            except ArticleError as error:
                self._fail(file.name, str(error))
            done += file.size

    def covers(self, id_: str, path: str) -> bool:
        """Whether a document from `path` would have been met here, were it still there."""
        here = Path(path)
        named = bool(path) and any(here == root or root in here.parents for root in self._roots)
        return named and not any(self._lies_in(here, failure.path) for failure in self.failures)

    @staticmethod
    def _lies_in(path: Path, failed: str) -> bool:
        place = Path(failed.rpartition(":")[0] if failed.rpartition(":")[2].isdigit() else failed).absolute()
        return path == place or place in path.parents

    def _reader(self, file: File) -> Reader:
        return FORMATS.get(file.suffix, text.read)

    def _readable(self, files: Iterator[File]) -> Iterator[File]:
        for file in files:
            if file.was_named or file.suffix in FORMATS:
                yield file
            else:
                self.skipped[file.suffix] += 1

    def _fail(self, name: str, error: str) -> None:
        self.failures.append(Failure(name, error))
