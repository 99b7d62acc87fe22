"""The description of an index: a JSON file that names the current generation."""

from __future__ import annotations

import json
from pathlib import Path
from zlib import crc32

from searchkit.storage import durable_files

FORMAT = 5
"""Raised whenever older indexes cannot be read any more, or lack something: checksums, before 5."""
_MAX_BYTES = 2**16
"""The longest description that is read: far longer than any."""


def encode(generation: str) -> bytes:
    """Return the description of an index whose current generation has that name."""
    content: dict[str, object] = {"format": FORMAT, "generation": generation}
    return (json.dumps(content | {"checksum": _checksum(content)}) + "\n").encode()


def read(file: Path) -> dict[str, object]:
    """Return the content of a description, without its checksum.

    Raises:
        OSError: the file cannot be read.
        ValueError: the file is damaged. Formats before 5 have no checksum.
    """
    try:
        content = json.loads(durable_files.read(file, _MAX_BYTES))
    except RecursionError as error:
        raise ValueError("no description") from error
    if not isinstance(content, dict):
        raise ValueError("no description")
    checksum = content.pop("checksum", None)
    needs_checksum = content.get("format") == FORMAT
    if checksum != _checksum(content) and (checksum is not None or needs_checksum):
        raise ValueError("a description that is not as it was written")
    return content


def _checksum(content: dict[str, object]) -> str:
    return f"{crc32(json.dumps(content, sort_keys=True).encode()):08x}"
