"""The postings of a term as arrays, and the positions in them: pickled lists of steps, as Whoosh encodes them.

A value is how many steps there are, four bytes, and a pickle of protocol 2: ``]q\\0K\\5a`` for one step of 5,
``]q\\0(K\\5M\\0\\1e`` for 5 and 256. Where many documents are looked at, short lists are read with numpy, all at once.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from itertools import accumulate, chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.directory import safe_pickle

_COUNT = np.dtype(">u4")
_VALUE_HEAD = _COUNT.itemsize + len(pickle.PROTO) + 1
"""What stands before the list in the value of a posting: how long it is, and the version of the pickle."""
_LIST_HEAD = len(pickle.EMPTY_LIST + pickle.BINPUT) + 1
_FEW = 8
"""Lists of up to so many steps are read with numpy, a step of all of them at a time."""
_MANY = 100
"""Where there are so many of them: each step takes some microseconds."""
_WIDTHS = np.zeros(256, np.intp)
"""By the code of a number in a pickle: how many bytes it has."""
_WIDTHS[[*pickle.BININT1, *pickle.BININT2, *pickle.BININT]] = 1, 2, 4


Encoded = bytes
"""The positions of a posting as they lie on disk, or of several, one after the other."""


class PostingList(NamedTuple):
    """The documents that hold a term, deleted ones included, with weights and encoded positions."""

    ids: NDArray[np.int32]
    weights: NDArray[np.float32]
    values: Encoded
    """What Whoosh keeps with each posting, one after the other."""
    ends: NDArray[np.unsignedinteger[Any]]
    """Where in `values` each ends."""

    @property
    def bytes(self) -> int:
        """How much memory they take."""
        return self.ids.nbytes + self.weights.nbytes + len(self.values) + self.ends.nbytes

    def positions(self, places: NDArray[np.intp]) -> list[list[int]]:
        """Return the positions in the documents at `places` among `ids`."""
        return [list(accumulate(each)) for each in _steps(self._values(places))]

    def positions_together(self, places: NDArray[np.intp]) -> Grouped:
        """Return the same in arrays."""
        if len(places) < _MANY:
            return added_up(grouped(_steps(self._values(places))))
        content = np.frombuffer(self.values + bytes(_COUNT.itemsize), np.uint8)
        begins = np.append(0, self.ends.astype(np.intp))[places]
        counts = _four_bytes(content, begins).view(_COUNT)[:, 0].astype(np.intp)
        steps = np.zeros(counts.sum(), np.int64)
        firsts = np.cumsum(counts) - counts
        self._read_short(content, begins, counts, firsts, steps)
        long = np.flatnonzero(counts > _FEW)
        for first, read in zip(firsts[long].tolist(), _steps(self._values(places[long])), strict=True):
            steps[first : first + len(read)] = read
        return added_up(Grouped(steps, counts))

    @staticmethod
    def _read_short(
        content: NDArray[np.uint8],
        begins: NDArray[np.intp],
        counts: NDArray[np.intp],
        firsts: NDArray[np.intp],
        steps: NDArray[np.int64],
    ) -> None:
        """Read short lists to where their `firsts` steps belong. A mark stands before several, not before one."""
        at = begins + _VALUE_HEAD + _LIST_HEAD + (counts > 1)
        for step in range(_FEW):
            held = np.flatnonzero((counts > step) & (counts <= _FEW))
            if not len(held):
                break
            widths = _WIDTHS[content[at[held]]]
            if not widths.all():
                raise ValueError("positions are no numbers")
            numbers = _four_bytes(content, at[held] + 1).view("<u4")[:, 0].astype(np.int64)
            steps[firsts[held] + step] = numbers & ((1 << 8 * widths) - 1)
            at[held] += 1 + widths

    def value(self, place: int) -> Encoded:
        """Return the encoded positions in the document at `place`: those of several terms can be decoded together."""
        ends = self.ends.data
        return self.values[ends[place - 1] if place else 0 : ends[place]]

    def _values(self, places: NDArray[np.intp]) -> list[Encoded]:
        return list(map(self.value, places.tolist()))


def positions_in(values: Sequence[bytes]) -> list[list[int]]:
    """Return the positions that Whoosh has encoded in the values of postings."""
    return [list(accumulate(steps)) if len(steps) > 1 else steps for steps in _steps(values)]


def _steps(values: Sequence[bytes]) -> list[list[int]]:
    """Decode pickled lists: without their heads and ends, all become one list of lists."""
    lists = [value[_VALUE_HEAD : -len(pickle.STOP)] for value in values]
    steps: list[list[int]] = safe_pickle.loads(b"".join((pickle.MARK, *lists, pickle.LIST, pickle.STOP)))
    return steps


def _four_bytes(content: NDArray[np.uint8], begins: NDArray[np.intp]) -> NDArray[np.uint8]:
    found: NDArray[np.uint8] = content[begins[:, np.newaxis] + np.arange(4)]
    return found


class Grouped(NamedTuple):
    """Lists of numbers, one after the other, and how many each has."""

    numbers: NDArray[np.int64]
    counts: NDArray[np.int64]


class PrefixPostings(NamedTuple):
    """The postings of several terms, one term after the other, without positions."""

    terms: list[bytes]
    ids: Grouped
    weights: NDArray[np.float32]


def grouped(lists: list[list[int]]) -> Grouped:
    """Put lists one after the other."""
    counts = np.fromiter(map(len, lists), np.int64, len(lists))
    return Grouped(np.fromiter(chain.from_iterable(lists), np.int64, counts.sum()), counts)


def added_up(steps: Grouped) -> Grouped:
    """Add the steps of each list up: 2, 3 | 4, 1 -> 2, 5 | 4, 5."""
    counts, sums = steps.counts, np.cumsum(steps.numbers)
    before = np.concatenate([np.zeros(1, np.int64), sums])[np.cumsum(counts) - counts]
    return Grouped(sums - np.repeat(before, counts), counts)


def joined(found: list[tuple[Any, Any, Any]]) -> PostingList:
    """Put blocks of (steps from id to id, weights, values) together."""
    steps, weights, values = (list(chain.from_iterable(parts)) for parts in zip(*found, strict=True))
    ids = np.cumsum(np.array(steps, np.int32), dtype=np.int32)
    ends = np.cumsum(np.fromiter(map(len, values), np.int64, len(ids)))
    return PostingList(ids, np.array(weights, np.float32), b"".join(values), smallest(ends))


def smallest(numbers: NDArray[np.int64]) -> NDArray[np.unsignedinteger[Any]]:
    """Return numbers in as few bytes as all of them fit in."""
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))
