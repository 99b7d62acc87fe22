"""A disk that loses power, or fills up, at any step.

It stands behind `searchkit.storage.durable_files`, which writes all files. A power cut leaves what
was synced: the content of a file as of its last sync, the names in a folder as of the folder's. Of
the rest, anything may have reached the disk.
"""

from __future__ import annotations

import errno
import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from searchkit.storage import durable_files

Names = dict[str, int]
"""The inodes of the files in a folder, by name."""


class WatchedDisk:
    """Calls `step` before each step, and keeps the synced state of all files."""

    def __init__(self, root: Path, patch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.step: Callable[[str], None] = lambda _: None
        files = [path for path in root.rglob("*") if path.is_file()]
        self._contents = {file.stat().st_ino: file.read_bytes() for file in files}
        folders = [folder for folder in (root, *root.rglob("*")) if folder.is_dir()]
        self._names: dict[Path, Names] = {folder: _names(folder) for folder in folders}
        self._watch_durable_files(patch)
        self._watch_paths(patch)

    def _watch_durable_files(self, patch: pytest.MonkeyPatch) -> None:
        create, sync, sync_folder = durable_files.create, durable_files.sync, durable_files.sync_folder

        def watched_create(path: Path) -> Any:
            self.step("create")
            file = create(path)
            self._contents.pop(os.fstat(file.fileno()).st_ino, None)
            return _WatchedFile(file, self)

        def watched_sync(file: Any) -> None:
            self.step("sync")
            sync(file)
            descriptor = file.fileno()
            self._contents[os.fstat(descriptor).st_ino] = os.pread(descriptor, os.fstat(descriptor).st_size, 0)

        def watched_sync_folder(path: Path) -> None:
            self.step("sync folder")
            sync_folder(path)
            self._names[path] = _names(path)

        patch.setattr(durable_files, "create", watched_create)
        patch.setattr(durable_files, "sync", watched_sync)
        patch.setattr(durable_files, "sync_folder", watched_sync_folder)

    def _watch_paths(self, patch: pytest.MonkeyPatch) -> None:
        replace, unlink = Path.replace, Path.unlink

        def watched_replace(old: Path, new: Path) -> Path:
            self.step("replace")
            return replace(old, new)

        def watched_unlink(path: Path, missing_ok: bool = False) -> None:
            self.step("unlink")
            unlink(path, missing_ok)

        patch.setattr(Path, "replace", watched_replace)
        patch.setattr(Path, "unlink", watched_unlink)

    def cut_power(self, copy: Path, chance: random.Random) -> None:
        """Copy the state that a power cut may leave: old or new, where not synced."""
        self._leave(self.root, copy, chance, chance.choice((0.0, 0.5, 1.0)))

    def _leave(self, folder: Path, copy: Path, chance: random.Random, luck: float) -> None:
        synced, current = self._names.get(folder, {}), _names(folder)
        copy.mkdir()
        for name in {*synced, *current}:
            inode = current.get(name) if chance.random() < luck else synced.get(name)
            if inode is not None and (folder / name).is_dir():
                self._leave(folder / name, copy / name, chance, luck)
            elif inode is not None:
                (copy / name).write_bytes(self._content(inode, folder / name, chance))

    def _content(self, inode: int, file: Path, chance: random.Random) -> bytes:
        """Return a file's synced content, or a part of one that never was."""
        if inode in self._contents:
            return self._contents[inode]
        written = file.read_bytes() if file.exists() else b""
        return written[: chance.randrange(len(written) + 1)]


class FullDisk:
    """Allows a number of steps, after which nothing more can be written."""

    def __init__(self, steps: int) -> None:
        self.left = steps

    def __call__(self, step: str) -> None:
        if step in ("create", "write", "sync"):
            self.left -= 1
        if self.left < 0 and step != "unlink":
            raise OSError(errno.ENOSPC, "No space left on device")


class _WatchedFile:
    def __init__(self, file: Any, disk: WatchedDisk) -> None:
        self._file, self._disk = file, disk

    def write(self, content: Any) -> int:
        self._disk.step("write")
        written: int = self._file.write(content)
        return written

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> _WatchedFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()


def _names(folder: Path) -> Names:
    return {entry.name: entry.inode() for entry in os.scandir(folder)}
