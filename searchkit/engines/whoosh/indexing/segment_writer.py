"""Write new documents as segments.

Whoosh's own writer pools postings as tuples, sorts them, and hands them one by one through five
layers. Here numpy sorts all postings of a segment.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from searchkit.analysis.analyzed_document import AnalyzedDocument
from searchkit.engines.whoosh.codec.doc_columns import pack_references, pack_values
from searchkit.engines.whoosh.codec.packed_ints import Int32s, pack
from searchkit.engines.whoosh.codec.postings_batch import PostingsBatch
from searchkit.engines.whoosh.codec.stored_articles import Article, pack_fields
from searchkit.engines.whoosh.commit.safe_index import SafeIndex
from searchkit.engines.whoosh.indexing.postings_buffer import PostingsBuffer
from searchkit.engines.whoosh.schema import (
    ABBREVIATIONS,
    BYTES_COLUMNS,
    CLUSTER,
    DIGEST,
    FACET_COLUMNS,
    ID,
    IDS_SORTED,
    REFERENCE_COLUMNS,
    SIGNATURE,
    STORED_FIELDS,
    TEXT_LENGTH,
    TITLE_KEY,
    TITLE_LENGTH,
    WORDS,
)
from searchkit.engines.whoosh.segment.info import SegmentInfo
from searchkit.engines.whoosh.segment.output import SegmentOutput
from searchkit.lexicon.skeletons import TITLE_START, text_skeleton
from searchkit.lexicon.word_table import WordStats, pack_words
from searchkit_analyzers.abbreviations import find_abbreviations, pack_abbreviations

_MAX_TOKENS = 2_000_000
"""Tokens per segment, which stay in memory until it is written: some 100 MB with their postings."""

WORK_PER_TERM = 4
"""The time that a term takes beside its postings, counted in postings."""


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
        self._buffer = PostingsBuffer()
        self._values: dict[str, list[bytes]] = {name: [] for name in (*BYTES_COLUMNS, *REFERENCE_COLUMNS)}
        """By column of byte strings: the value of each document."""
        self._lengths: list[tuple[int, int]] = []
        """Per document, the length of its text and title in tokens."""
        self._words: list[WordStats] = []
        self.work = 0

    @property
    def token_count(self) -> int:
        """The number of tokens added so far."""
        return len(self._buffer)

    def add(self, analyzed: AnalyzedDocument) -> None:
        """Add a document to the segment."""
        for name, value in column_values(analyzed).items():
            self._values[name].append(value)
        stored = {name: getattr(analyzed.document, name) for name in STORED_FIELDS}
        self._output.add_article(Article(pack_fields(stored), analyzed.token_offsets))
        self._lengths.append((analyzed.text_length, analyzed.title_length))
        self._buffer.add(analyzed)

    def finish(self) -> SegmentInfo:
        """Write everything, and return the segment's metadata."""
        self._output.end_articles()
        for batch in self._buffer.batches():
            self._add_words(batch)
            self._output.add_postings(batch)
            self.work += len(batch.doc_ids) + WORK_PER_TERM * len(batch.terms)
        self._output.end_postings()
        write_columns(self._output, self._values.__getitem__, np.array(self._lengths, np.int32).reshape(-1, 2))
        self._output.add_section(WORDS, [pack_words(self._words)])
        self._output.finish(len(self._lengths))
        return self._output.info

    def _add_words(self, batch: PostingsBatch) -> None:
        """Collect the statistics of terms for the table of words."""
        words = (term.decode("utf-8", "surrogatepass") for term in batch.terms)
        self._words += map(WordStats, words, batch.doc_freqs.tolist(), batch.surface_doc_freqs().tolist())


def column_values(analyzed: AnalyzedDocument) -> dict[str, bytes]:
    """Return a document's values for all columns of byte strings."""
    document = analyzed.document
    texts = {name: getattr(document, name) for name in (ID, *FACET_COLUMNS, "path")} | {
        "analysis": analyzed.analysis_version
    }
    return {name: text.encode("utf-8", "surrogatepass") for name, text in texts.items()} | {
        DIGEST: bytes.fromhex(document.digest),
        SIGNATURE: analyzed.signature,
        CLUSTER: analyzed.cluster.to_bytes(8),
        ABBREVIATIONS: pack_abbreviations(find_abbreviations(document.text)),
        TITLE_KEY: TITLE_START + text_skeleton(document.title),
    }


def write_columns(output: SegmentOutput, values_of: Callable[[str], list[bytes]], lengths: Int32s) -> None:
    """Write all columns of a segment, one after the other.

    Args:
        output: The segment.
        values_of: Returns the value of each document in a column of byte strings.
        lengths: Per document, the length of its text and of its title.
    """
    for name in BYTES_COLUMNS:
        output.add_section(name, [pack_values(values_of(name))])
    for name in REFERENCE_COLUMNS:
        output.add_section(name, [pack_references(values_of(name))])
    ids = values_of(ID)
    output.add_section(IDS_SORTED, [pack(np.array(sorted(range(len(ids)), key=ids.__getitem__), np.int32))])
    for name, column in zip((TEXT_LENGTH, TITLE_LENGTH), lengths.T, strict=True):
        output.add_section(name, [pack(column)])
