"""The posting list of a term as arrays, and the positions encoded in it.

Whoosh encodes the positions of a posting as a pickled list of steps from position to position. A
value is the number of steps (four bytes) and a pickle of protocol 2: ``]q\\0K\\5a`` for one step of
5, ``]q\\0(K\\5M\\0\\1e`` for 5 and 256. For many documents at once, numpy decodes short lists.
"""

from __future__ import annotations

import pickle
from collections.abc import Sequence
from itertools import accumulate, chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.codec.ragged_array import RaggedArray, ragged
from searchkit.engines.whoosh.directory import safe_pickle

_COUNT = np.dtype(">u4")
_VALUE_HEAD = _COUNT.itemsize + len(pickle.PROTO) + 1
"""Bytes before the list in a value: the number of steps, and the version of the pickle."""
_LIST_HEAD = len(pickle.EMPTY_LIST + pickle.BINPUT) + 1
_SHORT = 8
"""Lists of up to so many steps are decoded by numpy, one step of all lists at a time."""
_MANY_LISTS = 100
"""From so many lists on numpy pays: each step of it takes some microseconds."""
_WIDTHS = np.zeros(256, np.intp)
"""By the opcode of an integer in a pickle: its size in bytes."""
_WIDTHS[[*pickle.BININT1, *pickle.BININT2, *pickle.BININT]] = 1, 2, 4


EncodedPositions = bytes
"""The positions of one posting, or of several one after the other, as they lie on disk."""


class PostingList(NamedTuple):
    """The documents with a term, deleted ones included, with weights and encoded positions."""

    doc_ids: NDArray[np.int32]
    weights: NDArray[np.float32]
    """The term's frequencies in text and title, packed: see `TITLE_UNIT` in `schema.py`."""
    values: EncodedPositions
    """The encoded positions of all postings, one after the other."""
    ends: NDArray[np.unsignedinteger[Any]]
    """Per posting, the offset in `values` at which its positions end."""

    @property
    def nbytes(self) -> int:
        """The memory of the arrays, in bytes."""
        return self.doc_ids.nbytes + self.weights.nbytes + len(self.values) + self.ends.nbytes

    def positions(self, rows: NDArray[np.intp]) -> list[list[int]]:
        """Return the positions of the postings at `rows`, one list per posting."""
        return [list(accumulate(steps)) for steps in _steps(self._values(rows))]

    def positions_array(self, rows: NDArray[np.intp]) -> RaggedArray:
        """Return the positions of the postings at `rows` as one ragged array."""
        if len(rows) < _MANY_LISTS:
            return ragged(_steps(self._values(rows))).cumulated()
        content = np.frombuffer(self.values + bytes(_COUNT.itemsize), np.uint8)
        begins = np.append(0, self.ends.astype(np.intp))[rows]
        counts = _four_bytes(content, begins).view(_COUNT)[:, 0].astype(np.intp)
        steps = np.zeros(counts.sum(), np.int64)
        firsts = np.cumsum(counts) - counts
        self._decode_short(content, begins, counts, firsts, steps)
        long = np.flatnonzero(counts > _SHORT)
        for first, decoded in zip(firsts[long].tolist(), _steps(self._values(rows[long])), strict=True):
            steps[first : first + len(decoded)] = decoded
        return RaggedArray(steps, counts).cumulated()

    @staticmethod
    def _decode_short(
        content: NDArray[np.uint8],
        begins: NDArray[np.intp],
        counts: NDArray[np.intp],
        firsts: NDArray[np.intp],
        steps: NDArray[np.int64],
    ) -> None:
        """Decode short lists into `steps`, each from its index in `firsts` on.

        A pickled list has a mark before its items, but not where it has a single one.
        """
        offsets = begins + _VALUE_HEAD + _LIST_HEAD + (counts > 1)
        for step in range(_SHORT):
            lists = np.flatnonzero((counts > step) & (counts <= _SHORT))
            if not len(lists):
                break
            widths = _WIDTHS[content[offsets[lists]]]
            if not widths.all():
                raise ValueError("positions are no numbers")
            integers = _four_bytes(content, offsets[lists] + 1).view("<u4")[:, 0].astype(np.int64)
            steps[firsts[lists] + step] = integers & ((1 << 8 * widths) - 1)
            offsets[lists] += 1 + widths

    def _values(self, rows: NDArray[np.intp]) -> list[EncodedPositions]:
        """Return the encoded positions of each posting at `rows`."""
        ends = self.ends.data
        return [self.values[ends[row - 1] if row else 0 : ends[row]] for row in rows.tolist()]


def _steps(values: Sequence[bytes]) -> list[list[int]]:
    """Decode all values at once: without heads and ends, they make one pickled list."""
    lists = [value[_VALUE_HEAD : -len(pickle.STOP)] for value in values]
    steps: list[list[int]] = safe_pickle.loads(b"".join((pickle.MARK, *lists, pickle.LIST, pickle.STOP)))
    return steps


def _four_bytes(content: NDArray[np.uint8], begins: NDArray[np.intp]) -> NDArray[np.uint8]:
    rows: NDArray[np.uint8] = content[begins[:, np.newaxis] + np.arange(4)]
    return rows


def concatenate_blocks(blocks: list[tuple[Any, Any, Any]]) -> PostingList:
    """Return the posting list of decoded blocks.

    A block is (steps from doc id to doc id, weights, values).
    """
    steps, weights, values = (list(chain.from_iterable(parts)) for parts in zip(*blocks, strict=True))
    doc_ids = np.cumsum(np.array(steps, np.int32), dtype=np.int32)
    ends = np.cumsum(np.fromiter(map(len, values), np.int64, len(doc_ids)))
    return PostingList(doc_ids, np.array(weights, np.float32), b"".join(values), smallest(ends))


def smallest(integers: NDArray[np.int64]) -> NDArray[np.unsignedinteger[Any]]:
    """Return the integers in the smallest unsigned type that holds all of them."""
    return integers.astype(np.min_scalar_type(int(integers.max(initial=0))))
