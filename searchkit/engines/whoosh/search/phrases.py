"""Positions of words in all documents at once, and the phrases that they form.

A global position is a doc id times `STRIDE` plus a position in the document, so positions of
different documents are far apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

GlobalPositions = NDArray[np.int64]

STRIDE = 2**31
"""More than the number of positions in any document."""


def global_positions(
    doc_base: int, segment_doc_ids: NDArray[np.int64], positions: NDArray[np.int64]
) -> GlobalPositions:
    """Return the global positions of occurrences in one segment."""
    return (segment_doc_ids + doc_base) * STRIDE + positions


def sorted_unique(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the distinct values, ascending; the array itself is sorted in place."""
    values.sort()
    is_first = np.empty(len(values), bool)
    is_first[:1] = True
    np.not_equal(values[1:], values[:-1], out=is_first[1:])
    return values[is_first]


def exact_positions(positions: GlobalPositions) -> GlobalPositions:
    """Return the positions at which a term is the word as written.

    A position is stored twice where the word is written otherwise. The array itself is sorted in
    place.
    """
    positions.sort()
    steps = np.diff(positions, prepend=-1, append=-1)
    single: GlobalPositions = positions[(steps[1:] != 0) & (steps[:-1] != 0)]
    return single


def phrase_starts(words: Sequence[GlobalPositions], places: Sequence[int], slop: int) -> GlobalPositions:
    """Return the positions at which a phrase begins, given the ascending positions of each word.

    The words follow one another in order, at the distances of their `places`, with at most `slop`
    other words between them in all.
    """
    starts, *others = words
    ends = starts
    for positions, (before, place) in zip(others, pairwise(places), strict=True):
        following = np.searchsorted(positions, ends + (place - before))
        has_next = following < len(positions)
        starts, ends = starts[has_next], positions[following[has_next]]
    return starts[ends - starts <= places[-1] - places[0] + slop]
