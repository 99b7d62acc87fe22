"""The postings of a term as arrays, and the positions in them: pickled lists of steps, as Whoosh encodes them."""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from itertools import accumulate, chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh import pickles

_VALUE_HEAD = 4 + len(pickle.PROTO) + 1
"""What stands before the list in the value of a posting: how long it is, and the version of the pickle."""


class RawPostings(NamedTuple):
    """The documents that hold a term, deleted ones included, with weights and encoded positions."""

    ids: NDArray[np.int32]
    weights: NDArray[np.float32]
    values: bytes
    """What Whoosh keeps with each posting, one after the other."""
    ends: NDArray[np.int64]
    """Where in `values` each ends."""

    def positions(self, places: NDArray[np.intp]) -> list[list[int]]:
        """Return the positions in the documents at `places` among `ids`."""
        return [list(accumulate(each)) for each in _steps(self._values(places))]

    def positions_together(self, places: NDArray[np.intp]) -> Grouped:
        """Return the same in arrays."""
        return added_up(_steps(self._values(places)))

    def value(self, place: int) -> bytes:
        """Return the encoded positions in the document at `place`: those of several terms can be decoded together."""
        ends = self.ends.data
        return self.values[ends[place - 1] if place else 0 : ends[place]]

    def _values(self, places: NDArray[np.intp]) -> list[bytes]:
        starts = np.where(places, self.ends[places - 1], 0)
        return [self.values[start:end] for start, end in zip(starts.tolist(), self.ends[places].tolist(), strict=True)]


def positions_in(values: Sequence[bytes]) -> list[list[int]]:
    """Return the positions that Whoosh has encoded in the values of postings."""
    return [list(accumulate(steps)) if len(steps) > 1 else steps for steps in _steps(values)]


def _steps(values: Sequence[bytes]) -> list[list[int]]:
    """Decode pickled lists: without their heads and ends, all become one list of lists."""
    lists = [value[_VALUE_HEAD : -len(pickle.STOP)] for value in values]
    steps: list[list[int]] = pickles.loads(b"".join((pickle.MARK, *lists, pickle.LIST, pickle.STOP)))
    return steps


class Grouped(NamedTuple):
    """Lists of numbers, one after the other, and how many each has."""

    numbers: NDArray[np.int64]
    counts: NDArray[np.int64]


class PostingsOfAll(NamedTuple):
    """The postings of several terms, one term after the other, without positions."""

    terms: list[bytes]
    ids: Grouped
    weights: NDArray[np.float32]


def added_up(steps: list[list[int]]) -> Grouped:
    """Add the steps of each list up: 2, 3 | 4, 1 -> 2, 5 | 4, 5."""
    counts = np.fromiter(map(len, steps), np.int64, len(steps))
    sums = np.cumsum(np.fromiter(chain.from_iterable(steps), np.int64, counts.sum()))
    before = np.concatenate([np.zeros(1, np.int64), sums])[np.cumsum(counts) - counts]
    return Grouped(sums - np.repeat(before, counts), counts)


def joined(found: list[tuple[Any, Any, Any]]) -> RawPostings:
    """Put blocks of (steps from id to id, weights, values) together."""
    steps, weights, values = (list(chain.from_iterable(parts)) for parts in zip(*found, strict=True))
    ids = np.cumsum(np.array(steps, np.int32), dtype=np.int32)
    ends = np.cumsum(np.fromiter(map(len, values), np.int64, len(ids)))
    return RawPostings(ids, np.array(weights, np.float32), b"".join(values), ends)
