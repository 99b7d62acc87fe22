"""Positions of query words in documents, read from the postings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.analysis.term_sets import COARSE_MARK
from searchkit.engines.whoosh.arrays import DocMask
from searchkit.engines.whoosh.cache import Cache
from searchkit.engines.whoosh.codec.ragged_array import smallest
from searchkit.engines.whoosh.search.doc_sets import doc_mask
from searchkit.engines.whoosh.search.multi_reader import MultiReader
from searchkit.engines.whoosh.search.phrases import STRIDE, GlobalPositions, exact_positions, sorted_unique
from searchkit.query.nodes import Exact, Leaf, Prefix

LeafAt = dict[int, int]
"""Positions in a document, each with the index of the query word there."""

_MAX_KNOWN_WORDS = 10_000
"""The number of words remembered as already located."""

_DocPositions = tuple[int, Sequence[int]]
"""A doc id, and positions in that document."""


class _WordPositions(NamedTuple):
    """The positions of a word in all documents."""

    doc_ids: NDArray[np.int32]
    """The documents that contain it, ascending."""
    bounds: NDArray[np.unsignedinteger[Any]]
    """The index in `positions` at which each document begins, and their number."""
    positions: NDArray[np.unsignedinteger[Any]]

    @property
    def nbytes(self) -> int:
        """The memory of the arrays, in bytes."""
        return self.doc_ids.nbytes + self.bounds.nbytes + self.positions.nbytes

    def in_docs(self, wanted: NDArray[np.int32]) -> Iterator[_DocPositions]:
        """Yield the positions in each of the wanted documents that contain the word."""
        doc_ids, bounds, positions = self.doc_ids.data, self.bounds.data, self.positions.data
        for doc_id, row in zip(wanted.tolist(), self.doc_ids.searchsorted(wanted).tolist(), strict=True):
            if row < len(doc_ids) and doc_ids[row] == doc_id:
                yield doc_id, positions[bounds[row] : bounds[row + 1]].tolist()


class MatchLocator:
    """Locates query words in the documents of one commit.

    A word that is located a second time is read for all documents at once, and cached until the
    next commit.
    """

    def __init__(self, reader: MultiReader, cache: Cache) -> None:
        self._reader = reader
        self._cache = cache
        self._cache_key = object()
        self._known_words: set[Leaf] = set()

    def locate(self, doc_ids: Sequence[int], words: Sequence[Leaf]) -> dict[int, LeafAt]:
        """Return by doc id the positions of query words in documents, which ascend by doc id.

        A position where several words match belongs to the first of them.
        """
        wanted = np.array(doc_ids, np.int32)
        leaf_at_of: dict[int, LeafAt] = {doc_id: {} for doc_id in doc_ids}
        for leaf, word in enumerate(words):
            for doc_id, positions in self._positions(word, wanted):
                leaf_at = leaf_at_of[doc_id]
                for position in positions:
                    leaf_at.setdefault(position, leaf)
        return leaf_at_of

    def _positions(self, word: Leaf, wanted: NDArray[np.int32]) -> Iterator[_DocPositions]:
        if isinstance(word, Prefix) or self._is_new(word):
            return self._read(word, doc_mask(self._reader.size, wanted)).in_docs(wanted)
        live = self._reader.live
        return self._cache.get((self._cache_key, word), lambda: self._read(word, live)).in_docs(wanted)

    def _is_new(self, word: Leaf) -> bool:
        """Whether a word is located for the first time, as far as is remembered."""
        if word in self._known_words:
            return False
        if len(self._known_words) == _MAX_KNOWN_WORDS:
            self._known_words.clear()
        self._known_words.add(word)
        return True

    def _read(self, word: Leaf, docs: DocMask) -> _WordPositions:
        """Read the positions of a word's forms, or of its coarse keys where none stands."""
        if isinstance(word, Prefix):
            return _by_document(sorted_unique(self._reader.prefix_positions(word, docs)))
        if isinstance(word, Exact):
            return _by_document(exact_positions(self._reader.positions([word.form], docs)))
        forms = self._reader.positions(word.terms, docs)
        keys = [COARSE_MARK + key for key in word.coarse]
        coarse = self._reader.positions(keys, docs & ~self._reader.docs_with_any(word.terms))
        return _by_document(sorted_unique(np.concatenate((forms, coarse))))


def _by_document(global_positions: GlobalPositions) -> _WordPositions:
    """Group ascending global positions by document."""
    doc_ids, positions = np.divmod(global_positions, STRIDE)
    firsts = np.flatnonzero(np.diff(doc_ids, prepend=-1))
    bounds = smallest(np.append(firsts, len(doc_ids)))
    return _WordPositions(doc_ids[firsts].astype(np.int32), bounds, smallest(positions))
