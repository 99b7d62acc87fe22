"""The device of each folder of articles.

Where a disk is not mounted, the folder in its place is on another device, and what is missing there
is not gone. A folder is noted only where its device differs from that of the folder above.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Self

from searchkit.readers.sources.devices import device_of, is_same_device
from searchkit.readers.sources.paths import is_inside
from searchkit.readers.sources.roots import Root
from searchkit.storage import device_file


class FolderDevices:
    """Devices remembered, and met in this run.

    Attributes:
        remembered: The device of each folder.
    """

    def __init__(self, remembered: Mapping[str, str]) -> None:
        self.remembered = dict(remembered)
        self._met: dict[str, str] = {}
        """Devices other than the remembered ones, by folder."""
        self._device_of = lru_cache(4096)(device_of)
        self._noted: set[tuple[str, str]] = set()

    @classmethod
    def of(cls, generation: Path | None) -> Self:
        """Return the devices that a generation remembers."""
        return cls({} if generation is None else device_file.read(generation))

    def save(self, generation: Path) -> None:
        """Write the devices; raises `OSError` on failure."""
        device_file.write(generation, self.remembered)

    @property
    def has_met_others(self) -> bool:
        """Whether articles came from other devices than remembered."""
        return bool(self._met)

    def note(self, path: str, root: Root) -> None:
        """Note the device of an article in a root."""
        folder = os.path.dirname(path)  # noqa: PTH120
        if root.path and (folder, root.path) not in self._noted:
            self._noted.add((folder, root.path))
            self._note_folder(folder, root.path)

    def _note_folder(self, folder: str, root: str) -> None:
        device, holder = self._device_of(folder), self._holder(folder)
        if not device:
            return
        top = self._top(folder, root, device)
        if not holder:
            self.remembered[top] = device
        elif not is_same_device(device, self.remembered[holder]):
            self._met[holder if is_inside(holder, top) else top] = device

    def _top(self, folder: str, root: str, device: str) -> str:
        """Return the topmost folder on the same device."""
        while folder != root and is_inside(folder, root):
            above = os.path.dirname(folder)  # noqa: PTH120
            if not is_same_device(self._device_of(above), device):
                break
            folder = above
        return folder

    def is_elsewhere(self, path: str) -> bool:
        """Whether a file's place is on another device now."""
        holder = self._holder(path)
        return bool(holder) and not is_same_device(device_of(path), self.remembered[holder])

    def _holder(self, path: str) -> str:
        """Return the innermost remembered folder around a path."""
        around = (folder for folder in self.remembered if is_inside(path, folder))
        return max(around, key=len, default="")

    def adopt(self, is_settled: Callable[[str], bool]) -> None:
        """Remember the devices of folders that miss nothing.

        Args:
            is_settled: Whether no article of a folder is missing.
        """
        for folder, device in self._met.items():
            if is_settled(folder):
                self.remembered[folder] = device
        self._met = {}
