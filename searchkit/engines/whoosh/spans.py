"""Positions of words, put together to phrases, in all documents at once.

A place is a document's number times `STRIDE`, plus a position in it: places of different documents are far apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]

STRIDE = 2**31


def places(base: int, found: Sequence[tuple[int, list[int]]]) -> Places:
    """Return the places of documents, numbered from `base`, with their positions."""
    numbers = np.array([number for number, _ in found], np.int64) + base
    counts = [len(positions) for _, positions in found]
    at = np.fromiter(chain.from_iterable(positions for _, positions in found), np.int64)
    together: Places = np.repeat(numbers * STRIDE, counts) + at
    return together


def distinct(parts: Sequence[Places]) -> Places:
    """Return all places, ascending, each once."""
    merged = np.sort(_together(parts))
    return merged[np.diff(merged, prepend=-1) > 0]


def exact(parts: Sequence[Places]) -> Places:
    """Return the places at which a term is the word as written: those that do not stand twice."""
    merged = _together(parts)
    steps = np.diff(merged, prepend=-1, append=-1)
    alone: Places = merged[(steps[1:] != 0) & (steps[:-1] != 0)]
    return alone


def _together(parts: Sequence[Places]) -> Places:
    return np.concatenate([np.empty(0, np.int64), *parts])


def once(positions: Sequence[int]) -> list[int]:
    """Return, in the same way, the positions in one document."""
    return [position for position, count in Counter(positions).items() if count == 1]


def phrase_starts(words: Sequence[Places], slop: int) -> Places:
    """Return where a phrase begins, given the ascending places of each of its words.

    Words follow one another in order, with at most `slop` other words in between in all.
    """
    starts, *others = words
    at = starts
    for places in others:
        following = np.searchsorted(places, at, "right")
        there = following < len(places)
        starts, at = starts[there], places[following[there]]
    return starts[at - starts <= len(others) + slop]
