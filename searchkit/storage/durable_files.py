"""Files that survive a power cut.

They are synced before they get their names, and their folder after.

All files of an index are written here, so tests can put a disk in its place that is full or loses
power. Links are not followed: an index from elsewhere must not lead to other files.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import IO, BinaryIO

_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_NON_BLOCKING = getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)


def create(path: Path) -> BinaryIO:
    """Return a new file, open for writing and reading.

    It replaces one of an interrupted run.
    """
    path.unlink(missing_ok=True)
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | _NO_FOLLOW | _BINARY
    return os.fdopen(os.open(path, flags, 0o666), "w+b")


def open_for_reading(path: Path) -> BinaryIO:
    """Return a file, open for reading.

    Raises:
        OSError: it is missing, a link, a pipe or another non-file.
    """
    descriptor = os.open(path, os.O_RDONLY | _NO_FOLLOW | _NON_BLOCKING | _BINARY)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(errno.ENXIO, "Not a file", str(path))
    return os.fdopen(descriptor, "rb")


def read(path: Path, max_bytes: int = -1) -> bytes:
    """Return the content of a file, or its first `max_bytes`; raises `OSError` for a non-file."""
    with open_for_reading(path) as file:
        return file.read(max_bytes)


def sync(file: IO[bytes]) -> None:
    """Wait until the content of a file is on the disk."""
    file.flush()
    os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Wait until a folder is on the disk; Windows does so by itself."""
    if os.name == "nt":
        return
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def make_folder(path: Path) -> None:
    """Make a folder and its missing parents, and wait until they are on the disk."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(exist_ok=True)
        sync_folder(path.parent)


def put(path: Path, content: bytes) -> None:
    """Write or replace a file in one step.

    Everything else in its folder is synced before.
    """
    temporary = path.with_name(f"{path.name}.new")
    with create(temporary) as file:
        file.write(content)
        sync(file)
    sync_folder(path.parent)
    temporary.replace(path)
    sync_folder(path.parent)
