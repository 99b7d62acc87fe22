"""Reading and writing the files of a Whoosh index past its own readers and writers: all that touches its private parts.

Whoosh's own readers copy whole files into memory to open them, and hand out postings one by one. Here files are
mapped and blocks of postings become arrays. Its writer pools postings one by one, and writes some thirty files for a
segment to put them together in the end; here whole posting lists go to one file at once. `blocks.py` and
`dictionary.py` know how bytes are laid out, but nothing of Whoosh. ``tests/engines/test_codec.py`` and
``tests/engines/test_bulk.py`` compare with stock Whoosh on the same index.
"""

from __future__ import annotations

import mmap
import os
import pickle
import re
import struct
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cached_property
from io import BytesIO
from itertools import accumulate, chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit import durable
from searchkit.engines.whoosh import blocks, checksums, dictionary, pickles
from searchkit.engines.whoosh.checksums import Checked
from searchkit.engines.whoosh.contents import read_varint
from searchkit.engines.whoosh.inversion import PostingLists, TermPostings

if TYPE_CHECKING:
    from whoosh.index import FileIndex

STORED = "_stored"
"""The column of what is stored of each document."""
_HEAD = struct.Struct("!qi")
"""What a segment's file begins with: where the list of its parts is, and how long; known last."""
_STORED_LEVEL = 3
_AROUND = 2**16
"""Bytes that Linux maps around each place that is read."""
_TOUCHED = 2**23
"""Bytes of a mapped segment that may stay in this process's memory, about."""
_UNSYNCED = 2**22
"""Bytes of a new segment that wait to be synced: else the commit that ends a large merge would wait for all of it."""
_TERMS, _POSTINGS = ".trm", ".pst"
"""What the names of the files of the dictionary and of the posting lists end in."""
_FIELD = struct.Struct("!H")
_NO_FIELD = 65535
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

    def _values(self, places: NDArray[np.intp]) -> list[bytes]:
        starts = np.where(places, self.ends[places - 1], 0)
        return [self.values[start:end] for start, end in zip(starts.tolist(), self.ends[places].tolist(), strict=True)]


def positions_in(values: Sequence[bytes]) -> list[list[int]]:
    """Return the positions that Whoosh has encoded in the values of postings."""
    return [list(accumulate(steps)) if len(steps) > 1 else steps for steps in _steps(values)]


