"""Which documents of a commit are copies of one another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.arrays import DocIds


class DuplicateClusters:
    """The groups of copies, numbered from 0; nearly all have one document. Deleted documents count.

    `marks` tell of each document which others it is a copy of: those of the same mark, 0 where that is not known.
    """

    def __init__(self, marks: NDArray[np.uint64]) -> None:
        self._members = np.argsort(marks, kind="stable").astype(np.int32)
        ordered = marks[self._members]
        begins = (ordered == 0) | (np.diff(ordered, prepend=ordered[:1] + np.uint64(1)) != 0)
        self._bounds = np.append(np.flatnonzero(begins), len(marks)).astype(np.int32)
        """Where the members of each group begin, and behind the last one, where they end."""
        self._of_documents = np.empty(len(marks), np.int32)
        self._of_documents[self._members] = np.cumsum(begins) - 1
        self.average = max(1, len(marks) // max(len(self._bounds) - 1, 1))
        """How many documents a group has, about."""

    def of(self, numbers: Sequence[int]) -> list[int]:
        """Return the group of each document."""
        found: list[int] = self._of_documents[numbers].tolist()
        return found

    def sizes(self, groups: Sequence[int]) -> list[int]:
        """Return how many documents each group has."""
        bounds = self._bounds.data
        return [bounds[group + 1] - bounds[group] for group in groups]

    def count(self, groups: Sequence[int], among: DocIds) -> list[int]:
        """Return how many documents of each group are among some, which ascend."""
        if not (len(groups) and len(among)):
            return [0] * len(groups)
        bounds = self._bounds.data
        members = [self._members[bounds[group] : bounds[group + 1]] for group in groups]
        all_ = np.concatenate(members)
        held = among.take(among.searchsorted(all_), mode="clip") == all_
        counts: list[int] = np.add.reduceat(held, [0, *accumulate(map(len, members[:-1]))], dtype=np.intp).tolist()
        return counts
