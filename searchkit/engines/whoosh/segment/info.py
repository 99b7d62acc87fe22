"""The metadata of a segment, as a commit keeps it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from searchkit.engines.whoosh.directory import checksums
from searchkit.engines.whoosh.directory.checksums import Footer

ENDING = ".seg"
"""The ending of the file of a segment."""


class SegmentInfo:
    """The name, size and deletions of a segment."""

    def __init__(self, index_name: str, id_: str, size: int, deleted: set[int] | None = None) -> None:
        self.index_name, self.short_id = index_name, id_
        self.size = size
        """The number of documents, deleted ones included."""
        self.deleted = set(deleted or ())
        """The doc ids of deleted documents."""
        self.to_erase = False
        """Whether the next commit must rewrite it without its deleted documents."""
        self.footer: Footer = (0, 0)
        """The footer of the file."""

    @property
    def id(self) -> str:
        """The beginning of the name of the file of the segment."""
        return f"{self.index_name}_{self.short_id}"

    @property
    def live_count(self) -> int:
        """The number of documents that are not deleted."""
        return self.size - len(self.deleted)

    def path(self, folder: Path) -> Path:
        """Return the path of the file."""
        return folder / (self.id + ENDING)

    def has_full_length(self, folder: Path) -> bool:
        """Whether the file has its length; raise `OSError` where it is gone."""
        return checksums.has_full_length(self.footer, self.path(folder).stat(follow_symlinks=False).st_size)

    def to_dict(self) -> dict[str, Any]:
        """Return what a table of contents keeps of the segment."""
        numbers = {"size": self.size, "footer": list(self.footer)}
        return {"id": self.short_id, **numbers, "deleted": sorted(self.deleted), "erase": self.to_erase}


def segment_info(index_name: str, values: dict[str, Any]) -> SegmentInfo:
    """Return the metadata that a table of contents has for a segment.

    Args:
        index_name: The name of the index.
        values: What `SegmentInfo.to_dict` has returned.

    Raises:
        ValueError: If the values are impossible.
    """
    id_, size, deleted, footer = (values[name] for name in ("id", "size", "deleted", "footer"))
    numbers = (size, *deleted, *footer)
    is_named = isinstance(id_, str) and re.fullmatch("[0-9a-z]+", id_)
    if not (is_named and len(footer) == 2 and all(type(number) is int and number >= 0 for number in numbers)):
        raise ValueError("a table of contents has impossible values for a segment")
    info = SegmentInfo(index_name, id_, size, set(deleted))
    info.footer, info.to_erase = (footer[0], footer[1]), values["erase"] is True
    return info