def _steps(values: Sequence[bytes]) -> list[list[int]]:
    """Decode pickled lists: without their heads and ends, all become one list of lists."""
    lists = [value[_VALUE_HEAD : -len(pickle.STOP)] for value in values]
    steps: list[list[int]] = pickles.loads(b"".join((pickle.MARK, *lists, pickle.LIST, pickle.STOP)))
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
        self._storage = self._opened(storage, segment)
        self._columns: dict[str, _Bytes] = {}

    @staticmethod
    def _opened(storage: Any, segment: Any) -> Any:
        return _MappedFiles(storage, segment) if segment.is_compound() else _LooseFiles(storage)

    @cached_property
    def _terms(self) -> dictionary.Reader:
        return dictionary.Reader(self._file(self._segment.make_filename(_TERMS)))

    @cached_property
    def _postings(self) -> _MappedFile:
        return self._file(self._segment.make_filename(_POSTINGS))

    def _key(self, field: str, term: bytes) -> bytes:
        return _FIELD.pack(self._terms.fields.get(field, _NO_FIELD)) + term

    def _said(self, field: str, term: bytes) -> bytes | None:
        """Return what the dictionary says of a term."""
        return self._terms.find(self._key(field, term))

    def postings(self, field: str, term: bytes) -> RawPostings | None:
        """Return the postings of a term, or None where there are none."""
        said = self._said(field, term)
        return None if said is None else _joined(list(self.posting_blocks(said)))

    def statistics(self, field: str, term: bytes) -> blocks.Statistics:
        """Return what the dictionary says of a term that it has."""
        said = self._said(field, term)
        if said is None:
            raise KeyError(term)
        return blocks.statistics(said)

    def postings_of_all(self, field: str, prefix: bytes) -> PostingsOfAll:
        """Return the postings of all terms that begin with `prefix`, read in one go."""
        terms, steps, weights = [], [], array("f")
        for term, said in self.entries(field, prefix):
            parts = list(self.posting_blocks(said))
            terms.append(term)
            steps.append([step for part in parts for step in part[0]])
            for _, weights_of_part, _ in parts:
                weights.extend(weights_of_part)
        return PostingsOfAll(terms, _added_up(steps), np.array(weights, np.float32))

    def fields(self) -> Iterable[str]:
        """Return the names of the fields that have terms."""
        return self._terms.fields

    def entries(self, field: str, beginning: bytes = b"") -> Iterator[tuple[bytes, bytes]]:
        """Yield the terms of a field that begin so, in order, each with what the dictionary says of it."""
        if field not in self.fields():
            return
        found = self._terms.beginning(self._key(field, beginning))
        self._storage.was_read(len(found))
        for key, said in dictionary.entries(found, 0, len(found)):
            yield key[_FIELD.size :], said

    def posting_blocks(self, said: bytes) -> Iterator[tuple[Any, Any, Any]]:
        """Yield (steps from id to id, weights, values) of the postings of a term of which the dictionary says this."""
        extent = blocks.extent(said)
        if extent is None:
            yield blocks.inlined(said)
        else:
            content = self._postings.get(*extent)
            self._storage.was_read(len(content))
            yield from blocks.decoded(content)

    def has_column(self, name: str) -> bool:
        """Whether any document has a value in that column."""
        found: bool = self._storage.file_exists(_column_file(self._segment, name))
        return found

    def column(self, name: str, column: Any) -> Any:
        """Return Whoosh's own reader of a column, which is a sequence of values."""
        from searchkit.engines.whoosh.columns import reader  # reading needs nothing of Whoosh, only merging does

        return reader(self._column(name), column, self.size)

    def terms(self, field: str, prefix: bytes = b"") -> Iterator[bytes]:
        """Yield the terms of a field that begin with `prefix`, in order."""
        return (term for term, _ in self.entries(field, prefix))

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
            self._columns[field] = _Bytes(self._column(field), self.size)
        return self._columns[field][number]

    def filled(self, field: str) -> NDArray[np.intp]:
        """Return the numbers of documents that have a value in a column of bytes."""
        return np.flatnonzero(_Bytes(self._column(field), self.size).lengths)

    def holding(self, field: str, piece: bytes) -> Iterator[int]:
        """Yield the numbers of documents with this piece in a column of bytes, without looking at each."""
        return _Bytes(self._column(field), self.size).holding(piece)

    def rows(self, field: str, width: int) -> NDArray[np.uint8]:
        """Return the whole of a column of byte strings of one length, a row each; zeros where it has not got them."""
        lengths = _Bytes(self._column(field), self.size).lengths
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
        stored: dict[str, Any] = pickles.loads(zlib.decompress(self.value(STORED, number)))
        return stored

    def damaged(self) -> Iterator[str]:
        """Read everything, and yield a sentence for each block that is not as it was written."""
        return self._storage.damaged()  # type: ignore[no-any-return]

    def table(self, ending: str) -> memoryview:
        """Return a file of ours that lies with the segment's, empty where the segment has none."""
        return self._file(self._segment.make_filename(ending)).whole()

    def _content(self, field: str) -> memoryview:
        """Return the whole file of a column, empty where the segment has none."""
        return self._column(field).whole()

    def _column(self, field: str) -> _MappedFile:
        return self._file(_column_file(self._segment, field))

    def _file(self, name: str) -> _MappedFile:
        return self._storage.open_file(name) if self._storage.file_exists(name) else _EMPTY


class MendedFiles(SegmentFiles):
    """The files of a segment that may be damaged: put right where that can be done, else read as they are."""

    @staticmethod
    def _opened(storage: Any, segment: Any) -> Any:
        return _MendedFiles(storage, segment)


