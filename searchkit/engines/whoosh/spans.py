"""Positions of words, put together to phrases."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence


def exact(positions: Sequence[int]) -> list[int]:
    """Return the positions at which a term is the word as written: those that do not stand twice."""
    once = []
    for i, position in enumerate(positions):
        before = i > 0 and positions[i - 1] == position
        after = i + 1 < len(positions) and positions[i + 1] == position
        if not (before or after):
            once.append(position)
    return once


def phrase_starts(places: Sequence[Sequence[int]], slop: int) -> list[int]:
    """Return where a phrase begins, given the ascending positions of each of its words.

    Words follow one another in order, with at most `slop` other words in between in all.
    """
    first, *others = places
    return [start for start in first if _follows(start, others, slop)]


def _follows(start: int, others: Sequence[Sequence[int]], slop: int) -> bool:
    at = start
    for positions in others:
        i = bisect_right(positions, at)
        if i == len(positions):
            return False
        at = positions[i]
    return at - start <= len(others) + slop
