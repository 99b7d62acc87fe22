"""Where an index lives: a folder with a small description and one folder of engine files for each generation.

.searchkit/
    searchkit.json      {"format": 4, "generation": "g000002-5c1fe902"}: replacing it makes a rebuild take effect
    write.lock          held by the one process that writes
    g000002-5c1fe902/   the engine's own files; the number counts up, the rest is random, so that no name comes twice
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from searchkit.errors import (
    IndexDamaged,
    IndexFolderTaken,
    IndexLocked,
    IndexNotFound,
    IndexVersionError,
    StorageError,
)

FORMAT = 4
"""Raised whenever indexes made before cannot be read any more."""
_DESCRIPTION = "searchkit.json"
_GENERATION = re.compile(r"g[0-9]{6}-[0-9a-f]{8}")
_OWN = frozenset({_DESCRIPTION, "searchkit.new", "write.lock"})


class IndexFolder:
    """The folder of one index."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._description = path / _DESCRIPTION
        self._current: Path | None = None
        self._state: tuple[int, ...] = ()

    def exists(self) -> bool:
        """Whether there is an index here."""
        return self._description.is_file()

    def current(self) -> Path:
        """Return the folder of the current generation; raises `IndexNotFound`, `IndexVersionError`, `IndexDamaged`.

        The description is read again only when it was replaced: this is asked at every search.
        """
        state = _state_of(self._description)
        if self._current is None or state != self._state:
            self._current, self._state = self._existing(), state
        return self._current

    def _existing(self) -> Path:
        while True:
            folder = self._named()
            if folder.is_dir():
                return folder
            if folder == self._named():
                raise IndexDamaged(f"the index in {self.path} lacks its folder {folder.name}")

    def _named(self) -> Path:
        """Return the folder that the description names. It may be gone: another may just have taken its place."""
        if not self.exists():
            raise IndexNotFound(f"there is no index in {self.path}; make one with: searchkit index PATH")
        description = self._describe()
        if description.get("format") != FORMAT:
            raise IndexVersionError(
                f"the index in {self.path} was made by another version of searchkit "
                f"(format {description.get('format')}, this one reads {FORMAT}); "
                "make it anew with: searchkit index --rebuild PATH"
            )
        name = str(description.get("generation"))
        if not _GENERATION.fullmatch(name):
            raise IndexDamaged(f"{self._description} names no generation")
        return self.path / name

    def _describe(self) -> dict[str, object]:
        try:
            found = json.loads(self._description.read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise IndexDamaged(
                f"{self._description} cannot be read; make the index anew with: searchkit index --rebuild PATH"
            ) from error
        return found if isinstance(found, dict) else {}

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the one process that writes.

        Raises `IndexLocked` where another is, `IndexFolderTaken` where the folder holds other things.
        """
        from filelock import FileLock, Timeout  # only here: searching locks nothing

        self._claim()
        lock = FileLock(self.path / "write.lock", timeout=0)
        try:
            lock.acquire()
        except Timeout as error:
            raise IndexLocked(f"another process is writing to the index in {self.path}") from error
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
        for entry in self._generations():
            if entry != current:
                self.discard(entry)

    def _generations(self) -> list[Path]:
        return [entry for entry in self.path.iterdir() if _GENERATION.fullmatch(entry.name)]

    def _claim(self) -> None:
        """Make the folder; one that holds other things is left alone."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            names = {entry.name for entry in self.path.iterdir()}
        except OSError as error:
            raise IndexFolderTaken(
                f"{self.path} cannot be used for an index: {(error.strerror or '').lower()}"
            ) from error
        strangers = {name for name in names - _OWN if not _GENERATION.fullmatch(name)}
        if not self.exists() and (strangers or (names and "write.lock" not in names)):
            raise IndexFolderTaken(f"{self.path} holds other things than an index; name an empty or a new folder")

    def begin(self) -> Path:
        """Return the folder for a new generation; nobody sees it before `publish`."""
        from secrets import token_hex

        number = max((int(entry.name[1:7]) for entry in self._generations()), default=0) + 1
        folder = self.path / f"g{number:06}-{token_hex(4)}"
        folder.mkdir()
        return folder

    def publish(self, generation: Path) -> None:
        """Make a generation the current one, in one step, and remove all others."""
        temporary = self._description.with_suffix(".new")
        temporary.write_text(json.dumps({"format": FORMAT, "generation": generation.name}) + "\n", "utf-8")
        temporary.replace(self._description)
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


def _state_of(file: Path) -> tuple[int, ...]:
    """Return what tells whether a file was replaced or written, or nothing where there is none."""
    try:
        status = file.stat()
    except OSError:
        return ()
    return status.st_ino, status.st_size, status.st_mtime_ns
