"""Writing standard Whoosh segments in bulk: all of it that goes past Whoosh's public writer is in this file.

Whoosh's own writer pools postings as tuples, sorts them, and hands them one by one through five layers. Here come whole
posting lists, sorted, and go to Whoosh's own files in its own format (codec W3), which stock Whoosh reads.
`tests/engines/test_bulk.py` compares what both write.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from io import BytesIO
from itertools import groupby
from operator import itemgetter, sub
from pickle import dumps, load, loads
from struct import Struct
from typing import Any
from zlib import compress, decompress

from whoosh.codec.whoosh3 import LENGTHS_COLUMN, W3Codec, W3TermInfo, _lenfield
from whoosh.columns import VarBytesColumn
from whoosh.index import TOC, LockError, clean_files
from whoosh.util.numeric import byte_to_length, length_to_byte

from searchkit.engines.whoosh.inversion import Inversion, TermPostings
from searchkit.engines.whoosh.schema import TERMS, VOCABULARY, fields_of
from searchkit.entry import Entry
from searchkit.vocabulary import Known, Table, table_of

_SEGMENT_POSITIONS = 2_000_000
"""Words a segment: what is held in memory until it is written, some 250 MB with their postings."""
_BLOCK = 128
_MAGIC = b"W3Bl"
_PICKLE = 4
"""Protocol 2, which Whoosh writes itself, has no bytes and spells them as calls; any reader takes both."""
_ZLIB_LEVEL = 1
_WORTH_COMPRESSING = 256
_length = Struct("!i")
_extent = Struct("!qi").pack
_prefix = Struct("!H").pack
_term_info = W3TermInfo._struct.pack


class Commit:
    """One step from one state of an index to the next. Nothing is seen of it before `finish`; holds Whoosh's lock."""

    def __init__(self, index: Any) -> None:
        self._lock = index.lock("WRITELOCK")
        if not self._lock.acquire():
            raise LockError
        self._storage, self._name = index.storage, index.indexname
        self._toc = TOC.read(index.storage, index.indexname, schema=index._schema)
        self._writer: SegmentWriter | None = None
        self.segments: list[Any] = list(self._toc.segments)

    def add(self, entry: Entry) -> None:
        """Add a document. Every so many words a segment is written, so that memory stays bounded."""
        if self._writer is None:
            self._writer = SegmentWriter(self._storage, self._toc.schema, self._name)
        self._writer.add(entry)
        if self._writer.words > _SEGMENT_POSITIONS:
            self.flush()

    def flush(self) -> None:
        """Write what was added."""
        if self._writer is not None:
            self.segments.append(self._writer.finish())
            self._writer = None

    def merge(self, segments: Sequence[Any]) -> None:
        """Put segments together to one, without what was deleted."""
        self.segments = [segment for segment in self.segments if segment not in segments]
        sources = _sources(self._storage, [segment for segment in segments if segment.doc_count()])
        if sources:
            self.segments.append(_merged(self._storage, self._toc.schema, self._name, sources))

    def finish(self) -> None:
        """Write the table of contents under its final name, which makes the commit; remove what nobody needs more."""
        self.flush()
        generation = self._toc.generation + 1
        TOC(self._toc.schema, self.segments, generation).write(self._storage, self._name)
        clean_files(self._storage, self._name, generation, self.segments)
        self._release()

    def cancel(self) -> None:
        """Leave everything as it was."""
        try:
            clean_files(self._storage, self._name, self._toc.generation, self._toc.segments)
        finally:
            self._release()

    def _release(self) -> None:
        self._storage.temp_storage(f"{self._name}.tmp").destroy()
        self._lock.release()


class SegmentWriter:
    """Writes the documents of one new segment."""

    def __init__(self, storage: Any, schema: Any, name: str) -> None:
        self._files = _SegmentFiles(storage, name)
        self._schema = schema
        self._terms = Inversion()
        self._whole: dict[str, dict[bytes, list[int]]] = {name: {} for name in schema.names() if schema[name].indexed}
        self._lengths = bytearray()

    @property
    def words(self) -> int:
        """How many were added."""
        return len(self._terms)

    def add(self, entry: Entry) -> None:
        """Add a document."""
        number, documents = len(self._lengths), self._files.documents
        documents.start_doc(number)
        for name, value in fields_of(entry).items():
            self._add_field(number, name, value)
        length = self._terms.add(entry)
        self._lengths.append(length_to_byte(length))
        documents.add_field(TERMS, self._schema[TERMS], None, length)
        documents.finish_doc()

    def _add_field(self, number: int, name: str, value: Any) -> None:
        field, documents = self._schema[name], self._files.documents
        if field.indexed:
            self._whole[name].setdefault(field.to_bytes(value), []).append(number)
        documents.add_field(name, field, value if field.stored else None, 0)
        if field.column_type:
            documents.add_column_value(name, field.column_type, field.to_column_value(value))

    def finish(self) -> Any:
        """Write the postings; return the segment."""
        for name in sorted(self._whole):
            if name == TERMS:
                self._files.write_field(name, self._terms.postings(), _decodable(self._lengths))
            else:
                self._files.write_field(name, _existence(self._whole[name]), bytes(len(self._lengths)))
        return self._files.finish(len(self._lengths))


