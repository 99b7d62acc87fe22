"""Which files are meant: single files, folders, glob patterns, or ``-`` for standard input."""

from __future__ import annotations

import glob
import os
import re
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from searchkit.errors import ArticleError

LARGEST_ARTICLE = 64 * 1024 * 1024
"""No newspaper article is larger than this (bytes); what is, is a dump of something else."""
_INDEX = "searchkit.json"
"""A folder with this file is an index, and no folder of articles."""

_SUFFIX = re.compile(r"\.[a-z][a-z0-9]{0,7}")

OnFailure = Callable[[str, str], None]


@dataclass(slots=True)
class File:
    """A file to read articles from."""

    path: Path
    id: str
    """The path relative to what the user named: the same whatever the working directory is."""
    absolute: str
    """Where it lies, however the user wrote it: `id` is the end of this. Empty for standard input."""
    was_named: bool
    """Named outright, not met in a folder."""
    size: int
    """Bytes; 0 for standard input."""
    consumed: int = 0
    """Bytes read so far, for the progress bar."""
    columns: Mapping[str, str] = field(default_factory=dict)
    """What the user said of the columns of tables: which field of an article stands under which name."""

    @property
    def name(self) -> str:
        """How messages call it."""
        return printable(self.path)

    @property
    def suffix(self) -> str:
        """The ending that tells the format, lower-case, with its dot; what is no ending (``22.09``) is none."""
        return ending(self.path.name) if str(self.path) != "-" else ".jsonl"

    def open(self) -> BinaryIO:
        """Open it for reading; raises `ArticleError` where the system does not let us."""
        if str(self.path) == "-":
            return os.fdopen(os.dup(sys.stdin.fileno()), "rb")
        try:
            return self.path.open("rb")
        except OSError as error:
            raise ArticleError(reason(error)) from error

    def read(self) -> bytes:
        """Return all of a single article's bytes; raises `ArticleError` for empty, huge and unreadable files."""
        self._check(self.size)
        with self.open() as stream:
            try:
                data = stream.read(LARGEST_ARTICLE + 1)
            except OSError as error:
                raise ArticleError(reason(error)) from error
        self._check(len(data))
        self.consumed = len(data)
        if not data.strip():
            raise ArticleError("is empty")
        return data

    @staticmethod
    def _check(size: int) -> None:
        if size > LARGEST_ARTICLE:
            raise ArticleError(f"is too large for one article ({size // 2**20} MB, at most {LARGEST_ARTICLE // 2**20})")


@dataclass(slots=True, kw_only=True)
class Packed(File):
    """A file that lies in another one."""

    inner: str
    """Its name in there, which tells its format."""
    opener: Callable[[], BinaryIO]

    @property
    def suffix(self) -> str:
        """The ending that tells the format."""
        return ending(self.inner)

    def open(self) -> BinaryIO:
        """Open it for reading; raises `ArticleError`, as reading does."""
        return self.opener()


def standing_for(file: File, data: bytes, inner: str = "") -> Packed:
    """Return what a reader got out of a file, as a file of another format by the same name."""
    return Packed(
        path=file.path, id=file.id, absolute=file.absolute, was_named=True, size=len(data), columns=file.columns,
        inner=inner, opener=lambda: BytesIO(data),
    )  # fmt: skip


def ending(name: str) -> str:
    """Return the ending of a file's name that tells its format, lower-case, with its dot, or nothing."""
    suffix = Path(name).suffix.strip().lower()
    return suffix if _SUFFIX.fullmatch(suffix) else ""


def real(path: str | Path) -> str:
    """Return where a path leads, the same however it was written; letters that are not UTF-8 as ``\\xff``."""
    return printable(os.path.realpath(path))


def printable(path: str | Path) -> str:
    """Return a path as text that can be stored and printed."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def reason(error: OSError) -> str:
    """Return what the system says, as the end of a sentence that began with the file's name."""
    return f"cannot be read: {(error.strerror or str(error)).lower()}"


def walk(paths: Sequence[str], on_failure: OnFailure) -> Iterator[File]:
    """Yield the files that `paths` mean, in a stable order; what cannot be reached goes to `on_failure`."""
    for path in paths:
        try:
            yield from _meant(path, on_failure)
        except OSError as error:
            on_failure(printable(path), reason(error))