class NewSegment:
    """A segment that is being written: one file of columns, then posting lists, then their dictionary."""

    def __init__(self, storage: Any, name: str) -> None:
        from secrets import token_hex

        from whoosh.filedb.structfile import StructFile  # reading needs nothing of Whoosh

        self.segment = Segment(name, token_hex(8), 0)
        self._path = _path(storage, self.segment.make_filename(self.segment.COMPOUND_EXT))
        self._file = StructFile(durable.create(self._path))
        self._file.write(bytes(_HEAD.size))
        self._end = _HEAD.size
        self._parts: dict[str, dict[str, int]] = {}
        self._dictionary = dictionary.Dictionary()
        self._fields: dict[str, int] = {}
        self._posted = self._synced = 0

    @contextmanager
    def column(self, name: str, column: Any, count: int) -> Iterator[Callable[[int, Any], None]]:
        """Hand out what takes a column's values by the numbers of their documents, ascending. Columns come first."""
        writer = column.writer(self._file)
        yield writer.add
        writer.finish(count)
        self._end_part(_column_file(self.segment, name))

    def add(self, field: str, postings: TermPostings, lengths: bytes) -> None:
        """Write a posting list; terms come in order, field by field. `lengths` has a byte for each of its documents."""
        encoded = blocks.encoded(postings, lengths)
        said = blocks.about(postings, lengths, self._posted, len(encoded))
        self._dictionary.add(self._number_of(field) + postings.term, said)
        self._post(encoded)

    def add_all(self, field: str, lists: PostingLists, lengths: NDArray[np.uint8]) -> None:
        """Write the posting lists of several terms; `lengths` has a number for each of their postings."""
        encoded = blocks.encoded_all(lists, lengths.tobytes())
        said = blocks.about_all(lists, lengths, self._posted, np.fromiter(map(len, encoded), np.int64, len(encoded)))
        number = self._number_of(field)
        self._dictionary.add_all([number + term for term in lists.terms], said)
        self._post(b"".join(encoded))

    def _number_of(self, field: str) -> bytes:
        return _FIELD.pack(self._fields.setdefault(field, len(self._fields)))

    def _post(self, encoded: bytes) -> None:
        self._file.write(encoded)
        self._posted += len(encoded)
        if self._posted - self._synced > _UNSYNCED:
            durable.sync(self._file.file)
            self._synced = self._posted

    def end_postings(self) -> None:
        """No more posting lists come."""
        self._end_part(self.segment.make_filename(_POSTINGS))

    def write(self, ending: str, content: Iterable[bytes]) -> Iterator[int]:
        """Write a file of ours, piece by piece, yielding the bytes of each."""
        for chunk in content:
            self._file.write(chunk)
            yield len(chunk)
        self._end_part(self.segment.make_filename(ending))

    def finish(self, count: int, lengths: dict[str, int]) -> Iterator[int]:
        """Write the dictionary, yielding the bytes of each piece; `lengths` are those of fields, all documents'."""
        for chunk in self._dictionary.chunks({"fieldmap": self._fields}):
            self._file.write(chunk)
            yield len(chunk)
        self._end_part(self.segment.make_filename(_TERMS))
        self.segment.seal = self._seal()
        self.segment.count, self.segment.lengths = count, lengths
        self.segment.compound = True

    def _seal(self) -> checksums.Seal:
        """Write the list of parts, which Whoosh follows by one of options, and checksums; wait for the disk."""
        parts = pickle.dumps(self._parts, 2) + pickle.dumps({}, 2)
        self._file.write(parts)
        self._file.seek(0)
        self._file.write(_HEAD.pack(self._end, len(parts)))
        seal = checksums.seal(self._file.file)
        durable.sync(self._file.file)
        self._file.close()
        return seal

    def discard(self) -> None:
        """Give up, and leave nothing behind."""
        with suppress(OSError):
            self._file.file.close()
        with suppress(OSError):
            self._path.unlink()

    def _end_part(self, name: str) -> None:
        start, self._end = self._end, self._file.tell()
        self._parts[name] = {"offset": start, "length": self._end - start}


def lengths_column(field: str) -> tuple[str, Any]:
    """Return the name and type of the column of a field's lengths, a byte each."""
    from whoosh.codec.whoosh3 import LENGTHS_COLUMN

    return f"_{field}_len", LENGTHS_COLUMN


def stored_column() -> tuple[str, Any]:
    """Return the name and type of the column of what is stored, as it lies on disk: compressed bytes."""
    from whoosh.columns import VarBytesColumn

    return STORED, VarBytesColumn()


def stored_bytes(stored: dict[str, Any]) -> bytes:
    """Return the value of that column for what is stored of a document."""
    return zlib.compress(pickle.dumps(stored, 2), _STORED_LEVEL)


def schema_of(index: FileIndex) -> Any:
    """Return the schema that an index was opened with."""
    return index._schema


