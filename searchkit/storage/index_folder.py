"""Where an index lives: a folder with a small description and one folder of engine files for each generation.

.searchkit/
    searchkit.json      {"format": 5, "generation": "g000002-5c1fe902", "checksum": "9d0b..."}: replacing it makes a
                        rebuild take effect
    write.lock          held by the one process that writes
    g000002-5c1fe902/   the engine's own files; the number counts up, the rest is random, so that no name comes twice
        searchkit.copy  the description once more, for when the first is damaged or gone: an unfinished rebuild has none
"""

from __future__ import annotations

import json
import os
import re
import shutil
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from zlib import crc32

from searchkit.errors import (
    IndexDamaged,
    IndexFolderTaken,
    IndexLocked,
    IndexNotFound,
    IndexVersionError,
    IndexWarning,
    StorageError,
)
from searchkit.storage import durable_files

FORMAT = 5
"""Raised whenever indexes made before cannot be read any more, or lack something: checksums, before 5."""
_DESCRIPTION, _COPY, _LOCK = "searchkit.json", "searchkit.copy", "write.lock"
_GENERATION = re.compile(r"g[0-9]{6}-[0-9a-f]{8}")
_OWN = frozenset({_DESCRIPTION, f"{_DESCRIPTION}.new", _LOCK, _COPY, f"{_COPY}.new"})
"""What is a file of ours. (The copy used to be here, and goes when something is written.)"""
_LONGEST = 2**16
"""Bytes that a description has at most: far more than it needs."""
_POLL = 0.05
"""Seconds between two looks whether the other writer is done."""


