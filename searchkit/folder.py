"""Where an index lives: a folder with a small description and one folder of engine files for each generation.

.searchkit/
    searchkit.json      {"format": 1, "generation": "g000002"}: replacing it is what makes a rebuild take effect
    write.lock          held by the one process that writes
    g000002/            the engine's own files
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from searchkit.errors import IndexDamaged, IndexFolderTaken, IndexLocked, IndexNotFound, IndexVersionError

FORMAT = 1
"""Raised whenever indexes made before cannot be read any more."""
_DESCRIPTION = "searchkit.json"
_OWN = frozenset({_DESCRIPTION, "searchkit.new", "write.lock"})


class IndexFolder:
    """The folder of one index."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._description = path / _DESCRIPTION

    def exists(self) -> bool:
        """Whether there is an index here."""
        return self._description.is_file()

    def current(self) -> Path:
        """Return the folder of the current generation; raises `IndexNotFound`, `IndexVersionError`, `IndexDamaged`."""
        if not self.exists():
            raise IndexNotFound(f"there is no index in {self.path}; make one with: searchkit index PATH")
        description = self._describe()
        if description.get("format") != FORMAT:
            raise IndexVersionError(
                f"the index in {self.path} was made by another version of searchkit "
                f"(format {description.get('format')}, this one reads {FORMAT}); "
                "make it anew with: searchkit index --rebuild PATH"
            )
        folder = self.path / str(description.get("generation"))
        if not _is_generation(folder.name) or folder.parent != self.path or not folder.is_dir():
            raise IndexDamaged(f"the index in {self.path} lacks its folder {folder.name}")
        return folder

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
        """Remove what an interrupted rebuild left behind."""
        with suppress(IndexDamaged):
            current = self._describe().get("generation") if self.exists() else None
            self._remove_all_but(current)

    def _remove_all_but(self, current: object) -> None:
        for entry in self.path.iterdir():
            if _is_generation(entry.name) and entry.name != current:
                self.discard(entry)

    def _claim(self) -> None:
        """Make the folder; one that holds other things is left alone."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            strangers = {entry.name for entry in self.path.iterdir()} - _OWN
        except OSError as error:
            raise IndexFolderTaken(
                f"{self.path} cannot be used for an index: {(error.strerror or '').lower()}"
            ) from error
        if strangers and not self.exists() and not all(map(_is_generation, strangers)):
            raise IndexFolderTaken(f"{self.path} holds other things than an index; name an empty or a new folder")

    def begin(self) -> Path:
        """Return the folder for a new generation; nobody sees it before `publish`."""
        numbers = [int(entry.name[1:]) for entry in self.path.iterdir() if _is_generation(entry.name)]
        folder = self.path / f"g{max(numbers, default=0) + 1:06}"
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
        return sum(file.stat().st_size for file in self.current().rglob("*") if file.is_file())

    def last_commit(self) -> str:
        """Return when files last changed: ISO 8601, UTC, to the second."""
        newest = max((file.stat().st_mtime for file in self.current().iterdir()), default=0.0)
        return datetime.fromtimestamp(newest, UTC).isoformat(timespec="seconds")


def _is_generation(name: str) -> bool:
    return name.startswith("g") and name[1:].isdigit()
