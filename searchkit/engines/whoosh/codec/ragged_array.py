"""Lists of integers of different lengths, kept in two flat arrays."""

from __future__ import annotations

from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class RaggedArray(NamedTuple):
    """Lists of integers, one after the other."""

    values: NDArray[np.int64]
    lengths: NDArray[np.int64]
    """Per list, its length; their sum is the length of `values`."""

    def cumulated(self) -> RaggedArray:
        """Return the running sums within each list.

        The lists 2, 3 | 4, 1 become 2, 5 | 4, 5.
        """
        sums = np.cumsum(self.values)
        before = np.concatenate([np.zeros(1, np.int64), sums])[np.cumsum(self.lengths) - self.lengths]
        return RaggedArray(sums - np.repeat(before, self.lengths), self.lengths)


def ragged(lists: list[list[int]]) -> RaggedArray:
    """Return the lists as one ragged array."""
    lengths = np.fromiter(map(len, lists), np.int64, len(lists))
    return RaggedArray(np.fromiter(chain.from_iterable(lists), np.int64, lengths.sum()), lengths)
