"""The file that remembers devices of folders.

An index of an earlier version has none; it gets one as its folders are indexed next.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from searchkit.storage import checked_json, durable_files

NAME = "devices.json"
_MAX_BYTES = 2**26
"""The longest file that is read: some hundred thousand folders."""


def read(generation: Path) -> dict[str, str]:
    """Return the device of each folder, if readable."""
    try:
        return _read(generation)
    except (OSError, ValueError):
        return {}


def write(generation: Path, devices: Mapping[str, str]) -> None:
    """Write the device of each folder, if changed.

    Raises:
        OSError: the file cannot be written.
    """
    if devices != read(generation):
        durable_files.put(generation / NAME, checked_json.encode({"devices": dict(devices)}))


def is_damaged(generation: Path) -> bool:
    """Whether the file is there and unreadable."""
    try:
        _read(generation)
    except FileNotFoundError:
        return False
    except (OSError, ValueError):
        return True
    return False


def _read(generation: Path) -> dict[str, str]:
    content, checksum = checked_json.read(generation / NAME, _MAX_BYTES)
    devices = content.get("devices")
    if checksum != checked_json.checksum(content) or not isinstance(devices, dict):
        raise ValueError("a file that is not as it was written")
    return {str(folder): str(device) for folder, device in devices.items()}
