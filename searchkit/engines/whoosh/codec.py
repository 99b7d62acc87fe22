"""Reading the files of a Whoosh segment as arrays: all that leans on how its W3 codec lays them out.

Whoosh's own readers copy whole files into memory to open them, and hand out postings one by one. Here files are
mapped and blocks of postings become arrays. ``tests/engines/test_codec.py`` compares both on the same index.
"""

from __future__ import annotations

import os
import pickle
import struct
import zlib
from array import array
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import accumulate, chain, takewhile
from mmap import ACCESS_READ, mmap
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec
from whoosh.filedb.compound import CompoundStorage, SubFile
from whoosh.filedb.structfile import BufferFile
from whoosh.index import TOC, FileIndex
from whoosh.reading import TermNotFound

_BLOCK_LENGTH = struct.Struct("!i")
_VALUE_HEAD = 4 + len(pickle.PROTO) + 1
"""What stands before the list in the value of a posting: how long it is, and the version of the pickle."""


class RawPostings(NamedTuple):
    """The documents that hold a term, deleted ones included, with weights and encoded positions."""

    ids: NDArray[np.int32]
    weights: NDArray[np.float32]
    values: bytes
    """What Whoosh keeps with each posting, one after the other."""
    ends: NDArray[np.int64]
    """Where in `values` each ends."""

    def positions(self, places: NDArray[np.intp]) -> list[list[int]]:
        """Return the positions in the documents at `places` among `ids`."""
        return [list(accumulate(each)) for each in _steps(self._values(places))]

    def positions_together(self, places: NDArray[np.intp]) -> Grouped:
        """Return the same in arrays."""
        return _added_up(_steps(self._values(places)))

    def value(self, place: int) -> bytes:
        """Return the encoded positions in the document at `place`: those of several terms can be decoded together."""
        ends = self.ends.data
        return self.values[ends[place - 1] if place else 0 : ends[place]]

    def values_of(self, wanted: NDArray[np.int32]) -> list[tuple[int, bytes]]:
        """Return those of the wanted documents that are among `ids`, with their encoded positions."""
        if not len(self.ids):
            return []
        places = self.ids.searchsorted(wanted)
        there = self.ids.take(places, mode="clip").tolist()
        found = zip(wanted.tolist(), there, places.tolist(), strict=True)
        return [(number, self.value(place)) for number, met, place in found if number == met]

    def _values(self, places: NDArray[np.intp]) -> list[bytes]:
        starts = np.where(places, self.ends[places - 1], 0)
        return [self.values[start:end] for start, end in zip(starts.tolist(), self.ends[places].tolist(), strict=True)]


def positions_in(values: Sequence[bytes]) -> list[list[int]]:
    """Return the positions that Whoosh has encoded in the values of postings."""
    return [list(accumulate(each)) for each in _steps(values)]


def _steps(values: Sequence[bytes]) -> list[list[int]]:
    """Decode pickled lists: without their heads and ends, all become one list of lists."""
    lists = [value[_VALUE_HEAD : -len(pickle.STOP)] for value in values]
    steps: list[list[int]] = pickle.loads(b"".join((pickle.MARK, *lists, pickle.LIST, pickle.STOP)))
    return steps


class Grouped(NamedTuple):
    """Lists of numbers, one after the other, and how many each has."""

    numbers: NDArray[np.int64]
    counts: NDArray[np.int64]


class PostingsOfAll(NamedTuple):
    """The postings of several terms, one term after the other, without positions."""

    terms: list[bytes]
    ids: Grouped
    weights: NDArray[np.float32]


