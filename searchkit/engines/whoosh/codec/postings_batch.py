"""Postings of several terms in flat arrays: on their way to disk, or from segment to segment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.codec.ragged_array import each_range

Int32s = NDArray[np.int32]


class PostingsBatch(NamedTuple):
    """The postings of several terms, sorted by term, one term after the other."""

    terms: list[bytes]
    bounds: NDArray[np.intp]
    """Per term, the index of its first posting; and at the end the number of postings."""
    doc_ids: Int32s
    in_text: Int32s
    """Per posting, the frequency in the text."""
    in_title: Int32s
    """Per posting, the frequency in the title."""
    steps: Int32s
    """Per occurrence, the step from the occurrence before it in the same title or text, or else
    from the beginning of that."""
    is_inexact: NDArray[np.bool_]
    """Per occurrence, whether the word is written otherwise than the term."""

    @property
    def doc_freqs(self) -> NDArray[np.intp]:
        """Per term, the number of documents that hold it."""
        return np.diff(self.bounds)

    @property
    def occurrence_bounds(self) -> NDArray[np.intp]:
        """Per posting, the index of its first occurrence; and at the end their number."""
        return np.append(0, np.cumsum(self.in_text + self.in_title, dtype=np.intp))

    def part(self, first: int, end: int) -> PostingsBatch:
        """Return the terms from `first` to before `end`."""
        begin, stop = int(self.bounds[first]), int(self.bounds[end])
        start = int((self.in_text[:begin] + self.in_title[:begin]).sum(dtype=np.int64))
        size = int((self.in_text[begin:stop] + self.in_title[begin:stop]).sum(dtype=np.int64))
        return self.cut(first, end, slice(start, start + size))

    def cut(self, first: int, end: int, occurrences: slice) -> PostingsBatch:
        """Return the terms from `first` to before `end`, which have these occurrences."""
        begin, stop = int(self.bounds[first]), int(self.bounds[end])
        postings = slice(begin, stop)
        return PostingsBatch(
            self.terms[first:end],
            self.bounds[first : end + 1] - begin,
            self.doc_ids[postings],
            self.in_text[postings],
            self.in_title[postings],
            self.steps[occurrences],
            self.is_inexact[occurrences],
        )

    def surface_doc_freqs(self) -> NDArray[np.intp]:
        """Per term, the number of documents with a word that is spelled exactly like it."""
        if not len(self.doc_ids):
            return np.zeros(len(self.terms), np.intp)
        is_surface = np.logical_or.reduceat(~self.is_inexact, self.occurrence_bounds[:-1])
        return np.add.reduceat(is_surface, self.bounds[:-1], dtype=np.intp)

    def inconsistent(self) -> list[bytes]:
        """Return the terms whose doc ids do not ascend, or whose steps lead nowhere."""
        falls = np.flatnonzero(np.diff(self.doc_ids) <= 0) + 1
        rows = np.setdiff1d(falls, self.bounds)
        starts = np.append(0, np.cumsum(np.stack((self.in_title, self.in_text), axis=1)))
        stands = np.setdiff1d(np.flatnonzero(self.steps <= 0), starts)
        rows = np.append(rows, self.occurrence_bounds.searchsorted(stands, "right") - 1)
        return [self.terms[at] for at in np.unique(self.bounds.searchsorted(rows, "right") - 1).tolist()]


def combined(batches: Sequence[PostingsBatch]) -> PostingsBatch:
    """Return the postings of several batches in one; of equal terms the first batch's come first.

    Terms that are left without postings are dropped.
    """
    terms = sorted(set().union(*(batch.terms for batch in batches)))
    rank_of = {term: rank for rank, term in enumerate(terms)}
    ranks = np.concatenate([np.empty(0, np.int32), *(_posting_ranks(batch, rank_of) for batch in batches)])
    counts = np.concatenate([np.empty(0, np.int32), *(batch.in_text + batch.in_title for batch in batches)])
    order = np.argsort(ranks, kind="stable")
    starts = np.cumsum(counts, dtype=np.intp) - counts
    occurrences = each_range(starts[order], counts[order])
    doc_ids, in_text, in_title, steps, is_inexact = (
        np.concatenate(parts) for parts in zip(*(batch[2:] for batch in batches), strict=True)
    )
    doc_freqs = np.bincount(ranks, minlength=len(terms))
    kept = doc_freqs > 0
    return PostingsBatch(
        [term for term, is_kept in zip(terms, kept.tolist(), strict=True) if is_kept],
        np.append(0, np.cumsum(doc_freqs[kept])),
        doc_ids[order],
        in_text[order],
        in_title[order],
        steps[occurrences],
        is_inexact[occurrences],
    )


def _posting_ranks(batch: PostingsBatch, rank_of: dict[bytes, int]) -> Int32s:
    ranks = np.fromiter(map(rank_of.__getitem__, batch.terms), np.int32, len(batch.terms))
    return np.repeat(ranks, batch.doc_freqs)


def renumbered(batch: PostingsBatch, new_doc_ids: Int32s) -> PostingsBatch:
    """Return the postings under new doc ids, without the documents whose new id is negative."""
    doc_ids = new_doc_ids[batch.doc_ids]
    kept = doc_ids >= 0
    if kept.all():
        return batch._replace(doc_ids=doc_ids)
    counts = batch.in_text + batch.in_title
    of_kept = np.repeat(kept, counts)
    bounds = np.append(0, np.cumsum(kept, dtype=np.intp))[batch.bounds]
    return PostingsBatch(
        batch.terms,
        bounds,
        doc_ids[kept],
        batch.in_text[kept],
        batch.in_title[kept],
        batch.steps[of_kept],
        batch.is_inexact[of_kept],
    )
