"""Files that outlive a power cut: synced before they get their names, and the folder after.

All files of an index are written here, so tests can put a disk in its place that is full or loses power. Links are not
followed: an index that came from elsewhere must not lead to other files.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import IO, BinaryIO

_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)
_NO_WAITING = getattr(os, "O_NONBLOCK", 0)
_BINARY = getattr(os, "O_BINARY", 0)


def create(path: Path) -> BinaryIO:
    """Return a new file, open for writing and reading; one that an interrupted run left behind goes."""
    path.unlink(missing_ok=True)
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | _NO_LINKS | _BINARY
    return os.fdopen(os.open(path, flags, 0o666), "w+b")


def open_for_reading(path: Path) -> BinaryIO:
    """Return a file, open for reading; raises `OSError` where it is a link, or a pipe, or anything but a file."""
    number = os.open(path, os.O_RDONLY | _NO_LINKS | _NO_WAITING | _BINARY)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise OSError(errno.ENXIO, "Not a file", str(path))
    return os.fdopen(number, "rb")


def read(path: Path, most: int = -1) -> bytes:
    """Return what is in a file, or so many bytes of it; raises `OSError` where it is a link, or no file."""
    with open_for_reading(path) as file:
        return file.read(most)


def sync(file: IO[bytes]) -> None:
    """Wait until what was written is on the disk."""
    file.flush()
    os.fsync(file.fileno())


def sync_folder(path: Path) -> None:
    """Wait until the names of the files in a folder are on the disk. (Windows does so by itself.)"""
    if os.name == "nt":
        return
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def make_folder(path: Path) -> None:
    """Make a folder, and those above it that are missing, and wait until they are on the disk."""
    if not path.is_dir():
        make_folder(path.parent)
        path.mkdir(exist_ok=True)
        sync_folder(path.parent)


def put(path: Path, content: bytes) -> None:
    """Put a file in the place of another, or of none, in one step; everything else in its folder is synced before."""
    temporary = path.with_name(f"{path.name}.new")
    with create(temporary) as file:
        file.write(content)
        sync(file)
    sync_folder(path.parent)
    temporary.replace(path)
    sync_folder(path.parent)
