"""Merge segments step by step, so that no commit waits for a whole merge.

Each commit pays for some merging, in proportion to the work of its own writing. An unfinished merge
goes on with the next commit of this process; nobody sees its output before. Work is counted in
postings, since the time is about proportional to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import inf
from pathlib import Path

import numpy as np

from searchkit.engines.whoosh.codec.packed_ints import Int32s
from searchkit.engines.whoosh.codec.postings_batch import PostingsBatch, combined, renumbered
from searchkit.engines.whoosh.codec.stored_articles import Article
from searchkit.engines.whoosh.commit.commit import Commit
from searchkit.engines.whoosh.commit.safe_index import SafeIndex
from searchkit.engines.whoosh.indexing import merge_policy
from searchkit.engines.whoosh.indexing.segment_writer import WORK_PER_TERM, write_columns
from searchkit.engines.whoosh.schema import REFERENCE_COLUMNS, TEXT_LENGTH, TITLE_LENGTH, WORDS
from searchkit.engines.whoosh.segment.core import SegmentCore
from searchkit.engines.whoosh.segment.info import SegmentInfo
from searchkit.engines.whoosh.segment.output import SegmentOutput
from searchkit.lexicon.word_table import SegmentWords, WordSet, merge_words

_MERGE_SHARE = 4
"""Postings merged per posting that a commit writes: it bounds the rewrites of a document."""
_BYTES_PER_WORK = 500
"""Bytes that are copied in the time that one posting takes."""
_BLOCKS = 64
"""Blocks of terms that are merged at a time."""


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

    def merge_now(self, commit: Commit) -> None:
        """Merge the segments of a long run in one step, instead of by and by."""
        self.drop()
        if group := merge_policy.find_final_merge(commit.segments):
            merge = SegmentMerger(self._index, group)
            merge.advance(inf)
            commit.segments = merge.replaced(commit.segments)
        self._generation = commit.generation

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
        for source in self._sources.values():
            for written in source.copy_articles(self.output):
                yield written // _BYTES_PER_WORK
        self.output.end_articles()
        for least, end in pairwise(self._cuts()):
            yield self._merge_terms(least, end)
        self.output.end_postings()
        self._write_columns()
        yield self.size
        tables = [SegmentWords(source.core.section(WORDS).read_all()) for source in self._sources.values()]
        for written in self.output.write_section(WORDS, merge_words(tables, self._words)):
            yield written // _BYTES_PER_WORK
        self.output.finish(self.size)

    def _cuts(self) -> list[bytes | None]:
        """Return terms between which there are some blocks of all sources; None is after all."""
        firsts = sorted(first for source in self._sources.values() for first in source.core.dictionary.firsts())
        return [b"", *dict.fromkeys(firsts[_BLOCKS::_BLOCKS]), None]

    def _merge_terms(self, least: bytes | None, end: bytes | None) -> int:
        """Merge the terms from `least` to before `end`, and return the work done."""
        batches = [batch for source in self._sources.values() for batch in source.batches(least or b"", end)]
        if not batches:
            return 0
        merged = combined(batches)
        if merged.terms:
            self.output.add_postings(merged)
        for term in merged.terms:
            self._words.add(term.decode("utf-8", "surrogatepass"))
        return sum(WORK_PER_TERM * len(batch.terms) + len(batch.doc_ids) for batch in batches)

    def _write_columns(self) -> None:
        sources = self._sources.values()
        lengths = [np.concatenate([source.numbers(name) for source in sources]) for name in (TEXT_LENGTH, TITLE_LENGTH)]
        write_columns(self.output, self._values, np.stack(lengths, axis=1))

    def _values(self, name: str) -> list[bytes]:
        """Return a column of byte strings; only one is in memory at a time."""
        return [value for source in self._sources.values() for value in source.values(name)]


class _MergeSource:
    """A merged segment, and the new doc ids of its documents."""

    def __init__(self, folder: Path, segment: SegmentInfo, base: int) -> None:
        self.core = SegmentCore(folder, segment)
        is_live = np.ones(self.core.size, bool)
        is_live[list(segment.deleted)] = False
        self.live = np.flatnonzero(is_live)
        self._new_doc_ids = np.where(is_live, base - 1 + np.cumsum(is_live), -1).astype(np.int32)
        """By doc id, the one in the merged segment; -1 for deleted documents."""

    def new_doc_ids(self, deleted: Iterable[int]) -> Iterator[int]:
        """Yield the new doc ids of documents deleted after the merge began."""
        return (int(self._new_doc_ids[old]) for old in deleted if self._new_doc_ids[old] >= 0)

    def batches(self, least: bytes, end: bytes | None) -> Iterator[PostingsBatch]:
        """Yield the postings of live documents, for terms from `least` to before `end`."""
        for batch in self.core.dictionary.batches(least, end):
            yield renumbered(batch, self._new_doc_ids)

    def copy_articles(self, output: SegmentOutput) -> Iterator[int]:
        """Copy the articles of live documents, and yield the number of bytes of each group.

        Whole groups stay compressed.
        """
        articles = self.core.articles
        for group, (first, end) in enumerate(articles.spans()):
            kept = [doc_id for doc_id in range(first, end) if self._new_doc_ids[doc_id] >= 0]
            fields, offsets = articles.pieces(group)
            if len(kept) == end - first and articles.is_full(group):
                output.add_articles(len(kept), fields, offsets)
            else:
                for doc_id in kept:
                    output.add_article(Article(articles.fields(doc_id), articles.offsets(doc_id)))
            yield len(fields) + len(offsets)

    def values(self, name: str) -> Iterator[bytes]:
        """Yield the live documents' values in a column of byte strings."""
        if name in REFERENCE_COLUMNS:
            distinct, codes = self.core.references(name)
            return (distinct[code] for code in codes[self.live].tolist())
        values = list(self.core.values(name))
        return (values[doc_id] for doc_id in self.live.tolist())

    def numbers(self, name: str) -> Int32s:
        """Return the live documents' values in a column of numbers."""
        return self.core.numbers(name)[self.live]
