"""Scores of whole query trees: each node goes to the scorer of its kind."""

from __future__ import annotations

import numpy as np

from searchkit.bm25 import TermStatistics
from searchkit.engines.whoosh.cache import Cache
from searchkit.engines.whoosh.search.boolean_scorer import BooleanScorer
from searchkit.engines.whoosh.search.doc_sets import DocSet, NodeDocs, ScoreAccumulator, ScoredDocs, doc_mask
from searchkit.engines.whoosh.search.multi_reader import MultiReader
from searchkit.engines.whoosh.search.phrase_scorer import PhraseScorer, PositionalNode
from searchkit.engines.whoosh.search.phrases import GlobalPositions
from searchkit.engines.whoosh.search.term_scorer import Norms, TermScorer
from searchkit.query.nodes import (
    Boolean,
    ById,
    DateRange,
    DisMax,
    Exact,
    FieldFilter,
    FieldValue,
    InTitle,
    Leaf,
    Node,
    Phrase,
    Prefix,
    WordGroup,
)


class QueryScorer:
    """Scores query trees over one commit; results of words and filters stay in `cache`."""

    def __init__(self, reader: MultiReader, cache: Cache) -> None:
        self._reader = reader
        self._cache = cache
        self._cache_key = object()
        self._accumulator = ScoreAccumulator(reader.size)
        norms = Norms(reader)
        self._terms = TermScorer(reader, norms, self._accumulator, cache)
        self._phrases = PhraseScorer(reader, norms, self._terms, self._accumulator, cache)
        self._booleans = BooleanScorer(reader, self._accumulator)

    def score(self, root: Node) -> ScoredDocs:
        """Return the documents that match a query tree, with their scores."""
        docs = self._match(root)
        return docs if isinstance(docs, ScoredDocs) else self._accumulator.sum_over(docs.doc_ids, [])

    def statistics(self, word: Leaf) -> TermStatistics:
        """Return the document frequency of a query word."""
        return self._terms.score(word).statistics

    def idf(self, word: Leaf) -> float:
        """Return the inverse document frequency of a query word."""
        return self._terms.idf(word)

    def starts(self, node: PositionalNode) -> GlobalPositions:
        """Return the positions in all documents at which a match of a node begins."""
        return self._phrases.starts(node)

    def _match(self, node: Node) -> NodeDocs:
        match node:
            case WordGroup() | Prefix():
                return self._terms.score(node).docs
            case Boolean():
                return self._booleans.score(node, self._match)
            case DisMax():
                return self._booleans.maximum(self._match(node.original), self._phrases.score_aliases(node))
            case Exact() | Phrase() | InTitle():
                return self._phrases.score(node)
            case FieldFilter() | FieldValue() | DateRange():
                return self._cache.get((self._cache_key, node), lambda: self._filter(node))
            case ById(id=id_):
                doc_id = self._reader.doc_id_of(id_)
                return DocSet(doc_mask(self._reader.size, np.array([] if doc_id is None else [doc_id], np.intp)))

    def _filter(self, node: FieldFilter | FieldValue | DateRange) -> DocSet:
        column = self._reader.column(node.field)
        accepted = column.with_words(node.words) if isinstance(node, FieldFilter) else column.where(node.accepts)
        return DocSet(accepted & self._reader.live)
