"""Find the files behind the paths that a user names."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from searchkit.readers.sources.files import File, os_error_message
from searchkit.readers.sources.paths import INDEX_MARKER, fixed_part, is_dangling, is_walked, printable, real_path

OnFailure = Callable[[str, str], None]
"""Receives the name of a file that cannot be reached, and the reason."""


def walk(paths: Sequence[str], on_failure: OnFailure) -> Iterator[File]:
    """Yield the files behind `paths` in a stable order; failures go to `on_failure`."""
    for path in paths:
        try:
            yield from _files_of(path, on_failure)
        except OSError as error:
            on_failure(printable(path), os_error_message(error))


def walk_touched(folders: Sequence[str], paths: Collection[str], on_failure: OnFailure) -> Iterator[File]:
    """Yield those files of `folders` that are among the real `paths`.

    They have the ids that `walk` gives them.
    """
    for folder in folders:
        for path in sorted(paths):
            if os.path.isfile(path) and is_walked(folder, path):  # noqa: PTH113
                relative = os.path.relpath(path, real_path(folder))
                yield from _file(Path(folder, relative), Path(folder), False, on_failure)


def _files_of(path: str, on_failure: OnFailure) -> Iterator[File]:
    if path == "-":
        yield File(Path("-"), "-", "", True, 0)
    elif Path(path).is_dir():
        yield from _folder(Path(path), on_failure)
    elif Path(path).exists():
        yield from _file(Path(path), Path(path).parent, True, on_failure)
    else:
        yield from _pattern(path, on_failure)


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


def _folder(folder: Path, on_failure: OnFailure) -> Iterator[File]:
    def report(error: OSError) -> None:
        on_failure(printable(error.filename), os_error_message(error))

    visited: set[tuple[int, int]] = set()
    for parent, folder_names, file_names in os.walk(folder, onerror=report, followlinks=True):
        if INDEX_MARKER in file_names or not _is_first_visit(Path(parent), visited):
            folder_names.clear()
            continue
        folder_names[:] = sorted(name for name in folder_names if not name.startswith("."))
        for name in sorted(file_names):
            if not name.startswith("."):
                yield from _file(Path(parent, name), folder, False, on_failure)


def _is_first_visit(folder: Path, visited: set[tuple[int, int]]) -> bool:
    """Record a folder; a link back into one already walked would never end."""
    status = folder.stat()
    key = (status.st_dev, status.st_ino)
    if key in visited:
        return False
    visited.add(key)
    return True


def _pattern(pattern: str, on_failure: OnFailure) -> Iterator[File]:
    names = sorted(glob.glob(pattern, recursive=True)) if glob.has_magic(pattern) else []  # noqa: PTH207
    if not names:
        on_failure(printable(pattern), "no such file or folder")
    for name in names:
        if Path(name).is_file():
            yield from _file(Path(name), fixed_part(pattern), True, on_failure)
