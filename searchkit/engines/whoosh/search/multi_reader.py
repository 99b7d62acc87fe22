"""All segments of a commit under one numbering, so that a question costs the same however many they are."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.arrays import DocIds, DocMask, Floats, SegmentDocIds
from searchkit.engines.whoosh.codec.facet_column import FacetColumn
from searchkit.engines.whoosh.damage import reporting_damage
from searchkit.engines.whoosh.search import phrases
from searchkit.engines.whoosh.search.duplicate_clusters import DuplicateClusters
from searchkit.engines.whoosh.segment.reader import SegmentReader, decoded
from searchkit.engines.whoosh.segment.term_docs import TermDocs
from searchkit.runtime.memo import memoized

_MEMO = 50_000
"""Ids that are remembered: some 8 MB."""


class MultiReader:
    """The documents of one commit, numbered through."""

    def __init__(self, segments: Sequence[SegmentReader]) -> None:
        self.segments = segments
        self._columns: dict[str, FacetColumn] = {}
        self._bases = [0, *accumulate(segment.size for segment in segments)]
        self.size = self._bases[-1]
        self.live: DocMask = np.concatenate([np.empty(0, bool), *(segment.live for segment in segments)])
        self.documents = int(self.live.sum())
        self.id_of = memoized(self._read_id, _MEMO)
        """Returns the id of a document."""

    @cached_property
    def everything(self) -> DocIds:
        """The numbers of all live documents."""
        return np.flatnonzero(self.live)

    @cached_property
    def order(self) -> DocIds:
        """Return, for each document, its place in the order of ids."""
        ids = [id_ for segment in self.segments for id_ in segment.texts("id")]
        order = np.empty(self.size, np.intp)
        order[sorted(range(self.size), key=ids.__getitem__)] = np.arange(self.size)
        return order

    @cached_property
    def groups(self) -> DuplicateClusters:
        """Which documents are copies of one another."""
        return DuplicateClusters(
            np.concatenate([np.empty(0, np.uint64), *(segment.clusters() for segment in self.segments)])
        )

    def lengths(self, field: str) -> Floats:
        """Return the length of each document's text or title in tokens."""
        return np.concatenate([np.empty(0), *(segment.lengths(field) for segment in self.segments)])

    def postings(self, term: str) -> TermDocs:
        """Return the postings of a term."""
        return self._held([segment.term_docs(term) for segment in self.segments])

    def postings_of_all(self, prefix: str) -> TermDocs:
        """Return which documents hold terms that begin with `prefix`, and how often all of them together."""
        return self._held([segment.prefix_docs(prefix) for segment in self.segments])

    def holding(self, terms: Iterable[str], *, only_titles: bool = False) -> DocMask:
        """Return which documents, deleted ones included, hold any of the terms, somewhere or in their titles."""
        held = np.zeros(self.size, bool)
        for term in terms:
            for segment, base in zip(self.segments, self._bases, strict=False):
                ids, _, in_title = segment.term_docs(term)
                held[(ids[in_title > 0] if only_titles else ids) + base] = True
        return held

    def places(self, terms: Iterable[str], wanted: DocMask) -> phrases.GlobalPositions:
        """Return where terms stand in wanted documents, a term and a segment after the other."""
        found = [
            phrases.places(base, *segment.positions(term, wanted[base : base + segment.size]))
            for term in terms
            for segment, base in zip(self.segments, self._bases, strict=False)
        ]
        return joined(found, np.int64)

    def _held(self, parts: Sequence[TermDocs]) -> TermDocs:
        numbers = joined([part.doc_ids + base for part, base in zip(parts, self._bases, strict=False)], np.intp)
        in_text = joined([part.in_text for part in parts], np.float32)
        in_title = joined([part.in_title for part in parts], np.float32)
        if self.documents == self.size:
            return TermDocs(numbers, in_text, in_title)
        alive = self.live[numbers]
        return TermDocs(numbers[alive], in_text[alive], in_title[alive])

    def parts(self, wanted: DocIds) -> Iterator[tuple[SegmentReader, int, SegmentDocIds]]:
        """Part wanted documents, ascending, by segments: yield (segment, number of its first, numbers within it)."""
        borders = np.searchsorted(wanted, self._bases).tolist()
        for segment, base, (start, end) in zip(self.segments, self._bases, pairwise(borders), strict=False):
            if start < end:
                yield segment, base, (wanted[start:end] - base).astype(np.int32)

    def expand(self, prefix: str) -> list[str]:
        """Return the terms that begin with `prefix`."""
        return sorted({term for segment in self.segments for term in segment.expand(prefix)})

    def begun(self, prefix: str, number: int) -> list[str]:
        """Return the terms of one document that begin with `prefix`."""
        segment, within = self.place(number)
        return segment.prefix_terms(prefix, within)

    def column(self, field: str) -> FacetColumn:
        """Return a field's values, for fields with few distinct ones."""
        if field not in self._columns:
            self._columns[field] = _united([segment.column(field) for segment in self.segments])
        return self._columns[field]

    def place(self, number: int) -> tuple[SegmentReader, int]:
        """Return the segment that holds a document, and its number there."""
        i = bisect_right(self._bases, number) - 1
        return self.segments[i], number - self._bases[i]

    @reporting_damage()
    def _read_id(self, number: int) -> str:
        segment, within = self.place(number)
        return decoded(segment.core.bytes_value("id", within))

    def number_of(self, id_: str) -> int | None:
        """Return the number of the document of that id, or None."""
        for segment, base in zip(self.segments, self._bases, strict=False):
            number = segment.doc_id_of(id_)
            if number is not None:
                return base + number
        return None


def joined(arrays: Sequence[NDArray[Any]], kind: type[np.generic]) -> NDArray[Any]:
    """Return all arrays, of which there may be none, in one."""
    return np.concatenate(arrays, dtype=kind) if arrays else np.empty(0, kind)


def _united(columns: Sequence[FacetColumn]) -> FacetColumn:
    """Join the columns of segments, each of which numbers its distinct values by itself."""
    values: dict[str, int] = {}
    codes = [np.empty(0, np.int32)]
    for column in columns:
        own = [values.setdefault(value, len(values)) for value in column.values]
        codes.append(np.array(own, np.int32)[column.codes])
    return FacetColumn(list(values), np.concatenate(codes))
