"""Devices of files, told apart by file systems.

A number is given again after a disk is unmounted, and a share may get another number at each start
of the machine. The identity of the file system, where it has one, stays.
"""

from __future__ import annotations

import os
from pathlib import Path

from searchkit.readers.sources.paths import is_dangling, is_gone


def device_of(path: str) -> str:
    """Return the device of a file, or the nearest folder.

    Empty where the system does not tell, as with a share whose server does not answer.
    """
    while (is_gone(path) or is_dangling(path)) and path != os.path.dirname(path):  # noqa: PTH120
        path = os.path.dirname(path)  # noqa: PTH120
    try:
        return f"{Path(path).stat().st_dev}:{_file_system(path)}"
    except OSError:
        return ""


def _file_system(path: str) -> int:
    """Return the identity of a file system, or 0."""
    return os.statvfs(path).f_fsid if hasattr(os, "statvfs") else 0


def is_same_device(one: str, other: str) -> bool:
    """Whether two devices are the same and known."""
    number, _, file_system = one.partition(":")
    other_number, _, other_file_system = other.partition(":")
    if "" in (one, other):
        return False
    if "0" in (file_system, other_file_system):
        return number == other_number
    return file_system == other_file_system