def _existence(documents: dict[bytes, list[int]]) -> Iterator[TermPostings]:
    for value, ids in sorted(documents.items()):
        yield TermPostings(value, ids, [1.0] * len(ids), None)


def _decodable(lengths: bytes | bytearray) -> bytes:
    """Return lengths as they come back: Whoosh's writer reads them from the column that it has just written."""
    return bytes(length_to_byte(byte_to_length(length)) for length in lengths)


class _SegmentFiles:
    """The files of a segment that is being written."""

    def __init__(self, storage: Any, name: str) -> None:
        self._storage = storage
        codec = W3Codec()
        self._segment = codec.new_segment(storage, name)
        self.documents = codec.per_document_writer(storage, self._segment)
        self._fields = codec.field_writer(storage, self._segment)
        self._words: list[Known] = []
        self._at = 0

    def finish(self, count: int) -> Any:
        """Put the files together to one; return the segment."""
        self.documents.close()
        self._fields.close()
        self._segment.set_doc_count(count)
        with self._segment.create_file(self._storage, VOCABULARY) as file:
            file.write(table_of(self._words))
        self._segment.create_compound_file(self._storage)
        return self._segment

    def write_field(self, name: str, postings: Iterable[TermPostings], lengths: bytes) -> None:
        """Write the postings of a field; `lengths` has a byte for each document."""
        prefix = b""
        for posting in postings:
            prefix = prefix or _prefix(self._fields._fieldmap.setdefault(name, len(self._fields._fieldmap)))
            self._fields._tindex.add(prefix + posting.term, self._write_postings(posting, lengths))
            if name == TERMS:
                self._words.append(_known(posting))

    def _write_postings(self, postings: TermPostings, lengths: bytes) -> bytes:
        """Write the blocks of a posting list; return what the dictionary says of the term."""
        _, ids, weights, values, _ = postings
        bytes_ = bytes(map(lengths.__getitem__, ids))
        out = [_MAGIC]
        for begin in range(0, len(ids), _BLOCK):
            end = begin + _BLOCK
            out += _block(
                ids[begin:end], weights[begin:end], values and values[begin:end], bytes_[begin:end], end >= len(ids)
            )
        written = b"".join(out)
        self._fields._postfile.write(written)
        self._at += len(written)
        spread = (min(bytes_), max(bytes_), max(weights), ids[0], ids[-1])
        said: bytes = _term_info(0, sum(weights), len(ids), *spread) + _extent(self._at - len(written), len(written))
        return said


def _block(
    ids: Sequence[int], weights: Sequence[float], values: Sequence[bytes] | None, lengths: bytes, is_last: bool
) -> tuple[bytes, bytes, bytes]:
    deltas = (ids[0], *map(sub, ids[1:], ids))
    data = dumps((deltas, _fewer(weights), values and tuple(values)), _PICKLE)
    level = _ZLIB_LEVEL if len(data) >= _WORTH_COMPRESSING else 0
    if level:
        data = compress(data, level)
    info = dumps((len(ids), ids[-1], max(weights), level, min(lengths), max(lengths)), 2)
    size = len(info) + len(data)
    return _length.pack(-size if is_last else size), info, data


def _fewer(weights: Sequence[float]) -> float | tuple[float, ...] | None:
    """Write one weight where all are equal, and none where that is 1."""
    if weights.count(weights[0]) < len(weights):
        return tuple(weights)
    return None if weights[0] == 1.0 else weights[0]


def _known(postings: TermPostings) -> Known:
    """Return what the table of words says of a term."""
    term, ids, _, _, written = postings
    return Known(term.decode("utf-8", "surrogatepass"), len(ids), min(written, len(ids)))


