"""Writing in bulk: commits, and the segments of what is added.

Whoosh's own writer pools postings as tuples, sorts them, and hands them one by one through five layers. Here come whole
posting lists, sorted, and go to Whoosh's own files in its own format (codec W3), which stock Whoosh reads.
`tests/engines/whoosh/test_segment_writer.py` compares what both write.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.index import FileIndex, LockError
from whoosh.util.numeric import byte_to_length, length_to_byte

from searchkit.analysis.analyzed_document import AnalyzedDocument
from searchkit.engines.whoosh.commit.commits import committed, next_number, publish, sweep
from searchkit.engines.whoosh.indexing.postings_buffer import PostingLists, PostingsBuffer
from searchkit.engines.whoosh.schema import TERMS, VOCABULARY
from searchkit.engines.whoosh.segment.core import SegmentOutput, lengths_column, schema_of, stored_bytes, stored_column
from searchkit.engines.whoosh.whoosh_schema import fields_of
from searchkit.lexicon.word_table import WordStats, pack_words

_SEGMENT_POSITIONS = 2_000_000
"""Words a segment: what is held in memory until it is written, some 250 MB with their postings."""

WORK_OF_A_TERM = 4
"""Beside its postings, a term takes as long as so many postings."""
WORK_OF_A_DELETION = 200
"""What a deleted document contributes to being cleared away: about the postings of a short article."""
DECODABLE = bytes(length_to_byte(byte_to_length(length)) for length in range(256))
"""Lengths as they come back: Whoosh's writer reads them from the column that it has just written."""


class Commit:
    """One step from one state of an index to the next, and the number of the next.

    Nothing is seen of it before `finish`; holds Whoosh's lock.
    """

    def __init__(self, index: FileIndex) -> None:
        self._lock = index.lock("WRITELOCK")
        if not self._lock.acquire():
            raise LockError
        self._index = index
        _, self.segments = committed(index)
        self.generation = next_number(index)
        self.work = 0
        """How many postings were written so far, and the like: see `searchkit.engines.whoosh.indexing.merger`."""

    def finish(self, unfinished: Iterable[Any] = ()) -> None:
        """Make the commit, and remove the files that nobody needs more; segments that are `unfinished` need theirs."""
        publish(self._index, self.generation, self.segments)
        sweep(self._index, unfinished)
        self._lock.release()

    def cancel(self) -> None:
        """Leave everything as it was."""
        try:
            sweep(self._index)
        finally:
            self._lock.release()


class SegmentsWriter:
    """Writes new segments, one after the other: one every so many words, so that memory stays bounded."""

    def __init__(self, index: FileIndex) -> None:
        self._index = index
        self._current: SegmentWriter | None = None
        self.segments: list[Any] = []
        self.work = 0
        """See `Commit.work`."""

    def add(self, entry: AnalyzedDocument) -> None:
        """Add a document."""
        if self._current is None:
            self._current = SegmentWriter(self._index)
        self._current.add(entry)
        if self._current.words > _SEGMENT_POSITIONS:
            self.flush()

    def flush(self) -> None:
        """Write what was added."""
        if self._current is not None:
            self.segments.append(self._current.finish())
            self.work += self._current.work
            self._current = None


class SegmentWriter:
    """Writes the documents of one new segment."""

    def __init__(self, index: FileIndex) -> None:
        self._new = SegmentOutput(index.storage, index.indexname)
        self._schema = schema = schema_of(index)
        self._terms = PostingsBuffer()
        self._whole: dict[str, dict[bytes, list[int]]] = {name: {} for name in schema.names() if schema[name].indexed}
        self._types: dict[str, Any] = dict([lengths_column(TERMS), stored_column()])
        self._columns: dict[str, list[tuple[int, Any]]] = {}
        self._lengths = bytearray()
        self._length = 0
        self._words: list[WordStats] = []
        self.work = 0

    @property
    def words(self) -> int:
        """How many were added."""
        return len(self._terms)

    def add(self, entry: AnalyzedDocument) -> None:
        """Add a document."""
        number, stored = len(self._lengths), {}
        for name, value in fields_of(entry).items():
            field = self._schema[name]
            if field.stored:
                stored[name] = value
            if field.indexed:
                self._whole[name].setdefault(field.to_bytes(value), []).append(number)
            if field.column_type:
                self._types[name] = field.column_type
                self._columns.setdefault(name, []).append((number, field.to_column_value(value)))
        self._columns.setdefault(stored_column()[0], []).append((number, stored_bytes(stored)))
        self._add_words(number, entry)

    def _add_words(self, number: int, entry: AnalyzedDocument) -> None:
        length = self._terms.add(entry)
        self._length += length
        self._lengths.append(length_to_byte(length))
        if length:
            self._columns.setdefault(lengths_column(TERMS)[0], []).append((number, self._lengths[number]))

    def finish(self) -> Any:
        """Write everything; return the segment."""
        for name, values in self._columns.items():
            with self._new.column(name, self._types[name], len(self._lengths)) as add:
                for number, value in values:
                    add(number, value)
        lengths = np.frombuffer(self._lengths.translate(DECODABLE), np.uint8)
        for name in sorted(self._whole):
            if name == TERMS:
                self._write(name, self._known(self._terms.lists()), lengths)
            else:
                self._write(name, _existence(self._whole[name]), np.zeros_like(lengths))
        self._new.end_postings()
        table = self._new.write(VOCABULARY, [pack_words(self._words)])
        rest = self._new.finish(len(self._lengths), {TERMS: self._length})
        for _ in chain(table, rest):
            pass
        return self._new.segment

    def _known(self, found: Iterable[PostingLists]) -> Iterator[PostingLists]:
        """Pass postings on, and note what the table of words says of their terms."""
        for lists in found:
            words = (term.decode("utf-8", "surrogatepass") for term in lists.terms)
            written = np.minimum(lists.written, lists.counts)
            self._words += map(WordStats, words, lists.counts.tolist(), written.tolist())
            yield lists

    def _write(self, field: str, found: Iterable[PostingLists], lengths: NDArray[np.uint8]) -> None:
        for lists in found:
            self._new.add_all(field, lists, lengths[lists.ids])
            self.work += len(lists.ids) + WORK_OF_A_TERM * len(lists.terms)


def _existence(documents: dict[bytes, list[int]]) -> Iterator[PostingLists]:
    """Yield which documents have which value, where there are any."""
    if documents:
        terms = sorted(documents)
        ids = [documents[term] for term in terms]
        bounds = np.cumsum([0, *map(len, ids)])
        numbers = np.fromiter(chain.from_iterable(ids), np.int32, bounds[-1])
        yield PostingLists(terms, bounds, numbers, np.ones(len(numbers), np.float32), None, np.zeros_like(bounds[1:]))
