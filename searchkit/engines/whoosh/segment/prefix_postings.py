"""Postings of the terms with a prefix, of which there may be thousands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.codec.posting_list import EMPTY, PostingList
from searchkit.engines.whoosh.codec.term_blocks import TermBlock


class TermSpan(NamedTuple):
    """Neighbouring terms of one block with their postings, one term after the other."""

    terms: Sequence[bytes]
    bounds: NDArray[np.intp]
    """Per term, the index of its first posting; and at the end their number."""
    postings: PostingList
    """Its doc ids ascend within each term only."""

    @classmethod
    def of(cls, block: TermBlock, first: int, end: int) -> TermSpan:
        """Return the terms of a block from `first` to before `end`."""
        bounds = block.bounds[first : end + 1]
        return cls(block.terms[first:end], bounds - bounds[0], block.postings(first, end))

    def terms_in(self, doc_id: int) -> Iterator[bytes]:
        """Yield the terms that a document has."""
        rows = np.flatnonzero(self.postings.doc_ids == doc_id)
        return (self.terms[at] for at in (self.bounds.searchsorted(rows, "right") - 1).tolist())


class PrefixPostings(NamedTuple):
    """The postings of several terms in one segment."""

    spans: Sequence[TermSpan]

    @property
    def nbytes(self) -> int:
        """The memory of the arrays and terms, in bytes."""
        return sum(span.postings.nbytes + 100 * len(span.terms) for span in self.spans)

    def documents(self) -> list[NDArray[np.int32] | NDArray[np.float32]]:
        """Return the doc ids and the frequencies in text and title of all postings."""
        columns = zip(EMPTY[:3], *(span.postings[:3] for span in self.spans), strict=True)
        return [np.concatenate(parts) for parts in columns]

    def terms_in(self, doc_id: int) -> Iterator[bytes]:
        """Yield the terms that a document has."""
        return (term for span in self.spans for term in span.terms_in(doc_id))
