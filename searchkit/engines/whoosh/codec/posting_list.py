"""The posting list of one term, or of neighbouring terms, as arrays."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.analysis.token_offsets import TEXT_START
from searchkit.engines.whoosh.codec.ragged_array import each_range, running_sums

Int32s = NDArray[np.int32]


class BlockOccurrences(NamedTuple):
    """The occurrences of all terms of a block, read only for phrases, highlights and marks."""

    steps: Int32s
    is_inexact: NDArray[np.bool_]

    @property
    def nbytes(self) -> int:
        """The memory of the arrays, in bytes."""
        return self.steps.nbytes + self.is_inexact.nbytes


class PostingList(NamedTuple):
    """The documents with a term, deleted ones included, with its frequencies in each."""

    doc_ids: Int32s
    in_text: NDArray[np.float32]
    in_title: NDArray[np.float32]
    block: int
    """The block of the term dictionary that has the term: it leads to the occurrences."""
    first_occurrence: int
    """The index of its first occurrence among those of the block."""

    @property
    def nbytes(self) -> int:
        """The memory of the arrays, in bytes."""
        return self.doc_ids.nbytes + self.in_text.nbytes + self.in_title.nbytes

    def positions(self, rows: NDArray[np.intp], occurrences: BlockOccurrences) -> tuple[NDArray[np.int64], Int32s]:
        """Return the positions in the postings at `rows`, one posting after the other.

        A position at which the word is written otherwise comes twice.

        Args:
            rows: Indices of postings.
            occurrences: Those of the block.

        Returns:
            The positions, and how many each posting has.
        """
        in_title, in_text = self.in_title.astype(np.int32), self.in_text.astype(np.int32)
        counts = in_title + in_text
        starts = self.first_occurrence + np.cumsum(counts, dtype=np.intp) - counts
        here = each_range(starts[rows], counts[rows])
        if in_title[rows].any():
            groups = np.stack((in_title[rows], in_text[rows]), axis=1).ravel()
            positions = running_sums(occurrences.steps[here], groups)
            positions += np.repeat(np.tile(_GROUP_STARTS, len(rows)), groups)
        else:
            positions = running_sums(occurrences.steps[here], counts[rows]) + TEXT_START
        return _twice_where(occurrences.is_inexact[here], positions, counts[rows])


def _twice_where(
    is_inexact: NDArray[np.bool_], positions: NDArray[np.int64], counts: Int32s
) -> tuple[NDArray[np.int64], Int32s]:
    """Return positions with the inexact ones twice, and how many each posting has then."""
    if not is_inexact.any():
        return positions, counts
    inexact = np.add.reduceat(is_inexact, np.cumsum(counts, dtype=np.intp) - counts, dtype=np.int32)
    return np.repeat(positions, is_inexact + np.int8(1)), counts + inexact


_GROUP_STARTS = np.array([0, TEXT_START])
"""Where the positions of a title begin, and those of a text."""

EMPTY = PostingList(np.empty(0, np.int32), np.empty(0, np.float32), np.empty(0, np.float32), -1, 0)
