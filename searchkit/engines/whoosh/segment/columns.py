"""Columns beside those of the schema: field lengths and stored fields."""

from __future__ import annotations

import pickle
import zlib
from typing import Any

from searchkit.engines.whoosh.directory import safe_pickle

STORED = "_stored"
"""The column of the stored fields of each document."""
_STORED_LEVEL = 3


def length_column(field: str) -> tuple[str, Any]:
    """Return the name and type of a column of field lengths, one byte each."""
    from whoosh.columns import NumericColumn  # reading needs nothing of Whoosh

    return f"_{field}_len", NumericColumn("B", default=0)


def stored_column() -> tuple[str, Any]:
    """Return the name and type of the column of stored fields, compressed byte strings."""
    from whoosh.columns import VarBytesColumn

    return STORED, VarBytesColumn()


def pack_stored_fields(fields: dict[str, Any]) -> bytes:
    """Return the value of the column for the stored fields of a document."""
    return zlib.compress(pickle.dumps(fields, 2), _STORED_LEVEL)


def unpack_stored_fields(value: bytes | memoryview) -> dict[str, Any]:
    """Return the stored fields of a document."""
    fields: dict[str, Any] = safe_pickle.loads(zlib.decompress(value))
    return fields
