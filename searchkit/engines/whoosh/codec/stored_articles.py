"""Stored fields and token offsets, compressed in groups of articles.

Neighbours share words, so together they take half the bytes; and whoever reads one article
decompresses few others. A long article is a group of its own. A group has two pieces, stored fields
and token offsets, since an article is often read without its offsets.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from struct import Struct
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.codec.compression import compress, decompress
from searchkit.engines.whoosh.codec.packed_ints import Unpacker, pack
from searchkit.engines.whoosh.directory.segment_file import Section

_ARTICLES = 16
"""The most articles of a group."""
_BYTES = 2**16
"""Bytes of stored fields from which on a group is full."""
_FULL = 2**14
"""Bytes of a compressed group of fewer articles that is worth keeping as it is."""
_COUNT = Struct("<I")


class Article(NamedTuple):
    """What is stored of a document."""

    fields: bytes
    offsets: bytes

    @property
    def nbytes(self) -> int:
        """The bytes of both."""
        return len(self.fields) + len(self.offsets)


class GroupWriter:
    """Collects articles in the order of their doc ids, and compresses them group by group."""

    def __init__(self) -> None:
        self._waiting: list[Article] = []
        self._groups: list[tuple[int, int, int]] = []
        """Per group, how many documents it has, and the bytes of its two pieces."""

    def add(self, article: Article) -> bytes:
        """Add the next document; return the bytes of groups that are full."""
        is_full = sum(each.nbytes for each in self._waiting) + article.nbytes > _BYTES
        before = self.flush() if is_full else b""
        self._waiting.append(article)
        return before + (self.flush() if len(self._waiting) == _ARTICLES else b"")

    def add_group(self, count: int, fields: memoryview, offsets: memoryview) -> bytes:
        """Add a whole group of another segment as it is; return the bytes to be written."""
        before = self.flush()
        self._groups.append((count, len(fields), len(offsets)))
        return b"".join((before, fields, offsets))

    def flush(self) -> bytes:
        """Return the bytes of the documents that wait for their group to be full."""
        if not self._waiting:
            return b""
        fields, offsets = (_compressed(values) for values in zip(*self._waiting, strict=True))
        self._groups.append((len(self._waiting), len(fields), len(offsets)))
        self._waiting = []
        return fields + offsets

    def sizes(self) -> bytes:
        """Return the section with the sizes of all groups."""
        groups = np.array(self._groups, np.int64).reshape(-1, 3)
        return _COUNT.pack(len(groups)) + b"".join(pack(column) for column in groups.T)


def _compressed(values: Sequence[bytes]) -> bytes:
    lengths = pack(np.fromiter(map(len, values), np.int64, len(values)))
    return compress(b"".join((lengths, *values)))


class _Bounds(NamedTuple):
    """Where groups begin, and at last where they end."""

    docs: NDArray[np.int64]
    """Doc ids."""
    starts: NDArray[np.int64]
    """Offsets of the first piece of each."""
    middles: NDArray[np.int64]
    """Offsets of the second piece."""


class Groups:
    """Reads the stored fields and token offsets of single documents."""

    def __init__(self, content: Section, sizes: Section) -> None:
        self._content, self._sizes = content, sizes
        self._last: dict[int, tuple[int, list[bytes]]] = {}

    @cached_property
    def _bounds(self) -> _Bounds:
        content = self._sizes.read_all()
        (count,) = _COUNT.unpack_from(content)
        lists = Unpacker(content, _COUNT.size)
        if count > len(self._content):
            raise ValueError("more groups of articles than bytes")
        docs, fields, offsets = (lists.take(count).astype(np.int64) for _ in range(3))
        starts = np.append(0, np.cumsum(fields + offsets))
        return _Bounds(np.append(0, np.cumsum(docs)), starts, starts[:-1] + fields)

    def fields(self, doc_id: int) -> bytes:
        """Return the stored fields of a document."""
        return self._value(doc_id, 0)

    def offsets(self, doc_id: int) -> bytes:
        """Return the token offsets of a document."""
        return self._value(doc_id, 1)

    def _value(self, doc_id: int, piece: int) -> bytes:
        """Return a document's value; the group of the last one is kept."""
        group = int(self._bounds.docs.searchsorted(doc_id, "right")) - 1
        number, values = self._last.get(piece, (-1, []))
        if number != group:
            values = self._values(group, piece)
            self._last[piece] = group, values
        return values[doc_id - int(self._bounds.docs[group])]

    def _values(self, group: int, piece: int) -> list[bytes]:
        """Return the values of all documents of a group."""
        content = decompress(self.pieces(group)[piece])
        lengths = Unpacker(content)
        count = int(self._bounds.docs[group + 1] - self._bounds.docs[group])
        ends = np.cumsum(lengths.take(count), dtype=np.int64) + lengths.offset
        bounds = [lengths.offset, *ends.tolist()]
        return [content[start:end] for start, end in pairwise(bounds)]

    def is_full(self, group: int) -> bool:
        """Whether a group has as many articles or bytes as a group is to have."""
        docs, starts, _ = self._bounds
        return bool(docs[group + 1] - docs[group] == _ARTICLES or starts[group + 1] - starts[group] >= _FULL)

    def pieces(self, group: int) -> tuple[memoryview, memoryview]:
        """Return the two pieces of a group as they are."""
        start, middle, end = map(
            int, (self._bounds.starts[group], self._bounds.middles[group], self._bounds.starts[group + 1])
        )
        return self._content.read(start, middle), self._content.read(middle, end)

    def spans(self) -> Iterator[tuple[int, int]]:
        """Yield the first document of each group, and the one after its last."""
        docs = self._bounds.docs.tolist()
        return pairwise(docs)


def pack_fields(fields: dict[str, Any]) -> bytes:
    """Return the stored fields of a document as bytes, without those that are empty."""
    filled = {name: value for name, value in fields.items() if value}
    return json.dumps(filled, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def unpack_fields(content: bytes, texts: Sequence[str], lists: Sequence[str]) -> dict[str, Any]:
    """Return the stored fields of a document; those that it lacks are empty.

    Args:
        content: The bytes that `pack_fields` has made.
        texts: The names of fields that are text.
        lists: The names of fields that are tuples, of texts or of tuples.
    """
    stored = json.loads(content.decode("utf-8", "surrogatepass"))
    values = {name: stored.get(name, "") for name in texts}
    return values | {name: tuple(map(_item, stored.get(name, ()))) for name in lists}


def _item(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