def _meant(path: str, on_failure: OnFailure) -> Iterator[File]:
    if path == "-":
        yield File(Path("-"), "-", "", True, 0)
    elif Path(path).is_dir():
        yield from _folder(Path(path), on_failure)
    elif Path(path).exists():
        yield from _file(Path(path), Path(path).parent, True, on_failure)
    else:
        yield from _pattern(path, on_failure)


def _file(path: Path, root: Path, was_named: bool, on_failure: OnFailure) -> Iterator[File]:
    """Yield one file, whose id is its path below `root`."""
    relative = printable(path.relative_to(root).as_posix())
    try:
        if not path.is_file():
            raise OSError("not a regular file")
        yield File(path, relative, str(Path(real(root), relative)), was_named, path.stat().st_size)
    except OSError as error:
        on_failure(printable(path), reason(error))


def _folder(folder: Path, on_failure: OnFailure) -> Iterator[File]:
    def unreadable(error: OSError) -> None:
        on_failure(printable(error.filename), reason(error))

    visited: set[tuple[int, int]] = set()
    for place, names, files in os.walk(folder, onerror=unreadable, followlinks=True):
        if _INDEX in files or not _first_visit(Path(place), visited):
            names.clear()
            continue
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                yield from _file(Path(place, name), folder, False, on_failure)


def _first_visit(place: Path, visited: set[tuple[int, int]]) -> bool:
    """A link that leads back into a folder already walked would never end."""
    status = place.stat()
    key = (status.st_dev, status.st_ino)
    if key in visited:
        return False
    visited.add(key)
    return True


def _pattern(pattern: str, on_failure: OnFailure) -> Iterator[File]:
    found = sorted(glob.glob(pattern, recursive=True)) if glob.has_magic(pattern) else []  # noqa: PTH207
    if not found:
        on_failure(printable(pattern), "no such file or folder")
    for name in found:
        if Path(name).is_file():
            yield from _file(Path(name), _fixed_part(pattern), True, on_failure)


def root(named: str) -> str:
    """Return the file or folder in which all lies that the user named; for a pattern, its part without wild cards."""
    # os.path, not Path: it answers False for names that the system does not take, where Path raises.
    if glob.has_magic(named) and not os.path.exists(named):  # noqa: PTH110
        return real(_fixed_part(named))
    path = Path(named)
    return real(path) if os.path.isdir(named) else str(Path(real(path.parent), path.name))  # noqa: PTH112


def lies_in(path: str, place: str) -> bool:
    """Whether a path is a place or something below it."""
    return path == place or path.startswith(place.rstrip(os.sep) + os.sep)


def places(path: str) -> set[str]:
    """Return a path and all that it lies in."""
    return {path, *map(str, Path(path).parents)}


def on_disk(path: str) -> str:
    """Return the file that holds what was read from `path`: itself, or the archive in which it lies."""
    if not os.path.lexists(path):
        return next((str(place) for place in Path(path).parents if place.is_file()), path)
    return path


def is_met(folder: str, path: str) -> bool:
    """Whether `walk` would meet a file at `path` (a real one) in a folder: nothing hidden, and nothing in an index."""
    if not lies_in(path, real(folder)):
        return False
    within = Path(os.path.relpath(path, real(folder)))
    hidden = any(part.startswith(".") for part in within.parts if part != ".")
    return not hidden and not any(Path(folder, place, _INDEX).is_file() for place in within.parents)


def touched(folders: Sequence[str], paths: Collection[str], on_failure: OnFailure) -> Iterator[File]:
    """Yield those of `paths` (real ones) that `walk` would meet in the folders, under the ids that it gives them."""
    for folder in folders:
        for path in sorted(paths):
            if os.path.isfile(path) and is_met(folder, path):  # noqa: PTH113
                yield from _file(Path(folder, os.path.relpath(path, real(folder))), Path(folder), False, on_failure)


def _fixed_part(pattern: str) -> Path:
    """Return the folder of a glob pattern before its first wild part."""
    fixed = []
    for part in Path(pattern).parts[:-1]:
        if glob.has_magic(part):
            break
        fixed.append(part)
    return Path(*fixed)
