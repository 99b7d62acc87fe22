"""The description of an index: a JSON file that names the current generation."""

from __future__ import annotations

from pathlib import Path

from searchkit.storage import checked_json

FORMAT = 6
"""Raised whenever older indexes cannot be read any more, or lack something.

Before 5 they had no checksums; before 6 they were in Whoosh's own format.
"""
_MAX_BYTES = 2**16
"""The longest description that is read: far longer than any."""


def encode(generation: str) -> bytes:
    """Return the description of an index whose current generation has that name."""
    return checked_json.encode({"format": FORMAT, "generation": generation})


def read(file: Path) -> dict[str, object]:
    """Return the content of a description, without its checksum.

    Raises:
        OSError: the file cannot be read.
        ValueError: the file is damaged. Formats before 5 have no checksum.
    """
    content, checksum = checked_json.read(file, _MAX_BYTES)
    needs_checksum = content.get("format") in (5, FORMAT)
    if checksum != checked_json.checksum(content) and (checksum is not None or needs_checksum):
        raise ValueError("a description that is not as it was written")
    return content
