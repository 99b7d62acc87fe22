"""What words and conditions find, put together: unions, intersections, sums of scores."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.arrays import DocIds, DocMask, Floats
from searchkit.engines.whoosh.search.multi_reader import joined
from searchkit.engines.whoosh.search.phrases import distinct

_FEW = 6
"""Where fewer than one document in so many is touched, sorting them is quicker than a look at each of the index."""


class ScoredDocs(NamedTuple):
    """The documents that match, ascending, and their scores."""

    numbers: DocIds
    scores: Floats

    @property
    def bytes(self) -> int:
        """How much memory they take."""
        return self.numbers.nbytes + self.scores.nbytes

    def mask(self, size: int) -> DocMask:
        """Return, for each of `size` documents, whether it matches."""
        return mask(size, self.numbers)


class DocSet(NamedTuple):
    """Whether each document meets a condition, which scores nothing."""

    met: DocMask

    @property
    def numbers(self) -> DocIds:
        """The documents that do."""
        return np.flatnonzero(self.met)

    @property
    def bytes(self) -> int:
        """How much memory it takes."""
        return self.met.nbytes

    def mask(self, size: int) -> DocMask:
        """Return, for each of `size` documents, whether it does."""
        return self.met


Part = ScoredDocs | DocSet
"""What a part of a question finds."""


def mask(size: int, numbers: DocIds) -> DocMask:
    """Return, for each of `size` documents, whether it is among `numbers`."""
    among = np.zeros(size, bool)
    among[numbers] = True
    return among


def union(size: int, parts: Sequence[Part]) -> DocIds:
    """Return the documents that are in any of the parts, of `size` in all."""
    return parts[0].numbers if len(parts) == 1 else _distinct(_touched(parts), size)


def intersection(size: int, parts: Sequence[Part]) -> DocIds:
    """Return the documents that are in all of the parts, of `size` in all."""
    # What words find is mostly less than what meets a condition, which can be looked up as it is.
    first, *others = sorted(parts, key=lambda part: len(part.numbers) if isinstance(part, ScoredDocs) else size)
    numbers = first.numbers
    for other in others:
        numbers = numbers[other.mask(size)[numbers]]
    return numbers


class ScoreAccumulator:
    """Adds scores up. It holds a number for each document, which is 0 between uses.

    So a sum costs as much as the documents that it touches, however many there are in all.
    """

    def __init__(self, size: int) -> None:
        self._sums = np.zeros(size, np.float32)
        self._lock = Lock()

    def of(self, numbers: DocIds, parts: Sequence[ScoredDocs]) -> ScoredDocs:
        """Return the documents `numbers` with the sums of their scores in all parts."""
        if len(parts) == 1 and parts[0].numbers is numbers:
            return parts[0]
        return self._added(parts, numbers)

    def of_any(self, parts: Sequence[ScoredDocs]) -> ScoredDocs:
        """Return the documents of any part with their sums."""
        if len(parts) == 1:
            return parts[0]
        return self._added(parts)

    def _added(self, parts: Sequence[ScoredDocs], wanted: DocIds | None = None) -> ScoredDocs:
        touched, scores = _touched(parts), joined([part.scores for part in parts], np.float32)
        with self._lock:
            try:
                np.add.at(self._sums, touched, scores)
                numbers = _distinct(touched, len(self._sums)) if wanted is None else wanted
                return ScoredDocs(numbers, self._sums[numbers])
            finally:
                self._sums[touched] = 0


def _touched(parts: Sequence[Part]) -> NDArray[np.intp]:
    """Return the documents of one part after the other."""
    return joined([part.numbers for part in parts], np.intp)


def _distinct(touched: NDArray[np.intp], size: int) -> DocIds:
    """Return documents, ascending, each once; they may be sorted where they stand."""
    return mask(size, touched).nonzero()[0] if len(touched) * _FEW > size else distinct(touched)
