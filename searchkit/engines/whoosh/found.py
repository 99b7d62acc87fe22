"""What words and conditions find, put together: unions, intersections, sums of scores."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from searchkit.engines.whoosh.collection import Numbers
from searchkit.engines.whoosh.segments import Floats, Mask

_SPARSE = 16
"""Where fewer than one document in so many is touched, documents are looked up; else a number is kept for each."""


class Found(NamedTuple):
    """The documents that match, ascending, and their scores."""

    numbers: Numbers
    scores: Floats

    @property
    def bytes(self) -> int:
        """How much memory they take."""
        return self.numbers.nbytes + self.scores.nbytes


def mask(size: int, *numbers: Numbers) -> Mask:
    """Return, for each of `size` documents, whether it is among any of `numbers`."""
    among = np.zeros(size, bool)
    for some in numbers:
        among[some] = True
    return among


def union(size: int, parts: Sequence[Numbers]) -> Numbers:
    """Return the documents that are in any of the parts, of `size` in all."""
    return parts[0] if len(parts) == 1 else np.flatnonzero(mask(size, *parts))


def intersection(size: int, parts: Sequence[Numbers]) -> Numbers:
    """Return the documents that are in all of the parts, of `size` in all."""
    numbers, *others = sorted(parts, key=len)
    for other in others:
        numbers = numbers[mask(size, other)[numbers]]
    return numbers


def total(size: int, numbers: Numbers, parts: Sequence[Found]) -> Found:
    """Return the documents `numbers`, of `size` in all, with the sums of their scores in all parts."""
    if len(parts) == 1 and parts[0].numbers is numbers:
        return parts[0]
    if sum(len(part.numbers) for part in parts) * _SPARSE < size:
        return Found(numbers, _looked_up(numbers, parts))
    scores = np.zeros(size)
    for part in parts:
        scores[part.numbers] += part.scores
    return Found(numbers, scores[numbers])


def _looked_up(numbers: Numbers, parts: Sequence[Found]) -> Floats:
    """Sum scores up at the places of documents among `numbers`; those of others end behind them."""
    scores = np.zeros(len(numbers) + 1)
    for part in parts:
        at = np.searchsorted(numbers, part.numbers)
        at[np.append(numbers, -1)[at] != part.numbers] = len(numbers)
        scores[at] += part.scores
    return scores[:-1]
