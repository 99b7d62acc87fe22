"""Reading and writing the files of a Whoosh index past its own readers and writers: all that touches its private parts.

Whoosh's own readers copy whole files into memory to open them, and hand out postings one by one. Here files are
mapped (`compound_file.py`), and blocks of postings and columns become arrays (`postings.py`, `values.py`). Its
writer pools
postings one by one, and writes some thirty files for a segment to put them together in the end; here whole posting
lists go to one file at once. `postings_blocks.py` and `term_dictionary.py` know how bytes are laid out, but nothing
of Whoosh.
``tests/engines/whoosh/test_segment_core.py`` and ``tests/engines/whoosh/test_segment_writer.py`` compare with stock
Whoosh on the same index.
"""

from __future__ import annotations

import pickle
import re
import struct
import zlib
from array import array
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.codec import postings_blocks, term_dictionary
from searchkit.engines.whoosh.codec.byte_columns import Bytes, distinct_values
from searchkit.engines.whoosh.codec.posting_list import PostingList, PrefixPostings, added_up, grouped, joined
from searchkit.engines.whoosh.directory import checksums, compound_file, safe_pickle
from searchkit.engines.whoosh.directory.compound_file import EMPTY, HEAD, LooseFiles, MappedFile, MappedFiles, path_of
from searchkit.engines.whoosh.indexing.postings_buffer import PostingLists, TermPostings
from searchkit.storage import durable_files

if TYPE_CHECKING:
    from whoosh.index import FileIndex

STORED = "_stored"
"""The column of what is stored of each document."""
_STORED_LEVEL = 3
_UNSYNCED = 2**22
"""Bytes of a new segment that wait to be synced: else the commit that ends a large merge would wait for all of it."""
_TERMS, _POSTINGS = ".trm", ".pst"
"""What the names of the files of the dictionary and of the posting lists end in."""
_FIELD = struct.Struct("!H")
_NO_FIELD = 65535


