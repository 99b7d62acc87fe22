"""Putting segments together to one, a step at a time, so that no commit waits for the whole of it.

Every commit pays for some merging, in proportion to what it has written itself. A merge that is not finished goes on
with the next commit of this process; what it has written so far nobody sees. Work is counted in postings: that is about
how long it takes.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, groupby
from math import inf
from operator import itemgetter
from typing import Any

from whoosh.index import FileIndex
from whoosh.util.numeric import byte_to_length

from searchkit.engines.whoosh.indexing import merge_policy
from searchkit.engines.whoosh.indexing.postings_buffer import TermPostings
from searchkit.engines.whoosh.indexing.segment_writer import DECODABLE, WORK_OF_A_TERM, Commit
from searchkit.engines.whoosh.schema import TERMS, VOCABULARY
from searchkit.engines.whoosh.segment.core import SegmentCore, SegmentOutput, lengths_column, schema_of, stored_column
from searchkit.lexicon.word_table import SegmentWords, merge_words

_SHARE = 4
"""How much merging a commit does for each posting that it writes: more often than that no document is rewritten."""
_BYTES_OF_WORK = 500
"""How many bytes are copied in the time that a posting takes."""
_LENGTHS, _LENGTHS_TYPE = lengths_column(TERMS)


class MergeScheduler:
    """The merges of an index that are under way. Those that a process leaves behind, the next one begins anew."""

    def __init__(self, index: FileIndex) -> None:
        self._index = index
        self._running: list[SegmentMerger] = []
        self._generation = -1

    @property
    def unfinished(self) -> list[Any]:
        """The segments that are being written."""
        return [merge.new.segment for merge in self._running]

    def advance(self, commit: Commit) -> None:
        """Do the share of a commit, the smallest merge first; more where there are too many segments."""
        if commit.generation != self._generation + 1:
            self.drop()  # another process has written, and has removed what was begun
        work: float = _SHARE * commit.work
        self._begin(commit)
        while self._running and (work > 0 or merge_policy.crowded(commit.segments)):
            merge = min(self._running, key=lambda merge: merge.count)
            work = min(work, merge.advance(inf if merge_policy.crowded(commit.segments) else work))
            if merge.is_done:
                self._running.remove(merge)
                commit.segments = merge.replaced(commit.segments)
                self._begin(commit)
        self._generation = commit.generation

    def _begin(self, commit: Commit) -> None:
        busy = {id_ for merge in self._running for id_ in merge.ids}
        idle = [segment for segment in commit.segments if segment.segment_id() not in busy]
        # An empty segment that is being merged stays: what was deleted of it has to be told to the merge.
        commit.segments = [segment for segment in commit.segments if segment.doc_count() or segment not in idle]
        for group in merge_policy.full([segment for segment in idle if segment.doc_count()]):
            self._running.append(SegmentMerger(self._index, group))

    def drop(self) -> None:
        """Give up all of them."""
        for merge in self._running:
            merge.new.discard()
        self._running = []


class SegmentMerger:
    """Segments on their way to become one."""

    def __init__(self, index: FileIndex, segments: Sequence[Any]) -> None:
        self.new = SegmentOutput(index.storage, index.indexname)
        self.is_done = False
        self._sources: dict[str, _Source] = {}
        self.count = 0
        for segment in segments:
            self._sources[segment.segment_id()] = source = _Source(index.storage, segment, self.count)
            self.count += len(source.living)
        self._columns = {name: field.column_type for name, field in schema_of(index).items() if field.column_type}
        self._columns |= dict([(_LENGTHS, _LENGTHS_TYPE), stored_column()])
        self._lengths = bytearray(self.count)
        self._steps = self._all()

    @property
    def ids(self) -> set[str]:
        """The segments that are put together."""
        return {*self._sources}

    def advance(self, work: float) -> float:
        """Do so much work, and return what is left of it when all is done."""
        for done in self._steps:
            work -= done
            if work <= 0:
                return work
        self.is_done = True
        return work

    def replaced(self, segments: Sequence[Any]) -> list[Any]:
        """Return a commit's segments, the new one in place of its sources: less what was deleted of them meanwhile."""
        for segment in segments:
            if source := self._sources.get(segment.segment_id()):
                for number in source.renumbered(segment.deleted_docs()):
                    self.new.segment.delete_document(number)
        return [segment for segment in segments if segment.segment_id() not in self._sources] + [self.new.segment]

    def _all(self) -> Iterator[int]:
        """Do everything, yielding the work of each step."""
        for name in self._columns:
            yield from self._copy(name)
        decodable = self._lengths.translate(DECODABLE)
        for field in sorted({field for source in self._sources.values() for field in source.files.fields()}):
            yield from self._join(field, decodable if field == TERMS else bytes(self.count))
        self.new.end_postings()
        tables = [SegmentWords(source.files.table(VOCABULARY)) for source in self._sources.values()]
        for written in self.new.write(VOCABULARY, merge_words(tables)):
            yield written // _BYTES_OF_WORK
        for written in self.new.finish(self.count, {TERMS: sum(map(byte_to_length, self._lengths))}):
            yield written // _BYTES_OF_WORK

    def _copy(self, name: str) -> Iterator[int]:
        """Copy a column; stored documents stay compressed."""
        column = self._columns[name]
        sources = [source for source in self._sources.values() if source.files.has_column(name)]
        if not sources:
            return
        with self.new.column(name, column, self.count) as add:
            for source in sources:
                reader = source.files.column(name, column)
                for number, old in enumerate(source.living, source.base):
                    value = reader[old]
                    add(number, value)
                    if name == _LENGTHS:
                        self._lengths[number] = value
                    yield 1

    def _join(self, field: str, lengths: bytes | bytearray) -> Iterator[int]:
        """Put posting lists together, term by term; positions stay as they are encoded."""
        terms = heapq.merge(*(source.terms(field) for source in self._sources.values()), key=itemgetter(0))
        for term, found in groupby(terms, key=itemgetter(0)):
            ids, weights, values = _one([source.postings(said) for _, source, said in found])
            if ids:
                postings = TermPostings(term, ids, weights, values if values[0] else None)
                self.new.add(field, postings, bytes(map(lengths.__getitem__, ids)))
            yield WORK_OF_A_TERM + len(ids)


