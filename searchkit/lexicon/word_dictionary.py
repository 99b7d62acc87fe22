"""Finds words of an index by skeleton, prefix or edit distance.

Engines store a table of words per segment; queries are corrected by the words of all segments.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache, partial

from searchkit.lexicon.skeletons import skeleton
from searchkit.lexicon.word_table import SegmentWords, WordStats
from searchkit.runtime.memo import memoized

_CACHE_SIZE = 5_000
"""Skeletons with cached words: about 5 MB."""


class WordDictionary:
    """Finds words by skeleton in the tables of all segments and sums their frequencies."""

    def __init__(self, tables: Sequence[SegmentWords] = ()) -> None:
        self._tables = tables
        self._with_skeleton = lru_cache(_CACHE_SIZE)(partial(_with_skeleton, tables))
        self.find = memoized(self._find, _CACHE_SIZE)

    def __bool__(self) -> bool:
        """Whether the dictionary has words; an index older than the tables has none."""
        return any(table.by_length for table in self._tables)

    @cached_property
    def highest_doc_freq(self) -> int:
        """The doc freq of the most frequent word, which tells how large the index is."""
        highest = (int(words.frequencies[:, 0].max()) for table in self._tables for words in table.by_length.values())
        return max(highest, default=0)

    def with_skeleton(self, skeleton: bytes) -> Sequence[WordStats]:
        """Return the words with this skeleton, the most frequent first."""
        return self._with_skeleton(skeleton)

    def _find(self, word: str) -> WordStats:
        """Return the statistics of a folded word; frequencies are 0 if it is unknown."""
        for stats in self._with_skeleton(skeleton(word)):
            if stats.word == word:
                return stats
        return WordStats(word, 0, 0)

    def with_prefix(self, prefix: bytes, limit: int) -> list[WordStats]:
        """Return words whose skeleton begins with `prefix`, the most frequent first.

        Up to `limit` words of each length are read from each table.
        """
        tables = (words for table in self._tables for length, words in table.by_length.items() if length >= len(prefix))
        return _summed(stats for words in tables for stats in words.with_prefix(prefix, limit))

    def within_edits(self, skeleton: bytes, max_edits: int) -> list[WordStats]:
        """Return words whose skeleton is 1 to `max_edits` edits away from this one.

        An edit inserts, deletes or replaces a letter, or swaps two neighbours (optimal string
        alignment). Only words that share a start or an end with the skeleton are compared: nearly
        half of it for one edit, a third for two.
        """
        length = len(skeleton)
        shared = max(1, length // 2 - 1 if max_edits == 1 else length // 3)
        lengths = range(max(shared, length - max_edits), length + max_edits + 1)
        tables = (words for table in self._tables for each in lengths if (words := table.by_length.get(each)))
        return _summed(stats for words in tables for stats in words.within_edits(skeleton, shared, max_edits))


def _with_skeleton(tables: Sequence[SegmentWords], skeleton: bytes) -> Sequence[WordStats]:
    of_length = (table.by_length.get(len(skeleton)) for table in tables)
    return tuple(_summed(stats for words in of_length if words for stats in words.with_skeleton(skeleton)))


def _summed(words: Iterable[WordStats]) -> list[WordStats]:
    """Return each word once with its frequencies summed, the most frequent first."""
    words = list(words)
    if len(words) < 2:
        return words
    by_word: dict[str, WordStats] = {}
    for stats in words:
        earlier = by_word.get(stats.word)
        by_word[stats.word] = stats if earlier is None else _sum(earlier, stats)
    return sorted(by_word.values(), key=lambda stats: (-stats.surface_doc_freq, -stats.doc_freq, stats.word))


def _sum(a: WordStats, b: WordStats) -> WordStats:
    return WordStats(a.word, a.doc_freq + b.doc_freq, a.surface_doc_freq + b.surface_doc_freq)
