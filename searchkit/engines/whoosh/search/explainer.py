"""Explains scores from the results of the scorers, so that points add up to scores."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np

from searchkit.analysis.term_sets import COARSE_MARK
from searchkit.analysis.token_offsets import TEXT_START
from searchkit.engines.whoosh.arrays import DocIds
from searchkit.engines.whoosh.search.multi_reader import MultiReader
from searchkit.engines.whoosh.search.phrase_scorer import PositionalNode
from searchkit.engines.whoosh.search.phrases import STRIDE
from searchkit.engines.whoosh.search.query_scorer import QueryScorer
from searchkit.explanation import MatchKind, ScoreExplanation, TermMatch
from searchkit.query.nodes import Boolean, DisMax, Exact, InTitle, Node, Phrase, Prefix, WordGroup, leaves

_ScoringNode = WordGroup | Prefix | PositionalNode | DisMax


class Explainer:
    """Explains the hits of one query, and keeps the documents of each node from hit to hit."""

    def __init__(self, reader: MultiReader, scorer: QueryScorer) -> None:
        self._reader, self._scorer = reader, scorer
        self._score, self._starts = cache(scorer.score), cache(scorer.starts)
        self._term_docs = cache(reader.term_docs)

    def explain(self, root: Node, doc_id: int) -> tuple[ScoreExplanation, ...]:
        """Return an explanation for each word and phrase of a query, in its order."""
        parts = list(self._scoring_nodes(root, doc_id, True))
        total = sum(points for _, points in parts)
        return tuple(
            self._explanation(node, doc_id, points, points / total if total else 0.0) for node, points in parts
        )

    def _scoring_nodes(self, node: Node, doc_id: int, is_counted: bool) -> Iterator[tuple[_ScoringNode, float]]:
        """Yield the scoring nodes and their points, none of a Boolean node without a match."""
        points = self._points(node, doc_id) if is_counted else None
        if isinstance(node, Boolean):
            for child in _scoring_children(node):
                yield from self._scoring_nodes(child, doc_id, points is not None)
        elif isinstance(node, _ScoringNode):
            yield node, points or 0.0

    def _points(self, node: Node, doc_id: int) -> float | None:
        """Return the score that a node adds to a document's, or None where it does not match."""
        docs = self._score(node)
        index = _index_of(docs.doc_ids, doc_id)
        return None if index is None else float(docs.scores[index])

    def _explanation(self, node: _ScoringNode, doc_id: int, points: float, share: float) -> ScoreExplanation:
        return ScoreExplanation(
            word=f"!{node.form}" if isinstance(node, Exact) else node.text,
            terms=tuple(match for match in self._matches(node, doc_id) if match.count),
            doc_freq=len(self._score(node).doc_ids)
            if isinstance(node, PositionalNode | DisMax)
            else self._scorer.statistics(node).doc_freq,
            doc_count=self._reader.doc_count,
            idf=sum(map(self._scorer.idf, leaves(node))),
            weight=node.weight if isinstance(node, WordGroup) else 1.0,
            points=points,
            share=share,
        )

    def _matches(self, node: _ScoringNode, doc_id: int) -> Iterator[TermMatch]:
        match node:
            case WordGroup(lemmas=lemmas, surface_forms=surface_forms, coarse=coarse, variants=variants):
                for lemma in lemmas:
                    yield self._term_match(lemma, lemma, "as typed" if lemma in surface_forms else "any form", doc_id)
                for term, _ in variants:
                    yield self._term_match(term, term, "perhaps meant", doc_id)
                for key in coarse:
                    yield self._term_match(COARSE_MARK + key, key, "akin", doc_id)
            case Prefix():
                for term in self._reader.prefix_terms_in(node, doc_id):
                    yield self._term_match(term, term, "begins so", doc_id)
            case Exact(form=form):
                yield self._phrase_match(node, form, "exactly so", doc_id)
            case DisMax(original=original, aliases=aliases):
                for child in _leaf_nodes(original):
                    yield from self._matches(child, doc_id)
                for alias, _ in aliases:
                    yield self._phrase_match(alias, alias.text, "another name", doc_id)
            case Phrase() | InTitle():
                yield self._phrase_match(node, node.text, "in this order", doc_id)

    def _term_match(self, term: str, label: str, how: MatchKind, doc_id: int) -> TermMatch:
        docs = self._term_docs(term)
        index = _index_of(docs.doc_ids, doc_id)
        if index is None:
            return TermMatch(label, how, 0, 0)
        return TermMatch(label, how, int(docs.in_title[index]), int(docs.in_text[index]))

    def _phrase_match(self, node: PositionalNode, label: str, how: MatchKind, doc_id: int) -> TermMatch:
        bounds = STRIDE * doc_id + np.array([0, TEXT_START, STRIDE])
        title, text, end = self._starts(node).searchsorted(bounds)
        return TermMatch(label, how, int(text - title), int(end - text))


def _leaf_nodes(node: Node) -> Iterator[_ScoringNode]:
    """Yield the nodes that score by themselves, within Boolean nodes too."""
    if isinstance(node, Boolean):
        for child in _scoring_children(node):
            yield from _leaf_nodes(child)
    elif isinstance(node, _ScoringNode):
        yield node


def _scoring_children(node: Boolean) -> tuple[Node, ...]:
    return (*node.should, *node.must, *node.optional)


def _index_of(doc_ids: DocIds, doc_id: int) -> int | None:
    """Return the index of a doc id among ascending ones, or None."""
    index = int(doc_ids.searchsorted(doc_id))
    return index if index < len(doc_ids) and doc_ids[index] == doc_id else None
