"""Whoosh's view of the documents of a segment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

import numpy as np
from whoosh.codec import base
from whoosh.columns import ColumnReader

from searchkit.engines.whoosh.codec.packed_ints import Int32s
from searchkit.engines.whoosh.schema import (
    BYTES_COLUMNS,
    DIGEST,
    ID,
    REFERENCE_COLUMNS,
    TERMS,
    TEXT_LENGTH,
    TITLE_LENGTH,
    TOKEN_OFFSETS,
)
from searchkit.engines.whoosh.segment.core import SegmentCore


class PerDocumentReader(base.PerDocumentReader):  # type: ignore[misc]
    """Reads stored fields, columns and lengths."""

    def __init__(self, core: SegmentCore, segment: Any) -> None:
        self._core, self._segment = core, segment
        self._columns: dict[str, Callable[[str], list[Any]]] = {
            **dict.fromkeys(BYTES_COLUMNS, self._bytes),
            **dict.fromkeys(REFERENCE_COLUMNS, self._references),
            **dict.fromkeys((TEXT_LENGTH, TITLE_LENGTH), self._numbers),
            DIGEST: self._digests,
            TOKEN_OFFSETS: self._offsets,
        }

    def doc_count(self) -> int:
        """Return the number of documents that are not deleted."""
        count: int = self._segment.doc_count()
        return count

    def doc_count_all(self) -> int:
        """Return the number of documents, deleted ones included."""
        return self._core.size

    def has_deletions(self) -> bool:
        """Whether any documents are deleted."""
        return bool(self._segment.has_deletions())

    def is_deleted(self, docnum: int) -> bool:
        """Whether a document is deleted."""
        return bool(self._segment.is_deleted(docnum))

    def deleted_docs(self) -> set[int]:
        """Return the doc ids of deleted documents."""
        deleted: set[int] = self._segment.deleted_docs()
        return deleted

    def supports_columns(self) -> bool:
        """Return that there are columns."""
        return True

    def has_column(self, fieldname: str) -> bool:
        """Whether a field has a column."""
        return fieldname in self._columns

    def list_columns(self) -> Iterator[str]:
        """Yield the names of all columns."""
        return iter(self._columns)

    def column_reader(self, fieldname: str, column: Any) -> ListReader:
        """Return the values of a column."""
        return ListReader(self._columns[fieldname](fieldname))

    def _bytes(self, field: str) -> list[bytes]:
        return list(self._core.values(field))

    def _digests(self, field: str) -> list[bytes]:
        return [value.hex().encode() for value in self._core.values(field)]

    def _references(self, field: str) -> list[bytes]:
        values, codes = self._core.references(field)
        return [values[code] for code in codes.tolist()]

    def _numbers(self, field: str) -> list[int]:
        numbers: list[int] = self._core.numbers(field).tolist()
        return numbers

    def _offsets(self, _: str) -> list[bytes]:
        return list(map(self._core.articles.offsets, range(self._core.size)))

    @cached_property
    def _lengths(self) -> Int32s:
        """The length of each document in tokens."""
        return self._core.numbers(TEXT_LENGTH) + self._core.numbers(TITLE_LENGTH)

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Return the length of a document in tokens; only the field of all postings has one."""
        return int(self._lengths[docnum]) if fieldname == TERMS else default

    def field_length(self, fieldname: str) -> int:
        """Return the length of all documents together."""
        return int(self._lengths.sum(dtype=np.int64)) if fieldname == TERMS else 0

    def min_field_length(self, fieldname: str) -> int:
        """Return the length of the shortest document."""
        return int(self._lengths.min(initial=2**31 - 1)) if fieldname == TERMS else 0

    def max_field_length(self, fieldname: str) -> int:
        """Return the length of the longest document."""
        return int(self._lengths.max(initial=0)) if fieldname == TERMS else 0

    def stored_fields(self, docnum: int) -> dict[str, Any]:
        """Return the stored fields of a document."""
        id_ = bytes(self._core.values(ID)[docnum]).decode("utf-8", "surrogatepass")
        return self._core.stored_fields(docnum) | {"id": id_}


class ListReader(ColumnReader):  # type: ignore[misc]
    """The values of a column in a list."""

    def __init__(self, values: list[Any]) -> None:
        self._values = values

    def __len__(self) -> int:
        return len(self._values)

    def __getitem__(self, docnum: int) -> Any:
        return self._values[docnum]

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def sort_key(self, docnum: int) -> Any:
        """Return what documents are sorted by."""
        return self._values[docnum]

    def load(self) -> list[Any]:
        """Return all values."""
        return self._values