class Segment:
    """What a commit says of a segment."""

    COMPOUND_EXT = ".seg"

    def __init__(self, name: str, id_: str, count: int, deleted: set[int] | None = None) -> None:
        self._name, self._id, self.count = name, id_, count
        self._deleted = set(deleted or ())
        self.lengths: dict[str, int] = {}
        """By field, how many words all documents have together."""
        self.compound = False
        self.seal: checksums.Seal | None = None

    def segment_id(self) -> str:
        """Return what the names of its files begin with."""
        return f"{self._name}_{self._id}"

    def make_filename(self, ending: str) -> str:
        """Return the name of one of its files."""
        return self.segment_id() + ending

    def is_compound(self) -> bool:
        """Whether its files are put together in one."""
        return self.compound

    def doc_count_all(self) -> int:
        """Return how many documents it holds, deleted ones included."""
        return self.count

    def doc_count(self) -> int:
        """Return how many of them live."""
        return self.count - len(self._deleted)

    def deleted_docs(self) -> Iterator[int]:
        """Yield the numbers of those that are deleted."""
        return iter(self._deleted)

    def is_deleted(self, number: int) -> bool:
        """Whether a document is deleted."""
        return number in self._deleted

    def delete_document(self, number: int) -> None:
        """Mark a document as deleted."""
        self._deleted.add(number)

    def stock(self) -> Any:
        """Return it as stock Whoosh has it, and as it is written."""
        from whoosh.codec.whoosh3 import W3Codec, W3Segment

        stock = W3Segment(W3Codec(), self._name, self.count, self._id, self._deleted or None)
        stock._fieldlengths, stock.compound, stock.seal = self.lengths, self.compound, self.seal
        return stock


def segment_of(name: str, said: dict[str, Any]) -> Segment:
    """Return the segment of which a table of contents says this; raises `ValueError` where that cannot be."""
    id_, count, deleted, seal = said["segid"], said["_doccount"], said["_deleted"], said.get("seal")
    numbers = (count, *(deleted or ()), *(seal or (0, 0)), *said["_fieldlengths"].values())
    is_named = said["indexname"] == name and re.fullmatch("[0-9a-z]+", id_)
    if not (is_named and all(type(number) is int and number >= 0 for number in numbers)):
        raise ValueError("a table of contents says of a segment what cannot be")
    segment = Segment(name, id_, count, deleted)
    segment.lengths, segment.compound, segment.seal = said["_fieldlengths"], bool(said["compound"]), seal
    return segment


def _column_file(segment: Segment, field: str) -> str:
    return segment.make_filename(f".{field}.col")


def is_all_there(storage: Any, segment: Any) -> bool:
    """Whether a segment's file has the length that it had; raises `OSError` where there is none."""
    if not segment.is_compound():
        return True
    file = _path(storage, segment.make_filename(segment.COMPOUND_EXT))
    return checksums.is_as_long_as(segment.seal, file.stat(follow_symlinks=False).st_size)


class _MappedFile:
    """A part of a mapped file. What is read is checked."""

    def __init__(self, source: Checked, offset: int, length: int) -> None:
        self._source, self._offset, self._length = source, offset, length

    def piece(self, start: int, end: int) -> memoryview:
        """Return some bytes of it."""
        return self._source.piece(self._offset + start, self._offset + min(end, self._length))

    def whole(self) -> memoryview:
        """Return all of it."""
        return self.piece(0, self._length)

    def __len__(self) -> int:
        return self._length

    def get(self, position: int, length: int) -> bytes:
        """Return so many bytes from a place on."""
        return bytes(self.piece(position, position + length))


class _MappedFiles:
    """The files of a segment that are put together in one."""

    _access = mmap.ACCESS_READ

    def __init__(self, storage: Any, segment: Any) -> None:
        name = segment.make_filename(segment.COMPOUND_EXT)
        content = _mapped(_path(storage, name), self._access)
        self._map: Any = content.obj
        self._source = self._checked(content, getattr(segment, "seal", None), name)
        start, length = _HEAD.unpack(self._source.piece(0, _HEAD.size))
        self._parts = pickles.loads(bytes(self._source.piece(start, start + length)))
        self._touched = 0

    @staticmethod
    def _checked(content: memoryview, seal: checksums.Seal | None, name: str) -> Checked:
        return Checked(content, seal, name)

    def file_exists(self, name: str) -> bool:
        return name in self._parts

    def file_length(self, name: str) -> int:
        length: int = self._parts[name]["length"]
        return length

    def open_file(self, name: str, *_: Any, **__: Any) -> _MappedFile:
        part = self._parts[name]
        return _MappedFile(self._source, part["offset"], part["length"])

    def damaged(self) -> Iterator[str]:
        """Yield a sentence for each block that is not as it was written."""
        return self._source.damaged()

    def was_read(self, length: int) -> None:
        """Count what was read; now and then let the system take its pages back, which stay in its memory of files."""
        self._touched += length + _AROUND
        if self._touched > _TOUCHED and hasattr(mmap, "MADV_DONTNEED"):
            self._touched = 0
            self._map.madvise(mmap.MADV_DONTNEED)


