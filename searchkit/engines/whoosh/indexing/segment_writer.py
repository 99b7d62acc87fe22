"""Write new documents as segments.

Whoosh's own writer pools postings as tuples, sorts them, and hands them one by one through five
layers. Here whole posting lists, sorted by numpy, go to files of the same format (codec W3), which
stock Whoosh reads. `tests/engines/whoosh/test_segment_writer.py` compares both writers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh.util.numeric import byte_to_length, length_to_byte

from searchkit.analysis.analyzed_document import AnalyzedDocument
from searchkit.engines.whoosh.codec.term_postings import PostingsBatch
from searchkit.engines.whoosh.commit.safe_index import SafeIndex
from searchkit.engines.whoosh.indexing.postings_buffer import PostingsBuffer
from searchkit.engines.whoosh.schema import TERMS, WORDS_EXTENSION
from searchkit.engines.whoosh.segment.columns import length_column, pack_stored_fields, stored_column
from searchkit.engines.whoosh.segment.info import SegmentInfo
from searchkit.engines.whoosh.segment.output import SegmentOutput
from searchkit.engines.whoosh.whoosh_schema import field_values
from searchkit.lexicon.word_table import WordStats, pack_words

_MAX_TOKENS = 2_000_000
"""Tokens per segment, which stay in memory until it is written: some 250 MB with their postings."""

WORK_PER_TERM = 4
"""The time that a term takes beside its postings, counted in postings."""
ROUNDED_LENGTHS = bytes(length_to_byte(byte_to_length(length)) for length in range(256))
"""By encoded length: the same length decoded and encoded again.

Whoosh's writer reads lengths from the column that it has just written, which rounds them.
"""


class RollingSegmentWriter:
    """Writes documents as segments, and begins a new segment when one is full."""

    def __init__(self, index: SafeIndex) -> None:
        self._index = index
        self._current: SegmentWriter | None = None
        self.segments: list[SegmentInfo] = []
        self.work = 0
        """See `Commit.work`."""

    def add(self, analyzed: AnalyzedDocument) -> None:
        """Add a document, and write the segment when it is full."""
        if self._current is None:
            self._current = SegmentWriter(self._index)
        self._current.add(analyzed)
        if self._current.token_count > _MAX_TOKENS:
            self.flush()

    def flush(self) -> None:
        """Write the current segment."""
        if self._current is not None:
            self.segments.append(self._current.finish())
            self.work += self._current.work
            self._current = None


class SegmentWriter:
    """Writes the documents of one new segment."""

    def __init__(self, index: SafeIndex) -> None:
        self._output = SegmentOutput(index.folder, index.name)
        self._schema = schema = index.schema
        self._buffer = PostingsBuffer()
        self._keywords: dict[str, dict[bytes, list[int]]] = {
            name: {} for name in schema.names() if schema[name].indexed
        }
        """By field and value: the doc ids with that value."""
        self._column_types: dict[str, Any] = dict([length_column(TERMS), stored_column()])
        self._columns: dict[str, list[tuple[int, Any]]] = {}
        """By column: (doc id, value) pairs."""
        self._encoded_lengths = bytearray()
        self._total_length = 0
        self._words: list[WordStats] = []
        self.work = 0

    @property
    def token_count(self) -> int:
        """The number of tokens added so far."""
        return len(self._buffer)

    def add(self, analyzed: AnalyzedDocument) -> None:
        """Add a document to the segment."""
        doc_id, stored = len(self._encoded_lengths), {}
        for name, value in field_values(analyzed).items():
            field = self._schema[name]
            if field.stored:
                stored[name] = value
            if field.indexed:
                self._keywords[name].setdefault(field.to_bytes(value), []).append(doc_id)
            if field.column_type:
                self._column_types[name] = field.column_type
                self._columns.setdefault(name, []).append((doc_id, field.to_column_value(value)))
        self._columns.setdefault(stored_column()[0], []).append((doc_id, pack_stored_fields(stored)))
        self._add_terms(doc_id, analyzed)

    def _add_terms(self, doc_id: int, analyzed: AnalyzedDocument) -> None:
        length = self._buffer.add(analyzed)
        self._total_length += length
        self._encoded_lengths.append(length_to_byte(length))
        if length:
            self._columns.setdefault(length_column(TERMS)[0], []).append((doc_id, self._encoded_lengths[doc_id]))

    def finish(self) -> SegmentInfo:
        """Write everything, and return the segment's metadata."""
        for name, values in self._columns.items():
            with self._output.column(name, self._column_types[name], len(self._encoded_lengths)) as add:
                for doc_id, value in values:
                    add(doc_id, value)
        lengths = np.frombuffer(self._encoded_lengths.translate(ROUNDED_LENGTHS), np.uint8)
        for name in sorted(self._keywords):
            if name == TERMS:
                self._write_postings(name, self._with_word_stats(self._buffer.batches()), lengths)
            else:
                self._write_postings(name, _keyword_postings(self._keywords[name]), np.zeros_like(lengths))
        self._output.end_postings()
        words = self._output.write_extra_file(WORDS_EXTENSION, [pack_words(self._words)])
        rest = self._output.finish(len(self._encoded_lengths), {TERMS: self._total_length})
        for _ in chain(words, rest):
            pass
        return self._output.info

    def _with_word_stats(self, batches: Iterable[PostingsBatch]) -> Iterator[PostingsBatch]:
        """Pass batches on, and collect the statistics of their terms for the table of words."""
        for batch in batches:
            words = (term.decode("utf-8", "surrogatepass") for term in batch.terms)
            surface = np.minimum(batch.surface_doc_freqs, batch.doc_freqs)
            self._words += map(WordStats, words, batch.doc_freqs.tolist(), surface.tolist())
            yield batch

    def _write_postings(self, field: str, batches: Iterable[PostingsBatch], lengths: NDArray[np.uint8]) -> None:
        for batch in batches:
            self._output.add_batch(field, batch, lengths[batch.doc_ids])
            self.work += len(batch.doc_ids) + WORK_PER_TERM * len(batch.terms)


def _keyword_postings(doc_ids_by_value: dict[bytes, list[int]]) -> Iterator[PostingsBatch]:
    """Yield the postings of a field whose values are terms as they are, without positions."""
    if doc_ids_by_value:
        terms = sorted(doc_ids_by_value)
        lists = [doc_ids_by_value[term] for term in terms]
        bounds = np.cumsum([0, *map(len, lists)])
        doc_ids = np.fromiter(chain.from_iterable(lists), np.int32, bounds[-1])
        yield PostingsBatch(terms, bounds, doc_ids, np.ones(len(doc_ids), np.float32), None, np.zeros_like(bounds[1:]))