class SegmentCore:
    """The files of one segment, which never change: what is deleted from it, a commit knows."""

    def __init__(self, storage: Any, segment: Any) -> None:
        self.id: str = segment.segment_id()
        self.size: int = segment.doc_count_all()
        self._segment = segment
        self._storage = self._opened(storage, segment)
        self._columns: dict[str, Bytes] = {}
        self._few_terms: dict[str, list[bytes]] = {}

    @staticmethod
    def _opened(storage: Any, segment: Any) -> Any:
        return MappedFiles(storage, segment) if segment.is_compound() else LooseFiles(storage)

    @cached_property
    def _terms(self) -> term_dictionary.TermDictionary:
        return term_dictionary.TermDictionary(self._file(self._segment.make_filename(_TERMS)))

    @cached_property
    def _postings(self) -> MappedFile:
        return self._file(self._segment.make_filename(_POSTINGS))

    def _key(self, field: str, term: bytes) -> bytes:
        return _FIELD.pack(self._terms.fields.get(field, _NO_FIELD)) + term

    def _said(self, field: str, term: bytes) -> bytes | None:
        """Return what the dictionary says of a term."""
        return self._terms.find(self._key(field, term))

    def postings(self, field: str, term: bytes) -> PostingList | None:
        """Return the postings of a term, or None where there are none."""
        said = self._said(field, term)
        return None if said is None else joined(list(self.posting_blocks(said)))

    def statistics(self, field: str, term: bytes) -> postings_blocks.TermStats:
        """Return what the dictionary says of a term that it has."""
        said = self._said(field, term)
        if said is None:
            raise KeyError(term)
        return postings_blocks.statistics(said)

    def postings_of_all(self, field: str, prefix: bytes) -> PrefixPostings:
        """Return the postings of all terms that begin with `prefix`, read in one go."""
        terms, steps, weights = [], [], array("f")
        for term, said in self.entries(field, prefix):
            parts = list(self.posting_blocks(said))
            terms.append(term)
            steps.append([step for part in parts for step in part[0]])
            for _, weights_of_part, _ in parts:
                weights.extend(weights_of_part)
        return PrefixPostings(terms, added_up(grouped(steps)), np.array(weights, np.float32))

    def fields(self) -> Iterable[str]:
        """Return the names of the fields that have terms."""
        return self._terms.fields

    def entries(self, field: str, beginning: bytes = b"") -> Iterator[tuple[bytes, bytes]]:
        """Yield the terms of a field that begin so, in order, each with what the dictionary says of it."""
        if field not in self.fields():
            return
        found = self._terms.beginning(self._key(field, beginning))
        self._storage.was_read(len(found))
        for key, said in term_dictionary.entries(found, 0, len(found)):
            yield key[_FIELD.size :], said

    def posting_blocks(self, said: bytes) -> Iterator[tuple[Any, Any, Any]]:
        """Yield (steps from id to id, weights, values) of the postings of a term of which the dictionary says this."""
        extent = postings_blocks.extent(said)
        if extent is None:
            yield postings_blocks.inlined(said)
        else:
            content = self._postings.get(*extent)
            self._storage.was_read(len(content))
            yield from postings_blocks.decoded(content)

    def has_column(self, name: str) -> bool:
        """Whether any document has a value in that column."""
        found: bool = self._storage.file_exists(_column_file(self._segment, name))
        return found

    def column(self, name: str, column: Any) -> Any:
        """Return Whoosh's own reader of a column, which is a sequence of values."""
        from searchkit.engines.whoosh.codec.whoosh_columns import (
            reader,  # reading needs nothing of Whoosh, only merging does
        )

        return reader(self._column(name), column, self.size)

    def terms(self, field: str, prefix: bytes = b"") -> Iterator[bytes]:
        """Yield the terms of a field that begin with `prefix`, in order."""
        return (term for term, _ in self.entries(field, prefix))

    def few_terms(self, field: str) -> list[bytes]:
        """Return all terms of a field that has few, which are read once."""
        if field not in self._few_terms:
            self._few_terms[field] = list(self.terms(field))
        return self._few_terms[field]

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
            self._columns[field] = Bytes(self._column(field), self.size)
        return self._columns[field][number]

    def filled(self, field: str) -> NDArray[np.intp]:
        """Return the numbers of documents that have a value in a column of bytes."""
        return np.flatnonzero(Bytes(self._column(field), self.size).lengths)

    def holding(self, field: str, piece: bytes) -> Iterator[int]:
        """Yield the numbers of documents with this piece in a column of bytes, without looking at each."""
        return Bytes(self._column(field), self.size).holding(piece)

    def rows(self, field: str, width: int) -> NDArray[np.uint8]:
        """Return the whole of a column of byte strings of one length, a row each; zeros where it has not got them."""
        lengths = Bytes(self._column(field), self.size).lengths
        if not self.size or not np.all(lengths == width):
            return np.zeros((self.size, width), np.uint8)
        return np.frombuffer(self._content(field), np.uint8, self.size * width).reshape(-1, width)

    def references(self, field: str) -> tuple[list[bytes], NDArray[np.int32]]:
        """Return the distinct values of a column and, for each document, which it has."""
        content = self._content(field)
        if not content:
            return [b""], np.zeros(self.size, np.int32)
        codes = np.frombuffer(content, ">u2" if content[-1] == ord("H") else "u1", self.size)
        return list(distinct_values(content[codes.nbytes :])), codes.astype(np.int32)

    def stored(self, number: int) -> dict[str, Any]:
        """Return what is stored of a document."""
        stored: dict[str, Any] = safe_pickle.loads(zlib.decompress(self.value(STORED, number)))
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

    def _column(self, field: str) -> MappedFile:
        return self._file(_column_file(self._segment, field))

    def _file(self, name: str) -> MappedFile:
        return self._storage.open_file(name) if self._storage.file_exists(name) else EMPTY


class RepairedSegmentCore(SegmentCore):
    """The files of a segment that may be damaged: put right where that can be done, else read as they are."""

    @staticmethod
    def _opened(storage: Any, segment: Any) -> Any:
        return compound_file.RepairedFiles(storage, segment)