class _MendedFiles(_MappedFiles):
    """The same where they may be damaged; what is put right is so in memory only."""

    _access = mmap.ACCESS_COPY

    @staticmethod
    def _checked(content: memoryview, seal: checksums.Seal | None, name: str) -> Checked:
        if seal is not None:
            checksums.mend(content, seal)
        return Checked(content, None, name)

    def was_read(self, length: int) -> None:
        """Nothing is let go: what was put right stands nowhere else."""


class _LooseFiles:
    """The files of a segment, one by one."""

    def __init__(self, storage: Any) -> None:
        self._storage = storage
        self.file_exists, self.file_length = storage.file_exists, storage.file_length

    def open_file(self, name: str, *_: Any, **__: Any) -> _MappedFile:
        content = _mapped(_path(self._storage, name))
        return _MappedFile(Checked(content, None, name), 0, len(content))

    def damaged(self) -> Iterator[str]:
        """Nothing is known of what they were: searchkit writes no such segments."""
        yield from ()

    def was_read(self, length: int) -> None:
        """Nothing is let go."""


_EMPTY = _MappedFile(Checked(memoryview(b""), None, ""), 0, 0)
"""Stands for a file that a segment has not got."""


def _path(storage: Any, name: str) -> Path:
    return Path(storage.folder, name)


def _mapped(path: Path, access: int = mmap.ACCESS_READ) -> memoryview:
    """Map a file; the system maps none that is empty."""
    with durable.open_for_reading(path) as file:
        if not os.fstat(file.fileno()).st_size:
            return memoryview(b"")
        return memoryview(mmap.mmap(file.fileno(), 0, access=access))


class _Bytes:
    """A column of byte strings of any length."""

    def __init__(self, file: _MappedFile, size: int) -> None:
        self._file = file
        self.lengths = self._lengths(file, size)
        self._ends = np.cumsum(self.lengths, dtype=np.int64).data

    def __getitem__(self, number: int) -> memoryview:
        return self._file.piece(self._ends[number - 1] if number else 0, self._ends[number])

    def holding(self, piece: bytes) -> Iterator[int]:
        """Yield the numbers of the strings that hold a piece, ascending; one may come several times."""
        end = self._ends[-1] if len(self._ends) else 0
        for match in re.finditer(re.escape(piece), self._file.piece(0, end)):
            yield bisect_right(self._ends, match.start())

    @staticmethod
    def _lengths(file: _MappedFile, size: int) -> NDArray[Any]:
        """Read the lengths, which stand after the strings; between them and the end may stand offsets."""
        if not len(file):
            return np.zeros(size, np.uint8)
        end = len(file) - 1
        kind = chr(file.get(end, 1)[0])
        if kind == "X":
            kind, offsets = map(chr, file.get(end - 2, 2))
            end -= 2 + size * struct.calcsize(offsets)
        numbers = np.dtype(f">{kind}")
        return np.frombuffer(file.piece(end - size * numbers.itemsize, end), numbers, size)


def _distinct(content: memoryview) -> Iterator[bytes]:
    """Yield the distinct values of a column: before them stands their number, before each its length."""
    file = BytesIO(content)
    for _ in range(read_varint(file)):
        yield file.read(read_varint(file))


def _added_up(steps: list[list[int]]) -> Grouped:
    """Add the steps of each list up: 2, 3 | 4, 1 -> 2, 5 | 4, 5."""
    counts = np.fromiter(map(len, steps), np.int64, len(steps))
    sums = np.cumsum(np.fromiter(chain.from_iterable(steps), np.int64, counts.sum()))
    before = np.concatenate([np.zeros(1, np.int64), sums])[np.cumsum(counts) - counts]
    return Grouped(sums - np.repeat(before, counts), counts)


def _joined(found: list[tuple[Any, Any, Any]]) -> RawPostings:
    steps, weights, values = (list(chain.from_iterable(parts)) for parts in zip(*found, strict=True))
    ids = np.cumsum(np.array(steps, np.int32), dtype=np.int32)
    ends = np.cumsum(np.fromiter(map(len, values), np.int64, len(ids)))
    return RawPostings(ids, np.array(weights, np.float32), b"".join(values), ends)