class SegmentFiles:
    """The files of one segment, which never change: what is deleted from it, a commit knows."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self.id: str = segment.segment_id()
        self.size: int = segment.doc_count_all()
        self._segment = segment
        self._storage = _MappedFiles(storage, segment) if segment.is_compound() else _LooseFiles(storage)
        self._terms = W3Codec().terms_reader(self._storage, segment)
        self._columns: dict[str, _Bytes] = {}

    def postings(self, field: str, term: bytes) -> RawPostings | None:
        """Return the postings of a term, or None where there are none."""
        try:
            info = self._terms.term_info(field, term)
        except TermNotFound:
            return None
        return _joined(list(self._blocks(info)))

    def postings_of_all(self, field: str, prefix: bytes) -> PostingsOfAll:
        """Return the postings of all terms that begin with `prefix`, read in one go."""
        terms, steps, weights = [], [], array("f")
        for (name, term), info in self._terms.items_from(field, prefix):
            if name != field or not term.startswith(prefix):
                break
            blocks = list(self._blocks(info))
            terms.append(term)
            steps.append([step for block in blocks for step in block[0]])
            for _, weights_of_block, _ in blocks:
                weights.extend(weights_of_block)
        return PostingsOfAll(terms, _added_up(steps), np.array(weights, np.float32))

    def _blocks(self, info: Any) -> Iterator[tuple[Any, Any, Any]]:
        """Yield (steps from id to id, weights, values) of each block of the postings of a term."""
        if info.is_inlined():
            ids, weights, values = info.inlined_postings()
            yield np.diff(ids, prepend=0).tolist(), weights, values
        else:
            offset, (length,) = info.extent()
            yield from _blocks(self._terms._postfile.get(offset, length))

    def terms(self, field: str, prefix: bytes = b"") -> Iterator[bytes]:
        """Yield the terms of a field that begin with `prefix`, in order."""
        found = self._terms.terms_from(field, prefix)
        return (term for _, term in takewhile(lambda at: at[0] == field and at[1].startswith(prefix), found))

    def numbers(self, field: str) -> NDArray[np.float64]:
        """Return the whole of a column of unsigned numbers; documents at the end that have none are not in its file."""
        values = np.zeros(self.size)
        content = self._content(field)
        stored = np.frombuffer(content, ">u4") if content else values[:0]
        values[: len(stored)] = stored
        return values

    def value(self, field: str, number: int) -> memoryview:
        """Return a document's value in a column of bytes."""
        if field not in self._columns:
            self._columns[field] = _Bytes(self._content(field), self.size)
        return self._columns[field][number]

    def rows(self, field: str, width: int) -> NDArray[np.uint8]:
        """Return the whole of a column of byte strings of one length, a row each; zeros where it has not got them."""
        lengths = _Bytes(self._content(field), self.size).lengths
        if not self.size or not np.all(lengths == width):
            return np.zeros((self.size, width), np.uint8)
        return np.frombuffer(self._content(field), np.uint8, self.size * width).reshape(-1, width)

    def references(self, field: str) -> tuple[list[bytes], NDArray[np.int32]]:
        """Return the distinct values of a column and, for each document, which it has."""
        content = self._content(field)
        if not content:
            return [b""], np.zeros(self.size, np.int32)
        codes = np.frombuffer(content, ">u2" if content[-1] == ord("H") else "u1", self.size)
        return list(_distinct(content[codes.nbytes :])), codes.astype(np.int32)

    def stored(self, number: int) -> dict[str, Any]:
        """Return what is stored of a document."""
        stored: dict[str, Any] = pickle.loads(zlib.decompress(self.value("_stored", number)))
        return stored

    def table(self, ending: str) -> memoryview:
        """Return a file of ours that lies with the segment's, empty where the segment has none."""
        return self._file(self._segment.make_filename(ending))

    def _content(self, field: str) -> memoryview:
        """Return the file of a column, empty where the segment has none."""
        return self._file(W3Codec.column_filename(self._segment, field))

    def _file(self, name: str) -> memoryview:
        return memoryview(self._storage.open_file(name)._buf if self._storage.file_exists(name) else b"")


def committed(index: FileIndex) -> tuple[int, list[Any]]:
    """Return the number of an index's newest commit, and the segments of it."""
    contents = index._read_toc()
    return contents.generation, contents.segments


def is_newest(index: FileIndex, generation: int) -> bool:
    """Whether nothing was committed after the commit of that number, without listing the folder.

    A commit writes a table of contents under the next number, then removes all others.
    """
    return _has_contents(index, generation) and not _has_contents(index, generation + 1)


def _has_contents(index: FileIndex, generation: int) -> bool:
    return os.access(f"{index.storage.folder}/{TOC._filename(index.indexname, generation)}", os.F_OK)


