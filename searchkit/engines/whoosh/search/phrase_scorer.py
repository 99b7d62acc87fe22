"""Scores of nodes that match by positions: phrases, exact forms, title conditions, aliases.

An occurrence of the whole phrase counts like one of a word; its idf is the sum over its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from searchkit import bm25
from searchkit.analysis.token_offsets import TEXT_START
from searchkit.engines.whoosh.arrays import DocIds, DocMask, Floats
from searchkit.engines.whoosh.cache import Cache
from searchkit.engines.whoosh.search.doc_sets import ScoreAccumulator, ScoredDocs, doc_mask
from searchkit.engines.whoosh.search.multi_reader import MultiReader
from searchkit.engines.whoosh.search.phrases import (
    STRIDE,
    GlobalPositions,
    exact_positions,
    phrase_starts,
    sorted_unique,
)
from searchkit.engines.whoosh.search.term_scorer import Norms, TermScorer
from searchkit.query.nodes import DisMax, Exact, InTitle, Leaf, Phrase, Prefix, WordGroup, leaves

PositionalNode = Exact | Phrase | InTitle


class _PhraseDocs(NamedTuple):
    """The documents that contain a phrase."""

    doc_ids: DocIds
    frequencies: Floats
    """The normalised frequency of the phrase in each document."""
    in_title: Floats
    """1 where the phrase occurs in the title, else 0."""


class PhraseScorer:
    """Scores the documents of one commit for phrases and other positional nodes."""

    def __init__(
        self, reader: MultiReader, norms: Norms, terms: TermScorer, accumulator: ScoreAccumulator, cache: Cache
    ) -> None:
        self._reader = reader
        self._norms = norms
        self._terms = terms
        self._accumulator = accumulator
        self._cache = cache
        self._cache_key = object()

    def score(self, node: PositionalNode) -> ScoredDocs:
        """Return the documents that match a positional node, with their scores."""
        return self._cache.get((self._cache_key, node), lambda: self._score(node))

    def _score(self, node: PositionalNode) -> ScoredDocs:
        doc_ids, frequencies, in_title = self._phrase_docs(self.starts(node))
        words = list(leaves(node))
        scores = sum(map(self._terms.idf, words)) * bm25.saturate(frequencies)
        return ScoredDocs(doc_ids, scores + len(words) * self._norms.title_coverage(doc_ids, in_title))

    def score_aliases(self, node: DisMax) -> ScoredDocs:
        """Return the documents that contain an alias, with their scores.

        All aliases together score as one word, with the idf of the original words.
        """
        return self._cache.get((self._cache_key, node), lambda: self._score_aliases(node))

    def _score_aliases(self, node: DisMax) -> ScoredDocs:
        weighted, titles = [], []
        for alias, weight in node.aliases:
            doc_ids, frequencies, in_title = self._phrase_docs(self.starts(alias))
            weighted.append(ScoredDocs(doc_ids, weight * frequencies))
            titles.append(ScoredDocs(doc_ids, weight * len(alias.words) * in_title))
        doc_ids, frequencies = self._accumulator.sum_union(weighted)
        in_titles = self._accumulator.sum_over(doc_ids, titles).scores
        idf = sum(self._terms.idf(leaf) for leaf in leaves(node.original))
        coverage = self._norms.title_coverage(doc_ids, in_titles)
        return ScoredDocs(doc_ids, idf * bm25.saturate(frequencies) + coverage)

    def _phrase_docs(self, starts: GlobalPositions) -> _PhraseDocs:
        doc_ids, is_title = starts // STRIDE, starts % STRIDE < TEXT_START
        norms = np.where(is_title, self._norms.title[doc_ids], self._norms.text[doc_ids])
        unique_ids, inverse = np.unique(doc_ids, return_inverse=True)
        frequencies: Floats = np.bincount(inverse, norms, len(unique_ids)).astype(np.float64)
        in_title: Floats = np.minimum(np.bincount(inverse, is_title, len(unique_ids)), 1).astype(np.float64)
        return _PhraseDocs(unique_ids, frequencies, in_title)

    def starts(self, node: PositionalNode) -> GlobalPositions:
        """Return the positions in all documents at which a match of a node begins."""
        phrase, only_titles = (node.words, True) if isinstance(node, InTitle) else (node, False)
        words, slop, places = _parts(phrase)
        candidates = self._reader.live.copy()
        for word in words:
            candidates &= self._docs_with(word, only_titles)
            if not candidates.any():
                return np.empty(0, np.int64)
        starts = phrase_starts([self._positions(word, candidates) for word in words], places, slop)
        return starts[starts % STRIDE < TEXT_START] if only_titles else starts

    def _docs_with(self, word: Leaf, only_titles: bool) -> DocMask:
        """Return a mask of the documents with a word, deleted documents included."""
        if not isinstance(word, Prefix):
            return self._reader.docs_with_any(_terms_of(word), only_titles=only_titles)
        docs = self._reader.prefix_docs(word)
        return doc_mask(self._reader.size, docs.doc_ids[docs.in_title > 0] if only_titles else docs.doc_ids)

    def _positions(self, word: Leaf, candidates: DocMask) -> GlobalPositions:
        """Return the ascending positions of a word in the candidates, in any form or as written."""
        if isinstance(word, Prefix):
            return sorted_unique(self._reader.prefix_positions(word, candidates))
        positions = self._reader.positions(_terms_of(word), candidates)
        return exact_positions(positions) if isinstance(word, Exact) else sorted_unique(positions)


def _parts(node: Exact | Phrase) -> tuple[Sequence[Leaf], int, Sequence[int]]:
    """Return the words of a node, its slop, and the places of the words."""
    return (node.words, node.slop, node.word_places) if isinstance(node, Phrase) else ((node,), 0, (0,))


def _terms_of(word: WordGroup | Exact) -> Sequence[str]:
    """Return the terms at the positions of a word's forms."""
    return word.terms if isinstance(word, WordGroup) else (word.form,)
