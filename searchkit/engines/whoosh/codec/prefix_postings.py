"""Postings of several terms with a prefix, of which there may be thousands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.codec.posting_list import PostingList, smallest
from searchkit.engines.whoosh.codec.ragged_array import ragged

Block = tuple[Any, Any, Any]
"""Postings of one term: steps from doc id to doc id, weights, values."""


class PrefixPostings(NamedTuple):
    """The postings of several terms in one list, one term after the other."""

    terms: Sequence[str]
    bounds: NDArray[np.intp]
    """Per term, the index of its first posting; and at the end the number of postings."""
    postings: PostingList
    """Its doc ids ascend within each term only."""

    @property
    def nbytes(self) -> int:
        """The memory of the arrays and terms, in bytes."""
        return self.postings.nbytes + self.bounds.nbytes + 100 * len(self.terms)

    def rows_in(self, docs: NDArray[np.bool_]) -> NDArray[np.intp]:
        """Return the indices of the postings in masked documents."""
        rows: NDArray[np.intp] = docs[self.postings.doc_ids].nonzero()[0]
        return rows

    def terms_of(self, rows: NDArray[np.intp]) -> list[str]:
        """Return the distinct terms of some postings, sorted."""
        return sorted({self.terms[at] for at in (self.bounds.searchsorted(rows, "right") - 1).tolist()})


def joined(lists: Iterable[tuple[str, Sequence[Block]]]) -> PrefixPostings:
    """Return the postings of terms, given the blocks of each."""
    terms: list[str] = []
    steps: list[list[int]] = []
    weights: list[Any] = []
    values: list[bytes] = []
    for term, term_blocks in lists:
        terms.append(term)
        steps.append([step for block_steps, _, _ in term_blocks for step in block_steps])
        weights.extend(block_weights for _, block_weights, _ in term_blocks)
        for _, _, block_values in term_blocks:
            values.extend(block_values)
    doc_ids, counts = ragged(steps).cumulated()
    ends = np.cumsum(np.fromiter(map(len, values), np.int64, len(values)))
    all_weights = np.fromiter(chain.from_iterable(weights), np.float32, len(values))
    postings = PostingList(doc_ids.astype(np.int32), all_weights, b"".join(values), smallest(ends))
    return PrefixPostings(terms, np.append(0, np.cumsum(counts)).astype(np.intp), postings)
