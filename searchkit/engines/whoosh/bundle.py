"""The postings of all terms that begin alike, by document: a prefix may stand for thousands of terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray


class Bundle(NamedTuple):
    """For each occurrence of a term in a document, ascending by document: which term, and where in its postings."""

    ids: NDArray[np.int32]
    terms: NDArray[np.int32]
    places: NDArray[np.int32]

    @property
    def bytes(self) -> int:
        """How much memory it takes."""
        return sum(array.nbytes for array in self)

    def of(self, wanted: NDArray[np.int32]) -> Iterator[tuple[int, int, int]]:
        """Yield (document, term, place) for what the wanted documents hold."""
        starts, ends = (self.ids.searchsorted(wanted, side).tolist() for side in ("left", "right"))
        for number, start, end in zip(wanted.tolist(), starts, ends, strict=True):
            for term, place in zip(self.terms[start:end].tolist(), self.places[start:end].tolist(), strict=True):
                yield number, term, place


def bundle(ids_of_terms: Sequence[NDArray[np.int32]]) -> Bundle:
    """Bundle the documents of terms."""
    counts = [len(ids) for ids in ids_of_terms]
    ids = np.concatenate([np.empty(0, np.int32), *ids_of_terms])
    terms = np.repeat(np.arange(len(counts), dtype=np.int32), counts)
    places = np.concatenate([np.empty(0, np.int32), *(np.arange(count, dtype=np.int32) for count in counts)])
    order = np.argsort(ids, kind="stable")
    return Bundle(ids[order], terms[order], places[order])
