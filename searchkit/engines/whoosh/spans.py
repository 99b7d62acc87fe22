"""Positions of words, put together to phrases, in all documents at once.

A place is a document's number times `STRIDE`, plus a position in it: places of different documents are far apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.int64]

STRIDE = 2**31


def exact(places: Places) -> Places:
    """Return the places at which a term is the word as written: those that do not stand twice."""
    same = places[1:] == places[:-1]
    twice = np.zeros(len(places), bool)
    twice[1:] |= same
    twice[:-1] |= same
    return places[~twice]


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