_Postings = tuple[Sequence[int], Sequence[float], Sequence[bytes]]


class _Source:
    """A segment that goes into a larger one, and the new number of each of its documents."""

    def __init__(self, storage: Any, segment: Any, base: int) -> None:
        self.files = SegmentCore(storage, segment)
        self.base = base
        self.living = [number for number in range(self.files.size) if not segment.is_deleted(number)]
        self._is_whole = len(self.living) == self.files.size
        self._numbers = {old: number for number, old in enumerate(self.living, base)}

    def renumbered(self, deleted: Iterator[int]) -> Iterator[int]:
        """Yield the new numbers of those of the deleted documents that still lived when the merge began."""
        return (self._numbers[old] for old in deleted if old in self._numbers)

    def terms(self, field: str) -> Iterator[tuple[bytes, _Source, bytes]]:
        """Yield the terms of a field, each with what the dictionary says of it."""
        return ((term, self, said) for term, said in self.files.entries(field))

    def postings(self, said: bytes) -> _Postings:
        """Return a term's postings under their new numbers, positions as they are encoded."""
        steps, weights, values = _one(list(self.files.posting_blocks(said)))
        ids = list(accumulate(steps))
        if self._is_whole:
            return [id_ + self.base for id_ in ids], weights, values
        numbers = self._numbers
        kept = [(numbers[id_], *rest) for id_, *rest in zip(ids, weights, values, strict=True) if id_ in numbers]
        return _transposed(kept)


def _one(parts: Sequence[_Postings]) -> _Postings:
    """Put postings one after the other."""
    if len(parts) == 1:
        return parts[0]
    ids, weights, values = (list(chain.from_iterable(part)) for part in zip(*parts, strict=True))
    return ids, weights, values


def _transposed(postings: Sequence[Any]) -> _Postings:
    ids, weights, values = zip(*postings, strict=True) if postings else ((), (), ())
    return ids, weights, values
