"""The metadata of a segment, as a commit keeps it.

No other module touches private parts of Whoosh.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from searchkit.engines.whoosh.directory import checksums
from searchkit.engines.whoosh.directory.checksums import Footer

COMPOUND_ENDING = ".seg"
TERMS_ENDING = ".trm"
POSTINGS_ENDING = ".pst"
"""Endings of the compound file, and in it of the term dictionary and the posting lists."""


class SegmentInfo:
    """The name, size and deletions of a segment."""

    def __init__(self, index_name: str, id_: str, size: int, deleted: set[int] | None = None) -> None:
        self._index_name, self._id = index_name, id_
        self.size = size
        """The number of documents, deleted ones included."""
        self.deleted = set(deleted or ())
        """The doc ids of deleted documents."""
        self.field_lengths: dict[str, int] = {}
        """By field: the length of all documents together, in tokens."""
        self.is_compound = False
        """Whether all files are in one compound file."""
        self.to_erase = False
        """Whether the next commit must rewrite it without its deleted documents."""
        self.footer: Footer | None = None
        """The footer of the compound file; None in segments without checksums."""

    @property
    def id(self) -> str:
        """The beginning of the names of all files of the segment."""
        return f"{self._index_name}_{self._id}"

    @property
    def live_count(self) -> int:
        """The number of documents that are not deleted."""
        return self.size - len(self.deleted)

    def file_name(self, ending: str) -> str:
        """Return the name of the file with an ending."""
        return self.id + ending

    def column_file(self, field: str) -> str:
        """Return the name of the file of a field's column."""
        return self.file_name(f".{field}.col")

    def compound_path(self, folder: Path) -> Path:
        """Return the path of the compound file."""
        return folder / self.file_name(COMPOUND_ENDING)

    def has_full_length(self, folder: Path) -> bool:
        """Whether the compound file has its length; raise `OSError` where it is gone."""
        if not self.is_compound:
            return True
        file = self.compound_path(folder)
        return checksums.has_full_length(self.footer, file.stat(follow_symlinks=False).st_size)

    def to_whoosh(self) -> Any:
        """Return the object that Whoosh has for the segment, which tables of contents pickle."""
        from whoosh.codec.whoosh3 import W3Codec, W3Segment

        segment = W3Segment(W3Codec(), self._index_name, self.size, self._id, self.deleted or None)
        segment._fieldlengths, segment.compound, segment.seal = self.field_lengths, self.is_compound, self.footer
        if self.to_erase:
            segment.to_erase = True
        return segment


def segment_info(index_name: str, attributes: dict[str, Any]) -> SegmentInfo:
    """Return the metadata that a table of contents has for a segment.

    Args:
        index_name: The name of the index.
        attributes: The attributes of Whoosh's object, `seal`, the footer, and `to_erase`.

    Raises:
        ValueError: If the values are impossible.
    """
    id_, size, deleted = attributes["segid"], attributes["_doccount"], attributes["_deleted"]
    field_lengths, footer = attributes["_fieldlengths"], attributes.get("seal")
    numbers = (size, *(deleted or ()), *(footer or (0, 0)), *field_lengths.values())
    is_named = attributes["indexname"] == index_name and re.fullmatch("[0-9a-z]+", id_)
    if not (is_named and all(type(number) is int and number >= 0 for number in numbers)):
        raise ValueError("a table of contents has impossible values for a segment")
    info = SegmentInfo(index_name, id_, size, deleted)
    info.field_lengths, info.is_compound, info.footer = field_lengths, bool(attributes["compound"]), footer
    info.to_erase = attributes.get("to_erase") is True
    return info
