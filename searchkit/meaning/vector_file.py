"""Files of vectors: which windows of which texts, in 8 bits, and which articles have these texts.

A file is written once: a head, then columns, as numpy maps them into memory. Keys of texts and
digests of documents are 64 bits of longer ones.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from searchkit.storage import durable_files

_MAGIC = b"SKV1"
_HEAD = struct.Struct("<4sIII")
_WINDOW = np.dtype([("key", "<u8"), ("start", "<i4"), ("end", "<i4"), ("scale", "<f4")])
_DOCUMENT = np.dtype([("digest", "<u8"), ("key", "<u8")])


@dataclass(frozen=True, slots=True)
class VectorTable:
    """The vectors of windows, and the articles that have their texts."""

    windows: NDArray[Any]
    """For each window the key of its text, where it starts and ends, and the scale of its row."""
    values: NDArray[Any]
    """A row of 8-bit integers for each window."""
    documents: NDArray[Any]
    """For each article its digest and the key of its text."""

    @classmethod
    def of(cls, keys: Sequence[int], spans: Sequence[tuple[int, int]], vectors: NDArray[Any]) -> Self:
        """Return the table of some vectors."""
        scales = np.maximum(np.abs(vectors).max(axis=1), 1e-12) / 127
        windows = np.empty(len(keys), _WINDOW)
        windows["key"], windows["scale"] = keys, scales
        windows["start"], windows["end"] = np.array(spans, np.int32).T
        return cls(windows, np.rint(vectors / scales[:, None]).astype(np.int8), np.empty(0, _DOCUMENT))

    @classmethod
    def of_documents(cls, digests: Sequence[int], keys: Sequence[int]) -> Self:
        """Return a table without vectors: articles whose texts have some already."""
        documents = np.empty(len(digests), _DOCUMENT)
        documents["digest"], documents["key"] = digests, keys
        return cls(np.empty(0, _WINDOW), np.empty((0, 0), np.int8), documents)

    @classmethod
    def joined(cls, tables: Sequence[Self]) -> Self:
        """Return all tables as one."""
        if len(tables) == 1:
            return tables[0]
        values = [table.values for table in tables if len(table.values)] or [np.empty((0, 0), np.int8)]
        windows = np.concatenate([np.empty(0, _WINDOW), *(table.windows for table in tables)])
        documents = np.concatenate([np.empty(0, _DOCUMENT), *(table.documents for table in tables)])
        return cls(windows, np.concatenate(values), documents)

    def only(self, digests: NDArray[Any]) -> Self:
        """Return the table without articles whose digest is not among `digests`, and their texts.

        What was written twice stays once.
        """
        documents = np.unique(self.documents[np.isin(self.documents["digest"], digests)])
        _, first = np.unique(self.windows[["key", "start"]], return_index=True)
        rows = first[np.isin(self.windows["key"][first], documents["key"])]
        return type(self)(self.windows[rows], self.values[rows], documents)

    def write(self, path: Path) -> None:
        """Write the table to a file."""
        head = _HEAD.pack(_MAGIC, len(self.windows), self.values.shape[1], len(self.documents))
        columns = (self.windows, self.values, self.documents)
        durable_files.put(path, b"".join([head, *(np.ascontiguousarray(column).tobytes() for column in columns)]))

    @classmethod
    def read(cls, path: Path) -> Self:
        """Return the table in a file; raises `ValueError` where it is damaged."""
        content = np.memmap(path, np.uint8, "r")
        magic, count, width, documents = _HEAD.unpack(content[: _HEAD.size].tobytes().ljust(_HEAD.size))
        sizes = (count * _WINDOW.itemsize, count * width, documents * _DOCUMENT.itemsize)
        if magic != _MAGIC or len(content) != _HEAD.size + sum(sizes):
            raise ValueError(f"{path} is damaged")
        first, second = _HEAD.size + sizes[0], _HEAD.size + sizes[0] + sizes[1]
        values = content[first:second].view(np.int8).reshape(count, width)
        return cls(content[_HEAD.size : first].view(_WINDOW), values, content[second:].view(_DOCUMENT))
