"""Scores of single query words: BM25F over the terms of a word.

Statistics and lengths are those of the live documents of all segments, so the same documents rank
the same however often the index has changed. The documents and scores of a word stay cached until
the next commit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np

from searchkit import bm25
from searchkit.analysis.term_sets import COARSE_MARK
from searchkit.bm25 import TermStatistics
from searchkit.engines.whoosh.arrays import DocIds, Floats
from searchkit.engines.whoosh.cache import Cache
from searchkit.engines.whoosh.schema import TEXT_LENGTH, TITLE_LENGTH
from searchkit.engines.whoosh.search.doc_sets import ScoreAccumulator, ScoredDocs, union
from searchkit.engines.whoosh.search.multi_reader import MultiReader
from searchkit.engines.whoosh.segment.term_docs import TermDocs
from searchkit.query.nodes import Exact, Leaf, Prefix, WordGroup

WeightedDocs = tuple[TermDocs, float]
"""The documents of a term, and the weight of an occurrence under it."""
Count = Callable[[TermDocs], Floats]
"""Returns the frequencies of a term in its documents, one way or the other."""


class Norms:
    """The length norms of all documents: see `searchkit.bm25`."""

    def __init__(self, reader: MultiReader) -> None:
        lengths = reader.lengths(TEXT_LENGTH)
        average_length = float(lengths[reader.live].sum()) / max(reader.doc_count, 1)
        self.text = bm25.text_norms(lengths, average_length)
        self._title_lengths = reader.lengths(TITLE_LENGTH)
        self.title = bm25.title_norms(self._title_lengths)
        self._doc_count = reader.doc_count

    def title_coverage(self, doc_ids: DocIds, frequencies: Floats) -> Floats:
        """Return the scores for covering titles, given weighted frequencies in them."""
        return bm25.title_coverage(frequencies, self._title_lengths[doc_ids], self._doc_count)


class ScoredWord(NamedTuple):
    """The documents that match a query word, with their scores, and its doc freq."""

    docs: ScoredDocs
    statistics: TermStatistics
    """The doc freq of its most frequent lemma, or else the number of all matches."""

    @property
    def nbytes(self) -> int:
        """The memory of the arrays, in bytes."""
        return self.docs.nbytes


class TermScorer:
    """Scores the documents of one commit for single query words."""

    def __init__(self, reader: MultiReader, norms: Norms, accumulator: ScoreAccumulator, cache: Cache) -> None:
        self._reader = reader
        self._norms = norms
        self._accumulator = accumulator
        self._cache = cache
        self._cache_key = object()

    def score(self, word: Leaf) -> ScoredWord:
        """Return the documents that match a word, and its statistics."""
        return self._cache.get((self._cache_key, word), lambda: self._score(word))

    def idf(self, word: Leaf) -> float:
        """Return the inverse document frequency of a word."""
        return self.score(word).statistics.idf

    def _score(self, word: Leaf) -> ScoredWord:
        """Sum the weighted frequencies, saturate once, apply one idf."""
        terms, coarse = list(self._weighted_terms(word)), list(self._coarse_terms(word))
        doc_ids = union(len(self._norms.text), [ScoredDocs(docs.doc_ids, docs.in_text) for docs, _ in terms + coarse])
        frequencies = self._frequencies(doc_ids, terms, coarse, self._normalized)
        in_titles = self._frequencies(doc_ids, terms, coarse, _in_title)
        doc_freq = max((len(docs.doc_ids) for docs, _ in terms), default=0) if isinstance(word, WordGroup) else 0
        statistics = TermStatistics(doc_freq or len(doc_ids), self._reader.doc_count)
        weight = word.weight if isinstance(word, WordGroup) else 1.0
        coverage = self._norms.title_coverage(doc_ids, in_titles)
        scores = weight * (statistics.idf * bm25.saturate(frequencies) + coverage)
        return ScoredWord(ScoredDocs(doc_ids.astype(np.int32), scores.astype(np.float32)), statistics)

    def _frequencies(
        self, doc_ids: DocIds, terms: Sequence[WeightedDocs], coarse: Sequence[WeightedDocs], count: Count
    ) -> Floats:
        """Return weighted frequencies, those under coarse keys limited."""
        frequencies = self._sum(doc_ids, terms, count)
        return frequencies + bm25.limit_coarse(self._sum(doc_ids, coarse, count)) if coarse else frequencies

    def _sum(self, doc_ids: DocIds, terms: Sequence[WeightedDocs], count: Count) -> Floats:
        parts = [ScoredDocs(docs.doc_ids, weight * count(docs)) for docs, weight in terms]
        return self._accumulator.sum_over(doc_ids, parts).scores

    def _normalized(self, docs: TermDocs) -> Floats:
        """Return a term's normalised frequency in each document, text and title together."""
        text_norms, title_norms = self._norms.text[docs.doc_ids], self._norms.title[docs.doc_ids]
        frequencies: Floats = docs.in_text * text_norms + docs.in_title * title_norms
        return frequencies

    def _weighted_terms(self, word: Leaf) -> Iterator[WeightedDocs]:
        """Yield the documents of each full term, with a weight."""
        term_docs = self._reader.term_docs
        match word:
            case WordGroup(lemmas=lemmas, variants=variants):
                yield from ((term_docs(lemma), word.weight_of(lemma)) for lemma in lemmas)
                yield from ((term_docs(term), weight) for term, weight in variants if not _is_coarse(term))
            case Exact(form=form):
                yield term_docs(form), 1.0
            case Prefix():
                yield self._reader.prefix_docs(word), 1.0

    def _coarse_terms(self, word: Leaf) -> Iterator[WeightedDocs]:
        """Yield the documents of each coarse key, with a weight."""
        if isinstance(word, WordGroup):
            keys = [(COARSE_MARK + key, bm25.COARSE_WEIGHT) for key in word.coarse]
            keys += [(term, weight) for term, weight in word.variants if _is_coarse(term)]
            yield from ((self._reader.term_docs(term), weight) for term, weight in keys)


def _is_coarse(term: str) -> bool:
    return term.startswith(COARSE_MARK)


def _in_title(docs: TermDocs) -> Floats:
    return docs.in_title.astype(np.float64)
