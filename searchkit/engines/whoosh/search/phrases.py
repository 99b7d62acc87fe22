"""Positions of words, put together to phrases, in all documents at once.

A place is a document's number times `STRIDE`, plus a position in it: places of different documents are far apart.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

GlobalPositions = NDArray[np.int64]

STRIDE = 2**31


def places(base: int, documents: NDArray[np.int64], positions: NDArray[np.int64]) -> GlobalPositions:
    """Return the places of positions in documents, numbered from `base`."""
    return (documents + base) * STRIDE + positions


def distinct(numbers: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return numbers, ascending, each once; they are sorted where they stand."""
    numbers.sort()
    first = np.empty(len(numbers), bool)
    first[:1] = True
    np.not_equal(numbers[1:], numbers[:-1], out=first[1:])
    return numbers[first]


def exact(places: GlobalPositions) -> GlobalPositions:
    """Return the places at which a term is the word as written: those that do not stand twice."""
    places.sort()
    steps = np.diff(places, prepend=-1, append=-1)
    alone: GlobalPositions = places[(steps[1:] != 0) & (steps[:-1] != 0)]
    return alone


def phrase_starts(words: Sequence[GlobalPositions], slop: int) -> GlobalPositions:
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