class _Source:
    """A segment that goes into a larger one: its readers, and the new number of each of its documents."""

    def __init__(self, storage: Any, segment: Any, base: int) -> None:
        files = segment.open_compound_file(storage) if segment.is_compound() else storage
        codec = segment.codec()
        self.documents = codec.per_document_reader(files, segment)
        self._terms = codec.terms_reader(files, segment)
        living = [number for number in range(segment.doc_count_all()) if not segment.is_deleted(number)]
        self.numbers = dict(zip(living, range(base, base + len(living)), strict=True))
        words = segment.make_filename(VOCABULARY)
        self.table = Table(files.open_file(words).read() if files.file_exists(words) else b"")
        self._is_whole = len(living) == segment.doc_count_all()
        self._base = base

    def fields(self) -> Iterable[str]:
        return self._terms.indexed_field_names()  # type: ignore[no-any-return]

    def terms(self, field: str) -> Iterator[tuple[bytes, _Source, Any]]:
        """Yield a field's terms, each with what the dictionary says of it."""
        if field not in self.fields():
            return
        for (name, text), info in self._terms.items_from(field, b""):
            if name != field:
                break
            yield text, self, info

    def column(self, name: str, column: Any) -> Iterator[tuple[int, Any]]:
        """Yield the value of each living document, with its new number."""
        if self.documents.has_column(name):
            reader = self.documents.column_reader(name, column)
            for old, new in self.numbers.items():
                yield new, reader[old]

    def postings(self, info: Any) -> Iterator[tuple[int, float, bytes | None]]:
        """Yield a term's postings under their new numbers, positions as they are encoded."""
        offset, (length,) = info.extent()
        stream = BytesIO(self._terms._postfile.get(offset, length))
        stream.seek(len(_MAGIC))
        is_last = False
        while not is_last:
            (size,) = _length.unpack(stream.read(4))
            is_last, end = size < 0, stream.tell() + abs(size)
            yield from self._renumbered(*_opened(stream, end))

    def _renumbered(
        self, ids: list[int], weights: Sequence[float], values: Sequence[bytes | None]
    ) -> Iterator[tuple[int, float, bytes | None]]:
        if self._is_whole:
            yield from zip([self._base + id_ for id_ in ids], weights, values, strict=True)
            return
        for id_, weight, value in zip(ids, weights, values, strict=True):
            if id_ in self.numbers:
                yield self.numbers[id_], weight, value


def _opened(stream: BytesIO, end: int) -> tuple[list[int], Sequence[float], Sequence[bytes | None]]:
    """Read the block at the place where the stream stands."""
    count, _, _, level, _, _ = load(stream)
    data = stream.read(end - stream.tell())
    deltas, weights, values = loads(decompress(data) if level else data)
    ids, id_ = [], 0
    for delta in deltas:
        id_ += delta
        ids.append(id_)
    if not isinstance(weights, tuple):
        weights = [1.0 if weights is None else weights] * count
    return ids, weights, values or [None] * count


def _sources(storage: Any, segments: Sequence[Any]) -> list[_Source]:
    sources: list[_Source] = []
    for segment in segments:
        sources.append(_Source(storage, segment, sum(len(source.numbers) for source in sources)))
    return sources


def _merged(storage: Any, schema: Any, name: str, sources: Sequence[_Source]) -> Any:
    """Write a segment of all that lives in others: columns as they are, posting lists put together."""
    files = _SegmentFiles(storage, name)
    count = sum(len(source.numbers) for source in sources)
    lengths = bytearray(count)
    for source in sources:
        for number, length in source.column(_lenfield(TERMS), LENGTHS_COLUMN):
            lengths[number] = length
    _copy_columns(files.documents, schema, sources, count)
    files.documents._fieldlengths[TERMS] = sum(map(byte_to_length, lengths))
    for field in sorted({field for source in sources for field in source.fields()}):
        of_field = _decodable(lengths) if field == TERMS else bytes(count)
        files.write_field(field, _merged_postings(field, sources), of_field)
    return files.finish(count)


def _copy_columns(documents: Any, schema: Any, sources: Sequence[_Source], count: int) -> None:
    columns = {name: field.column_type for name, field in schema.items() if field.column_type}
    # What is stored is a column of compressed bytes, which are copied without being opened.
    columns |= {"_stored": VarBytesColumn(), _lenfield(TERMS): LENGTHS_COLUMN}
    documents._colwriters.clear()
    documents._doccount = count
    for name, column in columns.items():
        for source in sources:
            for documents._docnum, value in source.column(name, column):
                documents.add_column_value(name, column, value)


def _merged_postings(field: str, sources: Sequence[_Source]) -> Iterator[TermPostings]:
    written: Counter[bytes] = Counter()
    for source in sources if field == TERMS else ():
        for known in source.table:
            written[known.word.encode()] += known.written
    terms = merge(*(source.terms(field) for source in sources), key=itemgetter(0))
    for text, found in groupby(terms, key=itemgetter(0)):
        postings = [posting for _, source, info in found for posting in source.postings(info)]
        if postings:
            ids, weights, values = zip(*postings, strict=True)
            yield TermPostings(text, ids, weights, None if values[0] is None else values, written[text])
