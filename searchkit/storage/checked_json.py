"""JSON files with a checksum."""

from __future__ import annotations

import json
from pathlib import Path
from zlib import crc32

from searchkit.storage import durable_files


def encode(content: dict[str, object]) -> bytes:
    """Return the bytes of content and checksum."""
    return (json.dumps(content | {"checksum": checksum(content)}) + "\n").encode()


def read(file: Path, max_bytes: int) -> tuple[dict[str, object], object]:
    """Return the content of a file and its checksum.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is no JSON object, or longer than `max_bytes`.
    """
    try:
        content = json.loads(durable_files.read(file, max_bytes))
    except RecursionError as error:
        raise ValueError("JSON nested too deeply") from error
    if not isinstance(content, dict):
        raise ValueError("no JSON object")
    return content, content.pop("checksum", None)


def checksum(content: dict[str, object]) -> str:
    """Return the checksum of a content."""
    return f"{crc32(json.dumps(content, sort_keys=True).encode()):08x}"
