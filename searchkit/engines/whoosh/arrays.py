"""Array types that the readers of an index hand around, and their distinct values."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

DocIds = NDArray[np.intp] | NDArray[np.int32]
"""Doc ids across all segments of a commit."""
DocMask = NDArray[np.bool_]
"""One flag per document."""
Floats = NDArray[np.floating[Any]]
"""Scores, norms, lengths or frequencies."""


def distinct(values: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return the distinct values, ascending, and the index of each value among them.

    It does as `np.unique`, which imports `numpy.ma`: that takes a tenth of a short command.
    """
    order = np.argsort(values, kind="stable")
    ascending = values[order]
    is_first = np.diff(ascending, prepend=ascending[:1] - 1) != 0
    index_of = np.empty(len(values), np.intp)
    index_of[order] = np.cumsum(is_first) - 1
    return ascending[is_first], index_of
