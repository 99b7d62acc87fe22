"""Find the files behind the paths that a user names."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from searchkit.readers.sources.files import File, ReadingRun, os_error_message
from searchkit.readers.sources.passed_over import BACKUPS, is_hidden, is_leftover
from searchkit.readers.sources.paths import (
    INDEX_MARKER,
    fixed_part,
    is_dangling,
    is_inside,
    is_walked,
    leads_out,
    printable,
    real_path,
)

OnFailure = Callable[[str, str], None]
"""Receives the name of a file that cannot be reached, and the reason."""
LINKS = "links out of their folder passed over (--follow-links reads them)"
"""The remark that counts them."""


def walk(paths: Sequence[str], on_failure: OnFailure, reading: ReadingRun | None = None) -> Iterator[File]:
    """Yield the files behind `paths` in a stable order.

    Failures go to `on_failure`; what is passed over is counted in `reading`, which also says
    whether links are followed.
    """
    reading = reading or ReadingRun()
    for path in paths:
        try:
            yield from _files_of(path, on_failure, reading)
        except OSError as error:
            on_failure(printable(path), os_error_message(error))


def walk_touched(
    folders: Sequence[str], paths: Collection[str], on_failure: OnFailure, reading: ReadingRun | None = None
) -> Iterator[File]:
    """Yield those files of `folders` that are among the real `paths`.

    They have the ids that `walk` gives them.
    """
    reading = reading or ReadingRun()
    for folder in folders:
        named = _NamedFolder(Path(folder), real_path(folder), reading)
        for path in sorted(paths):
            if os.path.isfile(path) and is_walked(folder, path) and named.holds_found(path):  # noqa: PTH113
                relative = os.path.relpath(path, named.real)
                yield from _file(Path(folder, relative), Path(folder), False, on_failure)


def _files_of(path: str, on_failure: OnFailure, reading: ReadingRun) -> Iterator[File]:
    if path == "-":
        yield File(Path("-"), "-", "", True, 0)
    elif Path(path).is_dir():
        yield from _folder(Path(path), on_failure, reading)
    elif Path(path).exists():
        yield from _file(Path(path), Path(path).parent, True, on_failure)
    else:
        yield from _pattern(path, on_failure, reading)


def _file(path: Path, root: Path, is_explicit: bool, on_failure: OnFailure) -> Iterator[File]:
    """Yield one file, whose id is its path below `root`."""
    relative = printable(path.relative_to(root).as_posix())
    try:
        if is_dangling(path):
            raise OSError("a link to a file that is gone")
        if not path.is_file():
            raise OSError("not a regular file")
        yield File(path, relative, str(Path(real_path(root), relative)), is_explicit, path.stat().st_size)
    except OSError as error:
        on_failure(printable(path), os_error_message(error))


@dataclass(frozen=True, slots=True)
class _NamedFolder:
    """A folder that is walked, and what is passed over in it."""

    path: Path
    real: str
    reading: ReadingRun

    def holds(self, path: Path) -> bool:
        """Whether a file or folder is walked; counts what is passed over, but for hidden files."""
        if is_hidden(path.name):
            return False
        reason = BACKUPS if is_leftover(path.name) else LINKS if self._is_refused(path) else ""
        if reason:
            self.reading.remarks[reason] += 1
        return not reason

    def holds_found(self, path: str) -> bool:
        """Whether a file is read that no walk has found; links may also lie above it."""
        is_refused = not self.reading.follow_links and not is_inside(real_path(path), self.real)
        self.reading.remarks[LINKS] += is_refused
        return not is_refused

    def _is_refused(self, path: Path) -> bool:
        return not self.reading.follow_links and leads_out(path, self.real) and not is_dangling(path)


def _folder(folder: Path, on_failure: OnFailure, reading: ReadingRun) -> Iterator[File]:
    def report(error: OSError) -> None:
        on_failure(printable(error.filename), os_error_message(error))

    named = _NamedFolder(folder, real_path(folder), reading)
    visited: set[tuple[int, int]] = set()
    for parent, folder_names, file_names in os.walk(folder, onerror=report, followlinks=True):
        if INDEX_MARKER in file_names or not _is_first_visit(Path(parent), visited):
            folder_names.clear()
            continue
        folder_names[:] = sorted(name for name in folder_names if named.holds(Path(parent, name)))
        for name in sorted(file_names):
            if named.holds(Path(parent, name)):
                yield from _file(Path(parent, name), folder, False, on_failure)


def _is_first_visit(folder: Path, visited: set[tuple[int, int]]) -> bool:
    """Record a folder; a link back into one already walked would never end."""
    status = folder.stat()
    key = (status.st_dev, status.st_ino)
    if key in visited:
        return False
    visited.add(key)
    return True


def _pattern(pattern: str, on_failure: OnFailure, reading: ReadingRun) -> Iterator[File]:
    names = sorted(glob.glob(pattern, recursive=True)) if glob.has_magic(pattern) else []  # noqa: PTH207
    if not names:
        on_failure(printable(pattern), "no such file or folder")
    root = fixed_part(pattern)
    named = _NamedFolder(root, real_path(root), reading)
    for name in names:
        if Path(name).is_file() and named.holds_found(name):
            yield from _file(Path(name), root, True, on_failure)
