"""Where the words of a question stand in documents, as their postings tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.analysis.term_sets import COARSE_MARK
from searchkit.engines.whoosh.arrays import DocMask
from searchkit.engines.whoosh.cache import Cache
from searchkit.engines.whoosh.codec.posting_list import decode_positions, smallest
from searchkit.engines.whoosh.damage import reporting_damage
from searchkit.engines.whoosh.search import phrases
from searchkit.engines.whoosh.search.doc_sets import mask
from searchkit.engines.whoosh.search.multi_reader import MultiReader
from searchkit.query.nodes import Exact, Leaf, Prefix, WordGroup

LeafAt = dict[int, int]
"""Positions in a document, and which of the question's words stands there."""

_MEMO = 10_000
"""Words that are remembered to have been asked for."""

_Stand = tuple[int, Sequence[int]]
"""A document, and positions in it."""


class _Stands(NamedTuple):
    """Where a word stands, in all documents."""

    numbers: NDArray[np.int32]
    """Those that hold it, ascending."""
    bounds: NDArray[np.unsignedinteger[Any]]
    """Where its positions in each begin among `positions`, and behind the last one, where they end."""
    positions: NDArray[np.unsignedinteger[Any]]

    @property
    def bytes(self) -> int:
        """How much memory they take."""
        return self.numbers.nbytes + self.bounds.nbytes + self.positions.nbytes

    def within(self, wanted: NDArray[np.int32]) -> Iterator[_Stand]:
        """Yield those of the wanted documents that hold the word, and its positions there."""
        numbers, bounds, positions = self.numbers.data, self.bounds.data, self.positions.data
        for number, row in zip(wanted.tolist(), self.numbers.searchsorted(wanted).tolist(), strict=True):
            if row < len(numbers) and numbers[row] == number:
                yield number, positions[bounds[row] : bounds[row + 1]].tolist()


class MatchLocator:
    """Looks up where words stand in the documents of one commit.

    Where a word stands that is asked for again is read for all documents at once, and kept until the next commit.
    """

    def __init__(self, collection: MultiReader, cache: Cache) -> None:
        self._collection = collection
        self._cache = cache
        self._commit = object()
        self._asked: set[Leaf] = set()

    def of(self, numbers: Sequence[int], words: Sequence[Leaf]) -> dict[int, LeafAt]:
        """Return which words stand where in documents, given by ascending numbers.

        A position that several words meet is that of the first.
        """
        wanted = np.array(numbers, np.int32)
        found: dict[int, LeafAt] = {number: {} for number in numbers}
        for leaf, word in enumerate(words):
            for number, positions in self._within(word, wanted):
                leaf_at = found[number]
                for position in positions:
                    leaf_at.setdefault(position, leaf)
        return found

    def _within(self, word: Leaf, wanted: NDArray[np.int32]) -> Iterator[_Stand]:
        """Return which of the wanted documents hold a word, and where."""
        if isinstance(word, Prefix):
            return self._beginning(word.prefix, wanted)
        if self._is_new(word):
            return self._stands(word, mask(self._collection.size, wanted)).within(wanted)
        everything = self._collection.live
        return self._cache.get((self._commit, word), lambda: self._stands(word, everything)).within(wanted)

    def _is_new(self, word: Leaf) -> bool:
        """Whether a word is asked for the first time, as far as that is remembered."""
        if word in self._asked:
            return False
        if len(self._asked) == _MEMO:
            self._asked.clear()
        self._asked.add(word)
        return True

    def _stands(self, word: WordGroup | Exact, among: DocMask) -> _Stands:
        """In documents that hold no form of a word, something nearly like it counts."""
        if isinstance(word, Exact):
            return _by_document(phrases.exact(self._collection.places([word.form], among)))
        forms = self._collection.places(word.terms, among)
        keys = [COARSE_MARK + key for key in word.coarse]
        nearly = self._collection.places(keys, among & ~self._collection.holding(word.terms))
        return _by_document(phrases.distinct(np.concatenate((forms, nearly))))

    def _beginning(self, prefix: str, wanted: NDArray[np.int32]) -> Iterator[_Stand]:
        for segment, base, within in self._collection.parts(wanted):
            found = segment.encoded_prefix_positions(prefix, within)
            with reporting_damage():
                decoded = decode_positions([value for _, value in found])
            yield from zip([base + number for number, _ in found], decoded, strict=True)


def _by_document(places: phrases.GlobalPositions) -> _Stands:
    documents, positions = np.divmod(places, phrases.STRIDE)
    firsts = np.flatnonzero(np.diff(documents, prepend=-1))
    bounds = smallest(np.append(firsts, len(documents)))
    return _Stands(documents[firsts].astype(np.int32), bounds, smallest(positions))