class IndexFolder:
    """The folder of one index; who writes waits so many seconds for another writer."""

    def __init__(self, path: Path, wait: float = 0) -> None:
        self.path = path
        self._wait = wait
        self._description = path / _DESCRIPTION
        self._current: Path | None = None
        self._state: tuple[int, ...] = ()

    def exists(self) -> bool:
        """Whether there is an index here, be its description as it may."""
        return os.path.lexists(self._description) or any(self._copies())

    def current(self) -> Path:
        """Return the folder of the current generation; raises `IndexNotFound`, `IndexVersionError`, `IndexDamaged`.

        The description is read again only when it was replaced: this is asked at every search.
        """
        state = _state_of(self._description)
        if self._current is None or state != self._state:
            self._check_version()
            self._current, self._state = self._existing(), state
        return self._current

    def of_any_version(self) -> Path:
        """Return the current generation's folder, whatever version of searchkit has made it."""
        return self._existing()

    def problems(self) -> Iterator[str]:
        """Yield a sentence for each description that is damaged or gone."""
        for file in (self._description, *self._copies()):
            try:
                _read(file)
            except (OSError, ValueError):
                yield f"{file} is damaged or gone; put it right with: searchkit verify --repair"

    def _existing(self) -> Path:
        while True:
            folder = self._named()
            if folder.is_dir() and not folder.is_symlink():
                return folder
            if folder == self._named():
                raise IndexDamaged(f"the index in {self.path} lacks its folder {folder.name}")

    def _check_version(self) -> None:
        version = self._describe().get("format")
        if version != FORMAT:
            raise IndexVersionError(
                f"the index in {self.path} was made by another version of searchkit "
                f"(format {version}, this one reads {FORMAT}); "
                "make it anew from what it stores with: searchkit index --upgrade"
            )

    def _named(self) -> Path:
        """Return the folder that the description names. It may be gone: another may just have taken its place."""
        name = str(self._describe().get("generation"))
        if not _GENERATION.fullmatch(name):
            raise IndexDamaged(f"{self._description} names no generation")
        return self.path / name

    def _describe(self) -> dict[str, object]:
        """Read the description, or else the copy in the newest generation that has one."""
        if not self.exists():
            raise IndexNotFound(f"there is no index in {self.path}; make one with: searchkit index PATH")
        try:
            return _read(self._description)
        except (OSError, ValueError) as error:
            for copy in self._copies():
                with suppress(OSError, ValueError):
                    found = _read(copy)
                    warnings.warn(
                        f"{self._description} cannot be read, and its copy is used", IndexWarning, stacklevel=1
                    )
                    return found
            raise IndexDamaged(
                f"{self._description} cannot be read; make the index anew with: searchkit index --rebuild PATH"
            ) from error

    def _copies(self) -> Iterator[Path]:
        """Yield the copies of descriptions, the newest generation's first."""
        for generation in sorted(self._generations(), reverse=True):
            if os.path.lexists(generation / _COPY):
                yield generation / _COPY

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the one process that writes. The system frees the lock when its holder dies, however it does.

        Raises `IndexLocked` where another is, `IndexFolderTaken` where the folder holds other things.
        """
        from filelock import FileLock, Timeout  # only here: searching locks nothing

        self._claim()
        lock = FileLock(self.path / _LOCK, timeout=self._wait)
        try:
            lock.acquire(poll_interval=_POLL)
        except Timeout as error:
            raise IndexLocked(
                f"another process is writing to the index in {self.path}; to wait for it: --wait SECONDS"
            ) from error
        try:
            self._sweep()
            yield
        finally:
            lock.release()

    def _sweep(self) -> None:
        """Remove what an interrupted rebuild left behind; nothing where the description is not one of ours."""
        try:
            current = self.current() if self.exists() else None
        except StorageError:
            return
        if current is not None:
            self._describe_twice(current)
        for entry in self._generations():
            if entry != current:
                self.discard(entry)
        for name in (_COPY, f"{_COPY}.new"):
            with suppress(OSError):
                (self.path / name).unlink()

    def _describe_twice(self, current: Path) -> None:
        """Make description and copy say the same: one may be damaged or gone.

        Where there is no room for that, the next writer does it: the description is whole, or was just copied from.
        """
        for file in (self._description, current / _COPY):
            with suppress(OSError):
                if durable_files.read(file) == _described(current.name):
                    continue
            with suppress(OSError):
                durable_files.put(file, _described(current.name))

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
        odd = sorted(name for name in names & _OWN if not (self.path / name).is_file())
        if odd:
            raise IndexFolderTaken(f"{self.path / odd[0]} is no file; remove it, and run the command again")
        strangers = {name for name in names - _OWN if not _GENERATION.fullmatch(name)}
        if not self.exists() and (strangers or (names and _LOCK not in names)):
            raise IndexFolderTaken(f"{self.path} holds other things than an index; name an empty or a new folder")

    def begin(self) -> Path:
        """Return the folder for a new generation; nobody sees it before `publish`."""
        from secrets import token_hex

        number = max((int(entry.name[1:7]) for entry in self._generations()), default=0) + 1
        folder = self.path / f"g{number:06}-{token_hex(4)}"
        durable_files.make_folder(folder)
        return folder

    def publish(self, generation: Path) -> None:
        """Make a generation the current one, in one step, and remove all others."""
        durable_files.put(self._description, _described(generation.name))
        self._sweep()

    def discard(self, generation: Path) -> None:
        """Remove a generation that is not, or no longer, the current one."""
        shutil.rmtree(generation, ignore_errors=True)

    def size(self) -> int:
        """Return the bytes of the current generation's files."""
        return sum(status.st_size for status in self._statuses())

    def last_commit(self) -> str:
        """Return when files last changed: ISO 8601, UTC, to the second."""
        newest = max((status.st_mtime for status in self._statuses()), default=0.0)
        return datetime.fromtimestamp(newest, UTC).isoformat(timespec="seconds")

    def _statuses(self) -> Iterator[os.stat_result]:
        """Yield the sizes and times of the engine's files, but for those that a commit removes meanwhile."""
        with suppress(FileNotFoundError):
            for file in self.current().iterdir():
                with suppress(FileNotFoundError):
                    yield file.stat()


def _described(generation: str) -> bytes:
    said: dict[str, object] = {"format": FORMAT, "generation": generation}
    return (json.dumps(said | {"checksum": _checksum(said)}) + "\n").encode()


def _read(file: Path) -> dict[str, object]:
    """Return a description; raises `ValueError` where it is damaged. Those of before format 5 have no checksum."""
    try:
        found = json.loads(durable_files.read(file, _LONGEST))
    except RecursionError as error:
        raise ValueError("no description") from error
    if not isinstance(found, dict):
        raise ValueError("no description")
    checksum = found.pop("checksum", None)
    if checksum != _checksum(found) and (checksum is not None or found.get("format") == FORMAT):
        raise ValueError("a description that is not as it was written")
    return found


def _checksum(said: dict[str, object]) -> str:
    return f"{crc32(json.dumps(said, sort_keys=True).encode()):08x}"


def _state_of(file: Path) -> tuple[int, ...]:
    """Return what tells whether a file was replaced or written, or nothing where there is none."""
    try:
        status = file.stat()
    except OSError:
        return ()
    return status.st_ino, status.st_size, status.st_mtime_ns
