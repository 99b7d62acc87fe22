"""Merge segments step by step, so that no commit waits for a whole merge.

Each commit pays for some merging, in proportion to the work of its own writing. An unfinished merge
goes on with the next commit of this process; nobody sees its output before. Work is counted in
postings, since the time is about proportional to them.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, chain, groupby
from math import inf
from operator import itemgetter
from pathlib import Path
from typing import Any

from whoosh.util.numeric import byte_to_length

from searchkit.engines.whoosh.codec.term_postings import TermPostings
from searchkit.engines.whoosh.commit.commit import Commit
from searchkit.engines.whoosh.commit.safe_index import SafeIndex
from searchkit.engines.whoosh.indexing import merge_policy
from searchkit.engines.whoosh.indexing.segment_writer import ROUNDED_LENGTHS, WORK_PER_TERM
from searchkit.engines.whoosh.schema import TERMS, WORDS_EXTENSION
from searchkit.engines.whoosh.segment.columns import length_column, stored_column
from searchkit.engines.whoosh.segment.core import SegmentCore
from searchkit.engines.whoosh.segment.info import SegmentInfo
from searchkit.engines.whoosh.segment.output import SegmentOutput
from searchkit.lexicon.word_table import SegmentWords, WordSet, merge_words

_MERGE_SHARE = 4
"""Postings merged per posting that a commit writes: it bounds the rewrites of a document."""
_BYTES_PER_WORK = 500
"""Bytes that are copied in the time that one posting takes."""
_LENGTHS, _LENGTHS_TYPE = length_column(TERMS)


class MergeScheduler:
    """Runs the merges of an index.

    Merges that a process leaves unfinished begin again in the next.
    """

    def __init__(self, index: SafeIndex) -> None:
        self._index = index
        self._running: list[SegmentMerger] = []
        self._generation = -1

    @property
    def unfinished(self) -> list[SegmentInfo]:
        """The segments that running merges write."""
        return [merge.output.info for merge in self._running]

    def advance(self, commit: Commit) -> None:
        """Do a commit's share of merging, and more while tiers are overfull.

        The smallest merge comes first.
        """
        if commit.generation != self._generation + 1:
            self.drop()  # another process has committed, and has deleted the unfinished files
        work: float = _MERGE_SHARE * commit.work
        self._start_merges(commit)
        while self._running and (work > 0 or merge_policy.is_overfull(commit.segments)):
            merge = min(self._running, key=lambda merge: merge.size)
            work = min(work, merge.advance(inf if merge_policy.is_overfull(commit.segments) else work))
            if merge.is_done:
                self._running.remove(merge)
                commit.segments = merge.replaced(commit.segments)
                self._start_merges(commit)
        self._generation = commit.generation

    def _start_merges(self, commit: Commit) -> None:
        busy = {id_ for merge in self._running for id_ in merge.source_ids}
        idle = [segment for segment in commit.segments if segment.id not in busy]
        # An empty segment that is being merged stays: its merge must learn of the deletions.
        commit.segments = [segment for segment in commit.segments if segment.live_count or segment not in idle]
        for group in merge_policy.find_merges([segment for segment in idle if segment.live_count]):
            self._running.append(SegmentMerger(self._index, group))

    def rewrite(self, commit: Commit, segments: Iterable[SegmentInfo]) -> None:
        """Write segments of a commit again without their deleted documents, all at once."""
        self.drop()
        for segment in segments:
            commit.segments = [each for each in commit.segments if each is not segment or segment.live_count]
            if segment.live_count:
                merge = SegmentMerger(self._index, [segment])
                merge.advance(inf)
                commit.segments = merge.replaced(commit.segments)
                merge.output.info.to_erase = False

    def drop(self) -> None:
        """Give up all running merges."""
        for merge in self._running:
            merge.output.discard()
        self._running = []


class SegmentMerger:
    """Merges segments into one, less the deleted documents."""

    def __init__(self, index: SafeIndex, segments: Sequence[SegmentInfo]) -> None:
        self.output = SegmentOutput(index.folder, index.name)
        self.is_done = False
        self._sources: dict[str, _MergeSource] = {}
        self.size = 0
        """The number of documents of the merged segment."""
        for segment in segments:
            self._sources[segment.id] = source = _MergeSource(index.folder, segment, self.size)
            self.size += len(source.live)
        self._columns = {name: field.column_type for name, field in index.schema.items() if field.column_type}
        self._columns |= dict([(_LENGTHS, _LENGTHS_TYPE), stored_column()])
        self._lengths = bytearray(self.size)
        self._words = WordSet()
        """The words that documents still have: those of deleted documents alone are dropped."""
        self._steps = self._merge()

    @property
    def source_ids(self) -> set[str]:
        """The ids of the merged segments."""
        return {*self._sources}

    def advance(self, work: float) -> float:
        """Do an amount of work, and return the rest if less was left."""
        for done in self._steps:
            work -= done
            if work <= 0:
                return work
        self.is_done = True
        return work

    def replaced(self, segments: Sequence[SegmentInfo]) -> list[SegmentInfo]:
        """Return a commit's segments with the merged one in place of its sources.

        Documents that were deleted from the sources meanwhile are deleted from the merged segment.
        """
        for segment in segments:
            if source := self._sources.get(segment.id):
                self.output.info.deleted.update(source.new_doc_ids(segment.deleted))
                self.output.info.to_erase |= segment.to_erase
        return [segment for segment in segments if segment.id not in self._sources] + [self.output.info]

    def _merge(self) -> Iterator[int]:
        """Merge everything, and yield the work of each step."""
        for name in self._columns:
            yield from self._copy_column(name)
        lengths = self._lengths.translate(ROUNDED_LENGTHS)
        for field in sorted({field for source in self._sources.values() for field in source.core.fields()}):
            yield from self._merge_postings(field, lengths if field == TERMS else bytes(self.size))
        self.output.end_postings()
        tables = [SegmentWords(source.core.extra_file(WORDS_EXTENSION)) for source in self._sources.values()]
        for written in self.output.write_extra_file(WORDS_EXTENSION, merge_words(tables, self._words)):
            yield written // _BYTES_PER_WORK
        for written in self.output.finish(self.size, {TERMS: sum(map(byte_to_length, self._lengths))}):
            yield written // _BYTES_PER_WORK

    def _copy_column(self, name: str) -> Iterator[int]:
        """Copy a column; stored fields stay compressed."""
        column = self._columns[name]
        sources = [source for source in self._sources.values() if source.core.has_column(name)]
        if not sources:
            return
        with self.output.column(name, column, self.size) as add:
            for source in sources:
                values = source.core.whoosh_column(name, column)
                for doc_id, old_doc_id in enumerate(source.live, source.base):
                    value = values[old_doc_id]
                    add(doc_id, value)
                    if name == _LENGTHS:
                        self._lengths[doc_id] = value
                    yield 1

    def _merge_postings(self, field: str, lengths: bytes | bytearray) -> Iterator[int]:
        """Merge posting lists term by term; positions stay encoded."""
        terms = heapq.merge(*(source.terms(field) for source in self._sources.values()), key=itemgetter(0))
        for term, entries in groupby(terms, key=itemgetter(0)):
            doc_ids, weights, values = _concatenated([source.postings(term_info) for _, source, term_info in entries])
            if doc_ids:
                postings = TermPostings(term, doc_ids, weights, values if values[0] else None)
                self.output.add_postings(field, postings, bytes(map(lengths.__getitem__, doc_ids)))
                if field == TERMS:
                    self._words.add(term.decode("utf-8", "surrogatepass"))
            yield WORK_PER_TERM + len(doc_ids)


_Postings = tuple[Sequence[int], Sequence[float], Sequence[bytes]]
"""Doc ids, weights, encoded positions."""


class _MergeSource:
    """A merged segment, and the new doc ids of its documents."""

    def __init__(self, folder: Path, segment: SegmentInfo, base: int) -> None:
        self.core = SegmentCore(folder, segment)
        self.base = base
        """The new doc id of its first live document."""
        self.live = [doc_id for doc_id in range(self.core.size) if doc_id not in segment.deleted]
        self._is_whole = len(self.live) == self.core.size
        self._new_doc_ids = {old: doc_id for doc_id, old in enumerate(self.live, base)}

    def new_doc_ids(self, deleted: Iterable[int]) -> Iterator[int]:
        """Yield the new doc ids of documents deleted after the merge began."""
        return (self._new_doc_ids[old] for old in deleted if old in self._new_doc_ids)

    def terms(self, field: str) -> Iterator[tuple[bytes, _MergeSource, bytes]]:
        """Yield (term, this source, term info) for each term of a field, sorted."""
        return ((term, self, term_info) for term, term_info in self.core.terms_with_info(field))

    def postings(self, term_info: bytes) -> _Postings:
        """Return a term's postings under their new doc ids."""
        steps, weights, values = _concatenated(list(self.core.posting_blocks(term_info)))
        doc_ids = list(accumulate(steps))
        if self._is_whole:
            return [doc_id + self.base for doc_id in doc_ids], weights, values
        new = self._new_doc_ids
        kept = [(new[old], *rest) for old, *rest in zip(doc_ids, weights, values, strict=True) if old in new]
        return _transposed(kept)


def _concatenated(parts: Sequence[_Postings]) -> _Postings:
    if len(parts) == 1:
        return parts[0]
    doc_ids, weights, values = (list(chain.from_iterable(part)) for part in zip(*parts, strict=True))
    return doc_ids, weights, values


def _transposed(postings: Sequence[Any]) -> _Postings:
    doc_ids, weights, values = zip(*postings, strict=True) if postings else ((), (), ())
    return doc_ids, weights, values
