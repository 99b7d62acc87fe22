"""The words that an index knows, found by how they look: with the same skeleton, or nearly so.

Engines keep a `table` for each of their segments; a question is repaired with what they hold together.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache, partial

from searchkit.lexicon.skeletons import LONGEST, TITLE_START, key_of, skeleton
from searchkit.lexicon.word_table import SegmentWords, WordStats, merged, table_of
from searchkit.runtime.memo import remembering

__all__ = [
    "LONGEST",
    "TITLE_START",
    "SegmentWords",
    "WordDictionary",
    "WordStats",
    "key_of",
    "merged",
    "skeleton",
    "table_of",
]

_MEMO = 10_000
"""Skeletons of which the words are remembered: about 5 MB."""


class WordDictionary:
    """The words of all tables, frequencies added up."""

    def __init__(self, tables: Sequence[SegmentWords] = ()) -> None:
        self._tables = tables
        self._alike = lru_cache(_MEMO)(partial(_alike, tables))
        self.find = remembering(self._find, _MEMO)

    def __bool__(self) -> bool:
        """Whether any word is known: an index that was made before the tables were knows none."""
        return any(table.words for table in self._tables)

    def alike(self, skeleton: bytes) -> Sequence[WordStats]:
        """Return the words with this skeleton, the most frequent first."""
        return self._alike(skeleton)

    def _find(self, word: str) -> WordStats:
        """Return what is known of a folded word: frequencies of 0 where it is nowhere."""
        for known in self._alike(skeleton(word)):
            if known.word == word:
                return known
        return WordStats(word, 0, 0)

    def beginning(self, skeleton: bytes, most: int) -> list[WordStats]:
        """Return the words of which the skeleton begins so, those written most often first.

        So many of each length and table are looked at.
        """
        some = (words for table in self._tables for length, words in table.words.items() if length >= len(skeleton))
        return _added_up(known for words in some for known in words.beginning(skeleton, most))

    def near(self, skeleton: bytes, edits: int) -> list[WordStats]:
        """Return words of which the skeleton is at most so many edits away, not the ones that have it.

        An edit is a letter too many, one too few, another one, or two that changed places. Found is what shares its
        beginning or its end with the skeleton: nearly half of it, or a third where there are two edits.
        """
        from rapidfuzz.distance import OSA  # 15 ms: only where a word is not known

        length = len(skeleton)
        shared = max(1, length // 2 - 1 if edits == 1 else length // 3)
        ends = skeleton[:shared], skeleton[length - shared :]
        return _added_up(
            words[row]
            for table in self._tables
            for other in range(max(shared, length - edits), length + edits + 1)
            if (words := table.words.get(other))
            for letters, row in words.sharing_an_end(*ends)
            if 0 < OSA.distance(letters, skeleton, score_cutoff=edits) <= edits
        )


def _alike(tables: Sequence[SegmentWords], skeleton: bytes) -> Sequence[WordStats]:
    words = (table.words.get(len(skeleton)) for table in tables)
    return tuple(_added_up(known for some in words if some for known in some.alike(skeleton)))


def _added_up(found: Iterable[WordStats]) -> list[WordStats]:
    """Return each word once, the most frequent first."""
    words: dict[str, WordStats] = {}
    for known in found:
        before = words.get(known.word)
        words[known.word] = known if before is None else _sum(before, known)
    return sorted(words.values(), key=lambda known: (-known.written, -known.frequency, known.word))


def _sum(a: WordStats, b: WordStats) -> WordStats:
    return WordStats(a.word, a.frequency + b.frequency, a.written + b.written)
