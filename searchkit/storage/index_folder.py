"""The folder of an index: a description, and a folder for each generation.

.searchkit/
    searchkit.json      {"format": 6, "generation": "g000002-5c1fe902", "checksum": "9d0b..."}:
                        a rebuild takes effect when this file is replaced
    write.lock          held by the one process that writes
    g000002-5c1fe902/   the engine's own files; the number counts up, the rest is random, so that
                        no name comes twice
        searchkit.copy  a copy of the description, for when it is damaged or gone; an unfinished
                        rebuild has none
        devices.json    on which devices the folders of articles lay: see `device_file`
    vectors/            what articles mean, in numbers: see `searchkit.meaning.vector_store`
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from searchkit.errors import (
    IndexDamaged,
    IndexFolderTaken,
    IndexLocked,
    IndexNotFound,
    IndexVersionError,
    IndexWarning,
    OlderIndex,
    StorageError,
)
from searchkit.storage import description, device_file, durable_files

if TYPE_CHECKING:
    from filelock import BaseFileLock

_DESCRIPTION, _COPY, _LOCK, _VECTORS = "searchkit.json", "searchkit.copy", "write.lock", "vectors"
_GENERATION = re.compile(r"g[0-9]{6}-[0-9a-f]{8}")
_OWN_FILES = frozenset({_DESCRIPTION, f"{_DESCRIPTION}.new", _LOCK, _COPY, f"{_COPY}.new"})
"""Names of files of an index. Older indexes have the copy here, which goes at the next write."""
_NO_LOCKS = (errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOLCK)
"""How a file system without locks answers: some network shares, some mounts by FUSE."""
_POLL_INTERVAL = 0.05
"""Seconds between two attempts to get the lock."""


class IndexFolder:
    """The folder of one index; a writer waits `wait` seconds for another writer."""

    def __init__(self, path: Path, wait: float = 0) -> None:
        self.path = path
        self._wait = wait
        self._description = path / _DESCRIPTION
        self._current: Path | None = None
        self._description_state: tuple[int, ...] = ()

    def exists(self) -> bool:
        """Whether there is an index here, even one with a damaged description."""
        return os.path.lexists(self._description) or any(self._copies())

    def current(self) -> Path:
        """Return the folder of the current generation.

        Every search asks for it, so the description is read again only when it was replaced.

        Raises:
            IndexNotFound: there is no index in the folder.
            IndexVersionError: another version of searchkit made the index.
            IndexDamaged: the description or the generation is missing or unreadable.
        """
        state = _file_state(self._description)
        if self._current is None or state != self._description_state:
            self._check_version()
            self._current, self._description_state = self._existing_generation(), state
        return self._current

    def of_any_version(self) -> Path:
        """Return the folder of the current generation, by whichever version it was made."""
        return self._existing_generation()

    def problems(self) -> Iterator[str]:
        """Yield a sentence for each damaged file."""
        for file in (self._description, *self._copies()):
            try:
                description.read(file)
            except (OSError, ValueError):
                yield f"{file} is damaged or gone; put it right with: searchkit verify --repair"
        with suppress(OSError, ValueError):
            generation = self.path / str(description.read(self._description).get("generation"))
            if device_file.is_damaged(generation):
                yield f"{generation / device_file.NAME} is damaged, and is made again as articles are indexed"

    def _existing_generation(self) -> Path:
        while True:
            folder = self._described_generation()
            if folder.is_dir() and not folder.is_symlink():
                return folder
            if folder == self._described_generation():
                raise IndexDamaged(f"the index in {self.path} lacks its folder {folder.name}")

    def _check_version(self) -> None:
        version = self._read_description().get("format")
        if version != description.FORMAT:
            kind = OlderIndex if isinstance(version, int) and version < description.FORMAT else IndexVersionError
            raise kind(
                f"the index in {self.path} was made by another version of searchkit "
                f"(format {version}, this one reads {description.FORMAT}); "
                "rebuild it from its stored articles with: searchkit index --upgrade"
            )

    def _described_generation(self) -> Path:
        """Return the generation that the description names; another may have just replaced it."""
        name = str(self._read_description().get("generation"))
        if not _GENERATION.fullmatch(name):
            raise IndexDamaged(f"{self._description} names no generation")
        return self.path / name

    def _read_description(self) -> dict[str, object]:
        """Read the description, or else the copy in the newest generation that has one."""
        if not self.exists():
            raise IndexNotFound(f"there is no index in {self.path}; make one with: searchkit index PATH")
        try:
            return description.read(self._description)
        except (OSError, ValueError) as error:
            for copy in self._copies():
                with suppress(OSError, ValueError):
                    content = description.read(copy)
                    warnings.warn(
                        f"{self._description} cannot be read, and its copy is used", IndexWarning, stacklevel=1
                    )
                    return content
            raise IndexDamaged(
                f"{self._description} cannot be read; rebuild the index with: searchkit index --rebuild PATH"
            ) from error

    def _copies(self) -> Iterator[Path]:
        """Yield the copies of the description, the newest generation's first."""
        for generation in sorted(self._generations(), reverse=True):
            if os.path.lexists(generation / _COPY):
                yield generation / _COPY

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the write lock; the system frees it when the process dies, in whatever way.

        A folder in which nothing is written, for want of articles, goes again.

        Raises:
            IndexLocked: another process is writing.
            IndexFolderTaken: the folder holds something other than an index.
            StorageError: the file system has no locks.
        """
        is_new = not self.path.exists()
        self._claim()
        lock = self.acquired_lock(self.path)
        try:
            self._clean_up()
            yield
        finally:
            is_left_empty = is_new and self._holds_only_the_lock()
            with suppress(OSError):  # Windows does not delete an open file
                if is_left_empty:
                    (self.path / _LOCK).unlink()
            lock.release()
            with suppress(OSError):
                if is_left_empty:
                    self.path.rmdir()

    def _holds_only_the_lock(self) -> bool:
        return self.path.is_dir() and [entry.name for entry in self.path.iterdir()] == [_LOCK]

    @property
    def vectors(self) -> Path:
        """The folder of vectors, which all generations share."""
        return self.path / _VECTORS

    def acquired_lock(self, folder: Path) -> BaseFileLock:
        """Return the lock of a folder, held; raises as `writing` does."""
        from filelock import FileLock, Timeout  # only here: searching locks nothing

        # A lock that is only a file would outlive a process that is killed.
        lock = FileLock(folder / _LOCK, timeout=self._wait, fallback_to_soft=False)
        try:
            lock.acquire(poll_interval=_POLL_INTERVAL)
        except Timeout as error:
            raise IndexLocked(
                f"another process is writing to the index in {self.path}; to wait for it: --wait SECONDS"
            ) from error
        except OSError as error:
            if error.errno not in _NO_LOCKS:
                raise
            raise StorageError(
                f"the file system of {self.path} has no locks ({error.strerror}), without which two writers would "
                "damage an index; keep the index on another disk"
            ) from error
        return lock

    def _clean_up(self) -> None:
        """Delete the files of an interrupted rebuild, unless the description is unreadable."""
        try:
            current = self.current() if self.exists() else None
        except StorageError:
            return
        if current is not None:
            self._restore_descriptions(current)
        for entry in self._generations():
            if entry != current:
                self.discard(entry)
        for name in (_COPY, f"{_COPY}.new"):
            with suppress(OSError):
                (self.path / name).unlink()

    def _restore_descriptions(self, current: Path) -> None:
        """Write the description and its copy wherever one is damaged or gone.

        Where the disk is full, the next writer does it: one of the two is whole.
        """
        content = description.encode(current.name)
        for file in (self._description, current / _COPY):
            with suppress(OSError):
                if durable_files.read(file) == content:
                    continue
            with suppress(OSError):
                durable_files.put(file, content)

    def _generations(self) -> list[Path]:
        with suppress(FileNotFoundError, NotADirectoryError):
            return [entry for entry in self.path.iterdir() if _GENERATION.fullmatch(entry.name)]
        return []

    def _claim(self) -> None:
        """Make the folder; one that holds other things is left alone."""
        try:
            durable_files.make_folder(self.path)
            names = {entry.name for entry in self.path.iterdir()}
        except OSError as error:
            raise IndexFolderTaken(
                f"{self.path} cannot be used for an index: {(error.strerror or '').lower()}"
            ) from error
        links = sorted(name for name in names if (self.path / name).is_symlink())
        if links:
            raise IndexFolderTaken(
                f"{self.path} holds a link, {links[0]}, and an index never does; name another folder"
            )
        non_files = sorted(name for name in names & _OWN_FILES if not (self.path / name).is_file())
        if non_files:
            raise IndexFolderTaken(f"{self.path / non_files[0]} is no file; remove it, and run the command again")
        strangers = {name for name in names - _OWN_FILES if not _GENERATION.fullmatch(name)}
        if not self.exists() and (strangers or (names and _LOCK not in names)):
            raise IndexFolderTaken(f"{self.path} holds other things than an index; name an empty or a new folder")

    def begin(self) -> Path:
        """Make the folder of a new generation; nobody sees it before `publish`."""
        from secrets import token_hex

        number = max((int(entry.name[1:7]) for entry in self._generations()), default=0) + 1
        folder = self.path / f"g{number:06}-{token_hex(4)}"
        durable_files.make_folder(folder)
        return folder

    def publish(self, generation: Path) -> None:
        """Make a generation the current one, in one step, and delete all others."""
        durable_files.put(self._description, description.encode(generation.name))
        self._clean_up()

    def discard(self, generation: Path) -> None:
        """Delete a generation that is not the current one."""
        shutil.rmtree(generation, ignore_errors=True)

    def size(self) -> int:
        """Return the size of the current generation's files, in bytes."""
        return sum(status.st_size for status in self._statuses())

    def last_commit(self) -> str:
        """Return the time of the newest file: ISO 8601, UTC, to the second."""
        newest = max((status.st_mtime for status in self._statuses()), default=0.0)
        return datetime.fromtimestamp(newest, UTC).isoformat(timespec="seconds")

    def _statuses(self) -> Iterator[os.stat_result]:
        """Yield the status of each engine file; a commit may delete some meanwhile."""
        with suppress(FileNotFoundError):
            for file in self.current().iterdir():
                with suppress(FileNotFoundError):
                    yield file.stat()


def _file_state(file: Path) -> tuple[int, ...]:
    """Return the inode, size and time of a file, empty where there is none."""
    try:
        status = file.stat()
    except OSError:
        return ()
    return status.st_ino, status.st_size, status.st_mtime_ns
