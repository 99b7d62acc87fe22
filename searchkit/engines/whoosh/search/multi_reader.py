"""All segments of a commit under one numbering of documents.

A query costs the same however many segments there are.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.arrays import DocIds, DocMask, Floats
from searchkit.engines.whoosh.codec.facet_column import FacetColumn
from searchkit.engines.whoosh.damage import reporting_damage
from searchkit.engines.whoosh.search.duplicate_clusters import DuplicateClusters
from searchkit.engines.whoosh.search.phrases import GlobalPositions, global_positions
from searchkit.engines.whoosh.segment.prefix_terms import PrefixTerms
from searchkit.engines.whoosh.segment.reader import SegmentReader, decoded
from searchkit.engines.whoosh.segment.term_docs import TermDocs
from searchkit.query.nodes import Prefix
from searchkit.runtime.memo import memoized

_MAX_CACHED_IDS = 50_000
"""The number of external ids kept in memory, some 8 MB."""
_MAX_CACHED_DOC_FREQS = 20_000
"""The number of doc freqs kept in memory, some 3 MB."""


class MultiReader:
    """Reads the documents of one commit by doc ids that count through all segments."""

    def __init__(self, segments: Sequence[SegmentReader]) -> None:
        self.segments = segments
        self._columns: dict[str, FacetColumn] = {}
        self._doc_bases = [0, *accumulate(segment.size for segment in segments)]
        self.size = self._doc_bases[-1]
        """The number of doc ids, deleted documents included."""
        self.live: DocMask = np.concatenate([np.empty(0, bool), *(segment.live for segment in segments)])
        """Whether each document is live, not deleted."""
        self.doc_count = int(self.live.sum())
        """The number of live documents."""
        self.id_of = memoized(self._read_id, _MAX_CACHED_IDS)
        """Returns the external id of a doc id."""
        self.doc_freq = memoized(self._doc_freq, _MAX_CACHED_DOC_FREQS)
        """Returns how many documents hold a term, deleted ones included."""

    @cached_property
    def live_doc_ids(self) -> DocIds:
        """The doc ids of all live documents, ascending."""
        return np.flatnonzero(self.live)

    @cached_property
    def id_ranks(self) -> DocIds:
        """The rank of each document in the order of external ids."""
        ids = [id_ for segment in self.segments for id_ in segment.texts("id")]
        ranks = np.empty(self.size, np.intp)
        ranks[sorted(range(self.size), key=ids.__getitem__)] = np.arange(self.size)
        return ranks

    @cached_property
    def clusters(self) -> DuplicateClusters:
        """The near-duplicate clusters of all documents."""
        return DuplicateClusters(
            np.concatenate([np.empty(0, np.uint64), *(segment.clusters() for segment in self.segments)])
        )

    def lengths(self, field: str) -> Floats:
        """Return the length in tokens of each document's text or title."""
        return np.concatenate([np.empty(0), *(segment.lengths(field) for segment in self.segments)])

    def term_docs(self, term: str) -> TermDocs:
        """Return the live documents with a term and its frequencies there."""
        return self._merge([segment.term_docs(term) for segment in self.segments])

    def prefix_docs(self, prefix: Prefix) -> TermDocs:
        """Return the live documents with terms of a prefix, frequencies summed over the terms."""
        return self._merge([segment.prefix_docs(prefix) for segment in self.segments])

    def docs_with_any(self, terms: Iterable[str], *, only_titles: bool = False) -> DocMask:
        """Return a mask of the documents with any of the terms, deleted documents included."""
        mask = np.zeros(self.size, bool)
        for term in terms:
            for segment, doc_base in zip(self.segments, self._doc_bases, strict=False):
                doc_ids, _, in_title = segment.term_docs(term)
                mask[(doc_ids[in_title > 0] if only_titles else doc_ids) + doc_base] = True
        return mask

    def positions(self, terms: Iterable[str], docs: DocMask) -> GlobalPositions:
        """Return the unsorted positions of terms in masked documents."""
        parts = [
            global_positions(doc_base, *segment.positions(term, docs[doc_base : doc_base + segment.size]))
            for term in terms
            for segment, doc_base in zip(self.segments, self._doc_bases, strict=False)
        ]
        return concatenate(parts, np.int64)

    def prefix_positions(self, prefix: Prefix, docs: DocMask) -> GlobalPositions:
        """Return the unsorted positions of a prefix's terms in masked documents."""
        parts = [
            global_positions(doc_base, *segment.prefix_positions(prefix, docs[doc_base : doc_base + segment.size]))
            for segment, doc_base in zip(self.segments, self._doc_bases, strict=False)
        ]
        return concatenate(parts, np.int64)

    def _doc_freq(self, term: str) -> int:
        return sum(segment.doc_freq(term) for segment in self.segments)

    def prefix_terms(self, prefix: str) -> PrefixTerms:
        """Return the terms that begin with `prefix`, and their doc freqs, of all segments."""
        return PrefixTerms([segment.prefix_terms(prefix) for segment in self.segments])

    def _merge(self, parts: Sequence[TermDocs]) -> TermDocs:
        bases = self._doc_bases
        doc_ids = concatenate([part.doc_ids + base for part, base in zip(parts, bases, strict=False)], np.intp)
        in_text = concatenate([part.in_text for part in parts], np.float32)
        in_title = concatenate([part.in_title for part in parts], np.float32)
        if self.doc_count == self.size:
            return TermDocs(doc_ids, in_text, in_title)
        live = self.live[doc_ids]
        return TermDocs(doc_ids[live], in_text[live], in_title[live])

    def prefix_terms_in(self, prefix: Prefix, doc_id: int) -> list[str]:
        """Return the terms of one document that begin with a prefix, sorted."""
        segment, segment_doc_id = self.resolve(doc_id)
        return segment.prefix_terms_in(prefix, segment_doc_id)

    def column(self, field: str) -> FacetColumn:
        """Return the column of a field with few distinct values."""
        if field not in self._columns:
            self._columns[field] = _concatenate_columns([segment.column(field) for segment in self.segments])
        return self._columns[field]

    def resolve(self, doc_id: int) -> tuple[SegmentReader, int]:
        """Return the segment of a document and its doc id within that segment."""
        i = bisect_right(self._doc_bases, doc_id) - 1
        return self.segments[i], doc_id - self._doc_bases[i]

    @reporting_damage()
    def _read_id(self, doc_id: int) -> str:
        segment, segment_doc_id = self.resolve(doc_id)
        return decoded(segment.core.values("id")[segment_doc_id])

    def doc_id_of(self, id_: str) -> int | None:
        """Return the doc id of the live document with an external id, or None."""
        for segment, doc_base in zip(self.segments, self._doc_bases, strict=False):
            segment_doc_id = segment.doc_id_of(id_)
            if segment_doc_id is not None:
                return doc_base + segment_doc_id
        return None


def concatenate(arrays: Sequence[NDArray[Any]], dtype: type[np.generic]) -> NDArray[Any]:
    """Return all arrays in one, which is empty where there are none."""
    return np.concatenate(arrays, dtype=dtype) if arrays else np.empty(0, dtype)


def _concatenate_columns(columns: Sequence[FacetColumn]) -> FacetColumn:
    """Concatenate the columns of segments, whose codes differ from segment to segment."""
    code_of: dict[str, int] = {}
    codes = [np.empty(0, np.int32)]
    for column in columns:
        recoded = [code_of.setdefault(value, len(code_of)) for value in column.values]
        codes.append(np.array(recoded, np.int32)[column.codes])
    return FacetColumn(list(code_of), np.concatenate(codes))
