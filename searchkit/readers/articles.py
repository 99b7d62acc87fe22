"""`Articles` reads the documents behind paths, and goes on after bad files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

from searchkit.changes import Failure
from searchkit.document import Document
from searchkit.readers.reading.events import Event, PassedOver, Unread
from searchkit.readers.reading.file_reading import is_readable
from searchkit.readers.reading.file_readings import FileReadings
from searchkit.readers.reading.limits import FileLimits
from searchkit.readers.sources import archives
from searchkit.readers.sources.files import File, ReadingRun
from searchkit.readers.sources.paths import (
    file_on_disk,
    is_dangling,
    is_gone,
    is_inside,
    printable,
    real_path,
    root_of,
    with_parents,
)
from searchkit.readers.sources.roots import Root
from searchkit.readers.sources.walk import walk, walk_touched

DEFAULT_LIMITS = FileLimits()
_LISTED = 10
"""So many members of an archive that cannot be read are listed one by one."""


class Articles:
    """The articles in files, folders and archives, as an iterable of documents.

    It can be iterated several times; each time the files are read again. A file that cannot be read
    does not stop the rest.

    Attributes:
        failures: The files that cannot be read so far, each with the reason.
        partly_read: The names of files and archives among them that have articles nevertheless.
        skipped: How many files of other formats were passed over, by suffix.
        remarks: How often something was left out or mended, by kind.
        roots: What was named, and where it lies.
    """

    def __init__(
        self,
        paths: str | Path | Sequence[str | Path],
        on_progress: Callable[[int, int], None] | None = None,
        columns: Mapping[str, str] | None = None,
        *,
        by_day: bool = False,
        follow_links: bool = False,
        limits: FileLimits | None = DEFAULT_LIMITS,
    ) -> None:
        """Find the files behind `paths`.

        Args:
            paths: Files, folders, glob patterns, or ``"-"`` for JSON lines on standard input.
            on_progress: Called after every document with the bytes read so far and the bytes of
                all files.
            columns: The column or JSON key of a field of an article, as in ``{"text": "body"}``,
                where it is not one of the usual names.
            by_day: Whether the messages of a chat become one article a day, not one each.
            follow_links: Whether links that lead out of a folder are followed; others always are.
            limits: What one file may take; None lets this process read all files, without limits.
        """
        named = [str(path) for path in ([paths] if isinstance(paths, str | Path) else paths)]
        self.roots = [Root(printable(path), "" if path == "-" else root_of(path)) for path in named]
        self._covered = [root.path for root in self.roots if root.path]
        reading = ReadingRun(columns or {}, by_day, follow_links)
        self._prepare(lambda: walk(named, self._note, reading), on_progress, reading, limits)

    @classmethod
    def touched(
        cls,
        folders: Sequence[str],
        paths: Collection[str],
        columns: Mapping[str, str] | None = None,
        *,
        by_day: bool = False,
        follow_links: bool = False,
        covers_all: bool = False,
        limits: FileLimits | None = DEFAULT_LIMITS,
    ) -> Self:
        """Return the articles of folders that certain files hold, under the same ids.

        Args:
            folders: The folders that the ids are relative to.
            paths: The real paths of the files. Those that do not exist count as gone.
            columns: As for `Articles`.
            by_day: As for `Articles`.
            follow_links: As for `Articles`.
            covers_all: Whether articles are gone, too, that other files of the folders held.
            limits: As for `Articles`.
        """
        articles = cls.__new__(cls)
        articles.roots = [Root(printable(folder), real_path(folder), is_whole=False) for folder in folders]
        articles._covered = [real_path(folder) for folder in folders] if covers_all else list(paths)
        reading = ReadingRun(columns or {}, by_day, follow_links)
        articles._prepare(lambda: walk_touched(folders, paths, articles._note, reading), None, reading, limits)
        return articles

    def _prepare(
        self,
        walk_files: Callable[[], Iterator[File]],
        on_progress: Callable[[int, int], None] | None,
        reading: ReadingRun,
        limits: FileLimits | None,
    ) -> None:
        self.failures: list[Failure] = []
        self.skipped: Counter[str] = Counter()
        self.partly_read: set[str] = set()
        self.remarks = reading.remarks
        self._limits = limits
        self._on_progress = on_progress or (lambda _done, _total: None)
        self._files = [file for file in walk_files() if file.suffix in archives.SUFFIXES or self._is_readable(file)]
        for file in self._files:
            file.reading = reading
        self._failures_of_walk, self._skipped_by_walk = list(self.failures), Counter(self.skipped)
        self._remarks_of_walk = Counter(self.remarks)
        # Such as a closed folder or a disk that is not mounted: the articles in them are not gone.
        failed = (failure.path for failure in self.failures if not is_dangling(failure.path))
        self._unreachable = {real_path(path) for path in failed}
        self._start()

    def _start(self) -> None:
        """Forget everything that an earlier iteration noted."""
        self.failures[:], self.skipped = self._failures_of_walk, Counter(self._skipped_by_walk)
        self.remarks.clear()
        self.remarks.update({kind: count for kind, count in self._remarks_of_walk.items() if count})
        self._missing_libraries: dict[str, tuple[int, int]] = {}
        """By library: the position of its failure, and how many more files need it."""
        self._read_whole: set[str] = set()
        self._unread: set[str] = set()
        self.partly_read.clear()
        self._unread_count = 0

    @property
    def total_bytes(self) -> int:
        """The size of all files that will be read."""
        return sum(file.size for file in self._files)

    def __iter__(self) -> Iterator[Document]:
        self._start()
        done, total = 0, self.total_bytes
        with FileReadings(self._limits) as readings:
            for file, events in readings.of(self._files):
                has_articles, unread_before = False, self._unread_count
                for document in self._documents(file, events):
                    has_articles = True
                    yield document
                    self._on_progress(done + min(file.bytes_read, file.size), total)
                if has_articles and self._unread_count > unread_before:
                    self.partly_read.add(file.name)
                done += file.size

    def covers(self, id_: str, path: str) -> bool:
        """Whether a stored document that was not read again is gone.

        It is gone if its file was read whole, or no longer exists under the named paths.

        Args:
            id_: The id of the document.
            path: The absolute path of the document; members of an archive have paths below its own.
        """
        holder = file_on_disk(path)
        if holder in self._read_whole:
            return True
        is_there = not is_gone(holder) and not is_dangling(holder)
        if not path or is_there or not with_parents(path).isdisjoint(self._unreachable | self._unread):
            return False
        return any(is_inside(path, root) for root in self._covered)

    def _documents(self, file: File, events: Iterator[Event]) -> Iterator[Document]:
        """Yield the documents of a file, or of the members of an archive; note all else."""
        unread_before = self._unread_count
        members: list[Unread] = []
        for event in events:
            if isinstance(event, Document):
                yield event
            elif isinstance(event, PassedOver):
                self.skipped[event.suffix] += 1
            elif isinstance(event, Unread):
                self._unread_count += 1
                self._unread.add(event.path)
                self._note_unread(file, event, members)
        self._note_members(file, members)
        if self._unread_count == unread_before:
            self._read_whole.add(file.absolute_path)

    def _note_unread(self, file: File, unread: Unread, members: list[Unread]) -> None:
        if unread.library:
            self._note_without_library(unread)
        elif unread.name == file.name:
            self._note(unread.name, unread.error)
        else:
            members.append(unread)

    def _note_members(self, file: File, unread: list[Unread]) -> None:
        """Note the members of an archive that cannot be read, many of them in one failure."""
        if len(unread) <= _LISTED:
            for name, error, *_ in unread:
                self._note(name, error)
            return
        names = ", ".join(name.removeprefix(f"{file.name}/") for name, *_ in unread[:_LISTED])
        more = f"{names} and {len(unread) - _LISTED:,} more"
        self._note(file.name, f"holds {len(unread):,} files that cannot be read ({more}); the first {unread[0].error}")

    def _is_readable(self, file: File) -> bool:
        """Whether a file has a known format; counts other files as skipped."""
        if is_readable(file):
            return True
        self.skipped[file.suffix] += 1
        return False

    def _note_without_library(self, unread: Unread) -> None:
        """Note a file in the one failure of its library, which counts files."""
        library = unread.library
        if library not in self._missing_libraries:
            self._missing_libraries[library] = len(self.failures), 0
            self._note(unread.name, unread.error)
            return
        position, more = self._missing_libraries[library]
        self._missing_libraries[library] = position, more + 1
        first = self.failures[position]
        files = "one more file does" if more == 0 else f"{more + 1} more files do"
        error = f"{first.error.split('; ')[0]}; {files}, too"
        self.failures[position] = Failure(first.path, error)

    def _note(self, name: str, error: str) -> None:
        self.failures.append(Failure(name, error))
