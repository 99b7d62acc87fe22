"""Lists of integers of different lengths, kept in flat arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def each_range(starts: NDArray[Any], counts: NDArray[Any]) -> NDArray[np.intp]:
    """Return the numbers of several ranges: starts 5, 9 and counts 2, 3 give 5, 6, 9, 10, 11."""
    ends = np.cumsum(counts, dtype=np.intp)
    total = int(ends[-1]) if len(ends) else 0
    numbers: NDArray[np.intp] = np.arange(total, dtype=np.intp) + np.repeat(starts - (ends - counts), counts)
    return numbers


def running_sums(steps: NDArray[Any], counts: NDArray[Any]) -> NDArray[np.int64]:
    """Return the running sums within each list: 2, 3 | 4, 1 become 2, 5 | 4, 5.

    Args:
        steps: The lists, one after the other.
        counts: Per list, its length.
    """
    sums = np.cumsum(steps, dtype=np.int64)
    starts = np.cumsum(counts, dtype=np.intp) - counts
    before = np.append(0, sums)[starts]
    running: NDArray[np.int64] = sums - np.repeat(before, counts)
    return running


def smallest(integers: NDArray[np.int64]) -> NDArray[np.unsignedinteger[Any]]:
    """Return the integers in the smallest unsigned type that holds all of them."""
    return integers.astype(np.min_scalar_type(int(integers.max(initial=0))))