class _MappedFile(BufferFile):  # type: ignore[misc]
    """A part of a mapped file; Whoosh's own would copy it."""

    def __init__(self, mapped: mmap, offset: int, length: int) -> None:
        self._buf = memoryview(mapped)[offset : offset + length]
        self.file = SubFile(mapped, offset, length)
        self.is_real = self.is_closed = False
        self.onclose = None


class _MappedFiles(CompoundStorage):  # type: ignore[misc]
    """The files of a segment that are put together in one."""

    def __init__(self, storage: Any, segment: Any) -> None:
        super().__init__(storage.open_file(segment.make_filename(segment.COMPOUND_EXT)))

    def open_file(self, name: str, *_: Any, **__: Any) -> _MappedFile:
        return _MappedFile(self._source, *self.range(name))


class _LooseFiles:
    """The files of a segment, one by one."""

    def __init__(self, storage: Any) -> None:
        self.file_exists, self.file_length = storage.file_exists, storage.file_length
        self._open = storage.open_file

    def open_file(self, name: str) -> Any:
        with self._open(name) as file:
            length = self.file_length(name)
            return _MappedFile(mmap(file.fileno(), 0, access=ACCESS_READ), 0, length) if length else BufferFile(b"")


class _Bytes:
    """A column of byte strings of any length."""

    def __init__(self, content: memoryview, size: int) -> None:
        self._content = content
        self.lengths = self._lengths(content, size)
        self._ends = np.cumsum(self.lengths, dtype=np.int64)

    def __getitem__(self, number: int) -> memoryview:
        start = int(self._ends[number - 1]) if number else 0
        return self._content[start : int(self._ends[number])]

    @staticmethod
    def _lengths(content: memoryview, size: int) -> NDArray[Any]:
        """Read the lengths, which stand after the strings; between them and the end may stand offsets."""
        if not content:
            return np.zeros(size, np.uint8)
        end = len(content) - 1
        kind = chr(content[end])
        if kind == "X":
            kind = chr(content[end - 2])
            end -= 2 + size * struct.calcsize(chr(content[end - 1]))
        numbers = np.dtype(f">{kind}")
        return np.frombuffer(content, numbers, size, end - size * numbers.itemsize)


def _distinct(content: memoryview) -> Iterator[bytes]:
    """Yield the distinct values of a column: before them stands their number, before each its length."""
    file = BufferFile(content)
    for _ in range(file.read_varint()):
        yield file.read(file.read_varint())


def _blocks(content: bytes) -> Iterator[tuple[Any, Any, Any]]:
    """Yield (steps from id to id, weights, values) of each block of a term's postings."""
    if content[:4] != WHOOSH3_HEADER_MAGIC:
        raise ValueError("no postings here")
    at, last_id, is_last = 4, 0, False
    while not is_last:
        (length,) = _BLOCK_LENGTH.unpack_from(content, at)
        at, is_last, length = at + _BLOCK_LENGTH.size, length < 0, abs(length)
        file = BytesIO(content[at : at + length])
        count, block_end, _, is_compressed, *_ = pickle.load(file)
        data = file.read()
        (first, *steps), weights, values = pickle.loads(zlib.decompress(data) if is_compressed else data)
        if weights is None or isinstance(weights, float):
            weights = (1.0 if weights is None else weights,) * count
        yield (first - last_id, *steps), weights, values or (b"",) * count
        at, last_id = at + length, block_end


def _added_up(steps: list[list[int]]) -> Grouped:
    """Add the steps of each list up: 2, 3 | 4, 1 -> 2, 5 | 4, 5."""
    counts = np.fromiter(map(len, steps), np.int64, len(steps))
    sums = np.cumsum(np.fromiter(chain.from_iterable(steps), np.int64, counts.sum()))
    before = np.concatenate([np.zeros(1, np.int64), sums])[np.cumsum(counts) - counts]
    return Grouped(sums - np.repeat(before, counts), counts)


def _joined(blocks: list[tuple[Any, Any, Any]]) -> RawPostings:
    steps, weights, values = (list(chain.from_iterable(parts)) for parts in zip(*blocks, strict=True))
    ids = np.cumsum(np.array(steps, np.int32), dtype=np.int32)
    ends = np.cumsum(np.fromiter(map(len, values), np.int64, len(ids)))
    return RawPostings(ids, np.array(weights, np.float32), b"".join(values), ends)
