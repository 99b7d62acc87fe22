"""Why documents score what they do. Points are looked up in what the scorer found: together they are its scores."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np

from searchkit.analysis.term_sets import COARSE_MARK
from searchkit.analysis.token_offsets import TEXT_START
from searchkit.engines.whoosh.arrays import DocIds
from searchkit.engines.whoosh.search import phrases
from searchkit.engines.whoosh.search.multi_reader import MultiReader
from searchkit.engines.whoosh.search.term_scorer import Scorer, Whole
from searchkit.explanation import MatchKind, ScoreExplanation, TermMatch
from searchkit.query.nodes import Boolean, DisMax, Exact, InTitle, Node, Phrase, Prefix, WordGroup, leaves

_Scoring = WordGroup | Prefix | Whole | DisMax


class Explainer:
    """Explains the hits of one question: what it looks up is kept from hit to hit."""

    def __init__(self, collection: MultiReader, scorer: Scorer) -> None:
        self._collection, self._scorer = collection, scorer
        self._found, self._starts = cache(scorer.score), cache(scorer.starts)
        self._postings = cache(collection.postings)

    def explain(self, root: Node, number: int) -> tuple[ScoreExplanation, ...]:
        """Return a reason for each word and phrase of a question, in its order; those that are not met add nothing."""
        parts = list(self._parts(root, number, True))
        total = sum(points for _, points in parts)
        return tuple(self._reason(node, number, points, points / total if total else 0.0) for node, points in parts)

    def _parts(self, node: Node, number: int, counts: bool) -> Iterator[tuple[_Scoring, float]]:
        """Yield what may score, and its points. In brackets that do not match as a whole, nothing counts."""
        points = self._points(node, number) if counts else None
        if isinstance(node, Boolean):
            for child in (*node.should, *node.must, *node.optional):
                yield from self._parts(child, number, points is not None)
        elif isinstance(node, _Scoring):
            yield node, points or 0.0

    def _points(self, node: Node, number: int) -> float | None:
        """Return what a part of the question adds to a document's score, None where it does not match."""
        found = self._found(node)
        place = _place(found.numbers, number)
        return None if place is None else float(found.scores[place])

    def _reason(self, node: _Scoring, number: int, points: float, share: float) -> ScoreExplanation:
        return ScoreExplanation(
            word=f"!{node.form}" if isinstance(node, Exact) else node.text,
            terms=tuple(term for term in self._terms(node, number) if term.count),
            doc_freq=len(self._found(node).numbers)
            if isinstance(node, Whole | DisMax)
            else self._scorer.rarity(node).doc_freq,
            doc_count=self._collection.documents,
            idf=sum(map(self._scorer.idf, leaves(node))),
            weight=node.weight if isinstance(node, WordGroup) else 1.0,
            points=points,
            share=share,
        )

    def _terms(self, node: _Scoring, number: int) -> Iterator[TermMatch]:
        match node:
            case WordGroup(lemmas=lemmas, surface_forms=surface_forms, coarse=coarse, variants=variants):
                for lemma in lemmas:
                    yield self._term(lemma, lemma, "as typed" if lemma in surface_forms else "any form", number)
                for term, _ in variants:
                    yield self._term(term, term, "perhaps meant", number)
                for key in coarse:
                    yield self._term(COARSE_MARK + key, key, "akin", number)
            case Prefix(prefix=prefix):
                for term in self._collection.begun(prefix, number):
                    yield self._term(term, term, "begins so", number)
            case Exact(form=form):
                yield self._whole(node, form, "exactly so", number)
            case DisMax(original=original, aliases=aliases):
                for part in (original,) if isinstance(original, _Scoring) else _words(original):
                    yield from self._terms(part, number)
                for alias, _ in aliases:
                    yield self._whole(alias, alias.text, "another name", number)
            case Phrase() | InTitle():
                yield self._whole(node, node.text, "in this order", number)

    def _term(self, term: str, shown: str, how: MatchKind, number: int) -> TermMatch:
        held = self._postings(term)
        place = _place(held.doc_ids, number)
        if place is None:
            return TermMatch(shown, how, 0, 0)
        return TermMatch(shown, how, int(held.in_title[place]), int(held.in_text[place]))

    def _whole(self, node: Whole, shown: str, how: MatchKind, number: int) -> TermMatch:
        starts = self._starts(node)
        first, text, last = starts.searchsorted(phrases.STRIDE * number + np.array([0, TEXT_START, phrases.STRIDE]))
        return TermMatch(shown, how, int(text - first), int(last - text))


def _words(node: Node) -> Iterator[_Scoring]:
    """Yield what of a part of a question may score by itself."""
    if isinstance(node, Boolean):
        for child in (*node.should, *node.must, *node.optional):
            yield from _words(child)
    elif isinstance(node, _Scoring):
        yield node


def _place(numbers: DocIds, number: int) -> int | None:
    """Return where a number stands among ascending ones, None where it does not."""
    place = int(numbers.searchsorted(number))
    return place if place < len(numbers) and numbers[place] == number else None