class SegmentOutput:
    """A segment that is being written: one file of columns, then posting lists, then their dictionary."""

    def __init__(self, storage: Any, name: str) -> None:
        from secrets import token_hex

        from whoosh.filedb.structfile import StructFile  # reading needs nothing of Whoosh

        self.segment = SegmentInfo(name, token_hex(8), 0)
        self._path = path_of(storage, self.segment.make_filename(self.segment.COMPOUND_EXT))
        self._file = StructFile(durable_files.create(self._path))
        self._file.write(bytes(HEAD.size))
        self._end = HEAD.size
        self._parts: dict[str, dict[str, int]] = {}
        self._dictionary = term_dictionary.TermDictionaryWriter()
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
        encoded = postings_blocks.encoded(postings, lengths)
        said = postings_blocks.about(postings, lengths, self._posted, len(encoded))
        self._dictionary.add(self._number_of(field) + postings.term, said)
        self._post(encoded)

    def add_all(self, field: str, lists: PostingLists, lengths: NDArray[np.uint8]) -> None:
        """Write the posting lists of several terms; `lengths` has a number for each of their postings."""
        encoded = postings_blocks.encoded_all(lists, lengths.tobytes())
        said = postings_blocks.about_all(
            lists, lengths, self._posted, np.fromiter(map(len, encoded), np.int64, len(encoded))
        )
        number = self._number_of(field)
        self._dictionary.add_all([number + term for term in lists.terms], said)
        self._post(b"".join(encoded))

    def _number_of(self, field: str) -> bytes:
        return _FIELD.pack(self._fields.setdefault(field, len(self._fields)))

    def _post(self, encoded: bytes) -> None:
        self._file.write(encoded)
        self._posted += len(encoded)
        if self._posted - self._synced > _UNSYNCED:
            durable_files.sync(self._file.file)
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

    def _seal(self) -> checksums.Footer:
        """Write the list of parts, which Whoosh follows by one of options, and checksums; wait for the disk."""
        parts = pickle.dumps(self._parts, 2) + pickle.dumps({}, 2)
        self._file.write(parts)
        self._file.seek(0)
        self._file.write(HEAD.pack(self._end, len(parts)))
        seal = checksums.seal(self._file.file)
        durable_files.sync(self._file.file)
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


class SegmentInfo:
    """What a commit says of a segment."""

    COMPOUND_EXT = ".seg"

    def __init__(self, name: str, id_: str, count: int, deleted: set[int] | None = None) -> None:
        self._name, self._id, self.count = name, id_, count
        self._deleted = set(deleted or ())
        self.lengths: dict[str, int] = {}
        """By field, how many words all documents have together."""
        self.compound = False
        self.seal: checksums.Footer | None = None

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


def segment_of(name: str, said: dict[str, Any]) -> SegmentInfo:
    """Return the segment of which a table of contents says this; raises `ValueError` where that cannot be."""
    id_, count, deleted, seal = said["segid"], said["_doccount"], said["_deleted"], said.get("seal")
    numbers = (count, *(deleted or ()), *(seal or (0, 0)), *said["_fieldlengths"].values())
    is_named = said["indexname"] == name and re.fullmatch("[0-9a-z]+", id_)
    if not (is_named and all(type(number) is int and number >= 0 for number in numbers)):
        raise ValueError("a table of contents says of a segment what cannot be")
    segment = SegmentInfo(name, id_, count, deleted)
    segment.lengths, segment.compound, segment.seal = said["_fieldlengths"], bool(said["compound"]), seal
    return segment


def _column_file(segment: SegmentInfo, field: str) -> str:
    return segment.make_filename(f".{field}.col")


def is_all_there(storage: Any, segment: Any) -> bool:
    """Whether a segment's file has the length that it had; raises `OSError` where there is none."""
    if not segment.is_compound():
        return True
    file = path_of(storage, segment.make_filename(segment.COMPOUND_EXT))
    return checksums.is_as_long_as(segment.seal, file.stat(follow_symlinks=False).st_size)
