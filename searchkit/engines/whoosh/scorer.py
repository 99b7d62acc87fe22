"""From a tree of word groups to scores: a mask and a score for every document of every segment.

Frequencies and lengths are those of the live documents of all segments, so that the same articles rank the same
however often the index was changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit import ranking
from searchkit.engines.whoosh import spans
from searchkit.engines.whoosh.schema import TEXT_LENGTH, TITLE_LENGTH
from searchkit.engines.whoosh.segments import Segment
from searchkit.entry import COARSE_MARK, TEXT_START
from searchkit.query.tree import (
    Attribute,
    Boolean,
    DateRange,
    Exact,
    InTitle,
    Leaf,
    Node,
    Phrase,
    Prefix,
    WordGroup,
    leaves,
)

Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass(slots=True)
class Scores:
    """Which documents of one segment match, and their scores."""

    matches: Mask
    scores: Floats


class Worths(NamedTuple):
    """What one occurrence is worth, for each document of a segment."""

    in_text: Floats
    in_title: Floats


class Scorer:
    """Scores trees over the segments of one state of an index."""

    def __init__(self, segments: Sequence[Segment]) -> None:
        self.segments = segments
        self.documents = int(sum(segment.live.sum() for segment in segments))
        lengths = [segment.lengths(TEXT_LENGTH) for segment in segments]
        words = sum(float(of[segment.live].sum()) for of, segment in zip(lengths, segments, strict=True))
        average = words / max(self.documents, 1)
        self._worths = {
            segment: Worths(ranking.worth_in_text(of, average), ranking.worth_in_title(segment.lengths(TITLE_LENGTH)))
            for of, segment in zip(lengths, segments, strict=True)
        }

    def score(self, node: Node) -> list[Scores]:
        """Return the scores of `node`, a segment each."""
        match node:
            case WordGroup() | Prefix():
                worth = self.idf(node) * (node.weight if isinstance(node, WordGroup) else 1.0)
                return [_saturated(self._frequencies(node, segment), worth) for segment in self.segments]
            case Exact() | Phrase() | InTitle():
                return self._score_positions(node)
            case Attribute() | DateRange():
                return [self._condition(node, segment) for segment in self.segments]
            case Boolean():
                return self._score_boolean(node)

    def idf(self, leaf: Leaf) -> float:
        """Return how rare a word is: by its most frequent lemma, or by all that match where it has none here."""
        if isinstance(leaf, WordGroup):
            common = max((self._document_frequency(term) for term in leaf.lemmas), default=0)
            if common:
                return ranking.idf(self.documents, common)
        matched = sum(int((self._frequencies(leaf, segment) > 0).sum()) for segment in self.segments)
        return ranking.idf(self.documents, matched)

    def _document_frequency(self, term: str) -> int:
        return sum(len(segment.postings(term).ids) for segment in self.segments)

    def _frequencies(self, leaf: Leaf, segment: Segment) -> Floats:
        """Return the weighted frequency of a word in each document: occurrences by all its terms, summed."""
        found = np.zeros(segment.size)
        worths = self._worths[segment]
        for term, weight in _weighted_terms(leaf, segment):
            ids, in_text, in_title = segment.postings(term)
            found[ids] += weight * (in_text * worths.in_text[ids] + in_title * worths.in_title[ids])
        return found

    def _condition(self, node: Attribute | DateRange, segment: Segment) -> Scores:
        return Scores(segment.column(node.field).where(node.accepts) & segment.live, np.zeros(segment.size))

    def _score_boolean(self, node: Boolean) -> list[Scores]:
        should = [self.score(child) for child in node.should]
        must = [self.score(child) for child in node.must]
        must_not = [self.score(child) for child in node.must_not]
        combined = [
            _combine(segment, [s[i] for s in should], [s[i] for s in must], [s[i] for s in must_not])
            for i, segment in enumerate(self.segments)
        ]
        for child in node.optional:
            for scores, extra in zip(combined, self.score(child), strict=True):
                scores.scores += extra.scores
        return combined

    def _score_positions(self, node: Exact | Phrase | InTitle) -> list[Scores]:
        """Score what depends on where words stand: an occurrence of the whole counts like one of a word."""
        phrase = node.words if isinstance(node, InTitle) else node
        words = phrase.words if isinstance(phrase, Phrase) else (phrase,)
        slop = phrase.slop if isinstance(phrase, Phrase) else 0
        keep = _in_title if isinstance(node, InTitle) else _anywhere
        worth = sum(self.idf(leaf) for leaf in leaves(node))
        return [_saturated(self._occurrences(words, slop, segment, keep), worth) for segment in self.segments]

    def _occurrences(self, words: Sequence[Leaf], slop: int, segment: Segment, keep: Callable[[int], bool]) -> Floats:
        candidates = reduce(np.logical_and, (self._frequencies(word, segment) > 0 for word in words), segment.live)
        frequencies = np.zeros(segment.size)
        if candidates.any():
            places = [_places(word, segment, candidates) for word in words]
            worths = self._worths[segment]
            for number in np.flatnonzero(candidates).tolist():
                starts = spans.phrase_starts([place.get(number, []) for place in places], slop)
                kept = [worths.in_title if _in_title(start) else worths.in_text for start in starts if keep(start)]
                frequencies[number] = sum(worth[number] for worth in kept)
        return frequencies


def _saturated(frequencies: Floats, worth: float) -> Scores:
    return Scores(frequencies > 0, worth * ranking.saturate(frequencies))


def _weighted_terms(leaf: Leaf, segment: Segment) -> Iterator[tuple[str, float]]:
    match leaf:
        case WordGroup(lemmas=lemmas, spellings=spellings, coarse=coarse):
            yield from ((lemma, ranking.EXACT_WEIGHT if lemma in spellings else 1.0) for lemma in lemmas)
            yield from ((COARSE_MARK + key, ranking.COARSE_WEIGHT) for key in coarse)
        case Exact(form=form):
            yield form, 1.0
        case Prefix(prefix=prefix):
            yield from ((term, 1.0) for term in segment.expand(prefix))


def _places(word: Leaf, segment: Segment, candidates: Mask) -> dict[int, list[int]]:
    """Return, for each candidate, the ascending positions of a word: in any form, or exactly as written."""
    if isinstance(word, Exact):
        return {n: spans.exact(at) for n, at in segment.positions(word.form, candidates).items()}
    places: dict[int, set[int]] = {}
    for term in word.lemmas if isinstance(word, WordGroup) else segment.expand(word.prefix):
        for number, at in segment.positions(term, candidates).items():
            places.setdefault(number, set()).update(at)
    return {number: sorted(at) for number, at in places.items()}


def _in_title(position: int) -> bool:
    return position < TEXT_START


def _anywhere(_: int) -> bool:
    return True


def _combine(segment: Segment, should: list[Scores], must: list[Scores], must_not: list[Scores]) -> Scores:
    if must:
        matches = reduce(np.logical_and, (scores.matches for scores in must), segment.live)
    elif should:
        matches = reduce(np.logical_or, (scores.matches for scores in should), np.zeros(segment.size, bool))
    else:
        matches = segment.live if must_not else np.zeros(segment.size, bool)
    for scores in must_not:
        matches = matches & ~scores.matches
    total = np.zeros(segment.size)
    for scores in (*should, *must):
        total += scores.scores
    return Scores(matches, total)
