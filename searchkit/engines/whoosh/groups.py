"""Which documents of a commit are copies of one another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.segments import Numbers


class Groups:
    """The groups of copies, given that of each document: 0 where it is not known. Nearly all have one document."""

    def __init__(self, of_documents: NDArray[np.uint64]) -> None:
        self._of_documents = of_documents
        self._by_group = np.argsort(of_documents, kind="stable")
        self._sorted = of_documents[self._by_group]
        is_same = self._sorted[1:] == self._sorted[:-1]
        self.repeated = frozenset(self._sorted[1:][is_same].tolist()) - {0}
        """Those of more than one document, deleted ones included."""
        self.average = 1 + int(np.count_nonzero(is_same)) // max(len(is_same) - int(np.count_nonzero(is_same)), 1)
        """How many documents a group has on average, about."""

    def of(self, numbers: Sequence[int]) -> list[int]:
        """Return the group of each document."""
        found: list[int] = self._of_documents[numbers].tolist()
        return found

    def count(self, groups: Sequence[int], among: Numbers) -> list[int]:
        """Return how many documents of each group are among some, which ascend."""
        wanted = np.array(groups, np.uint64)
        starts, ends = (self._sorted.searchsorted(wanted, side).tolist() for side in ("left", "right"))
        return [_held(among, self._by_group[start:end]) for start, end in zip(starts, ends, strict=True)]


def _held(numbers: Numbers, wanted: Numbers) -> int:
    return int(np.count_nonzero(numbers.take(numbers.searchsorted(wanted), mode="clip") == wanted))
