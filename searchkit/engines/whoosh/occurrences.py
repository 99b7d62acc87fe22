"""Where the words of a question stand in documents, as their postings tell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh import spans
from searchkit.engines.whoosh.cache import Cache
from searchkit.engines.whoosh.collection import Collection, joined
from searchkit.engines.whoosh.found import mask
from searchkit.engines.whoosh.postings import RawPostings, positions_in
from searchkit.engines.whoosh.segments import Segment, damage_is_told
from searchkit.query.tree import Exact, Leaf, Prefix, WordGroup
from searchkit.stacks import COARSE_MARK

LeafAt = dict[int, int]
"""Positions in a document, and which of the question's words stands there."""

_Encoded = tuple[int, bytes]
"""A document, and encoded positions in it."""


class _Lists(NamedTuple):
    """The posting lists of a word put together: for each term of it in each document, in which list that stands."""

    of: Sequence[tuple[Segment, str]]
    """The segment and the term of each list."""
    numbers: NDArray[np.int32]
    """The documents, ascending, each as often as terms of the word stand in it."""
    lists: NDArray[np.unsignedinteger[Any]]
    """Which list tells of each."""
    places: NDArray[np.int32]
    """And where in it."""

    @property
    def bytes(self) -> int:
        """How much memory they take."""
        return self.numbers.nbytes + self.lists.nbytes + self.places.nbytes + 200 * len(self.of)

    def encoded_positions(self, wanted: Sequence[int], borders: NDArray[np.int32]) -> list[_Encoded]:
        """Return which of the wanted documents hold the word, for each of its terms, with encoded positions.

        `borders` are the numbers of those documents, and as many that are greater by one.
        """
        lists, places = self.lists.data, self.places.data
        postings: dict[int, RawPostings] = {}
        found = []
        first, last = self.numbers.searchsorted(borders).tolist()
        for number, begin, end in zip(wanted, first, last, strict=True):
            for row in range(begin, end):
                which = lists[row]
                if which not in postings:
                    segment, term = self.of[which]
                    postings[which] = segment.postings(term).raw
                found.append((number, postings[which].value(places[row])))
        return found


class WordPositions:
    """Looks up where words stand in the documents of one commit.

    In which lists a word stands is found out once, and kept until the next commit.
    """

    def __init__(self, collection: Collection, cache: Cache) -> None:
        self._collection = collection
        self._cache = cache
        self._commit = object()

    def of(self, numbers: Sequence[int], words: Sequence[Leaf]) -> dict[int, LeafAt]:
        """Return which words stand where in documents, given by ascending numbers.

        A position that several words meet is that of the first.
        """
        borders = np.array((numbers, [number + 1 for number in numbers]), np.int32)
        held = [self._held(word, numbers, borders) for word in words]
        with damage_is_told():
            decoded = iter(positions_in([value for each in held for _, value in each]))
        found: dict[int, LeafAt] = {number: {} for number in numbers}
        for leaf, (word, encoded) in enumerate(zip(words, held, strict=True)):
            is_exact = isinstance(word, Exact)
            for (number, _), positions in zip(encoded, decoded, strict=False):
                leaf_at = found[number]
                for position in spans.once(positions) if is_exact else positions:
                    leaf_at.setdefault(position, leaf)
        return found

    def _held(self, word: Leaf, wanted: Sequence[int], borders: NDArray[np.int32]) -> list[_Encoded]:
        """Return which of the wanted documents hold a word, with encoded positions."""
        if isinstance(word, Prefix):
            return self._beginning(word.prefix, borders[0])
        return self._cache.get((self._commit, word), lambda: self._lists(word)).encoded_positions(wanted, borders)

    def _lists(self, word: WordGroup | Exact) -> _Lists:
        """In documents that hold no form of a word, something nearly like it counts."""
        terms, keys = ((word.form,), ()) if isinstance(word, Exact) else (word.terms, word.coarse)
        forms = list(self._collection.lists(terms))
        found = [*forms, *self._collection.lists(COARSE_MARK + key for key in keys)]
        counts = [len(numbers) for *_, numbers in found]
        numbers = joined([numbers for *_, numbers in found], np.int32)
        lists = np.repeat(np.arange(len(found), dtype=np.min_scalar_type(len(found))), counts)
        places = joined([np.arange(count, dtype=np.int32) for count in counts], np.int32)
        is_form = lists < len(forms)
        rows = np.flatnonzero(is_form | ~mask(self._collection.size, numbers[is_form])[numbers])
        rows = rows[np.argsort(numbers[rows], kind="stable")]
        return _Lists([(segment, term) for segment, term, _ in found], numbers[rows], lists[rows], places[rows])

    def _beginning(self, prefix: str, wanted: NDArray[np.int32]) -> list[_Encoded]:
        return [
            (base + number, value)
            for segment, base, within in self._collection.parts(wanted)
            for number, value in segment.encoded_positions_of_all(prefix, within)
        ]
