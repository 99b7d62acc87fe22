"""From a tree of word groups to the documents that match and their scores.

Frequencies and lengths are those of the live documents of all segments, so that the same articles rank the same
however often the index was changed. What a word or a condition finds is kept until the next commit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from searchkit import ranking
from searchkit.engines.whoosh import spans
from searchkit.engines.whoosh.cache import Cache
from searchkit.engines.whoosh.collection import Collection, Held, Numbers
from searchkit.engines.whoosh.found import Found, intersection, mask, total, union
from searchkit.engines.whoosh.schema import TEXT_LENGTH, TITLE_LENGTH
from searchkit.engines.whoosh.segments import Floats
from searchkit.places import TEXT_START
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
from searchkit.stacks import COARSE_MARK


class _Word(NamedTuple):
    """A word of a question: what it finds, and how rare it is."""

    found: Found
    idf: float

    @property
    def bytes(self) -> int:
        return self.found.bytes


class Scorer:
    """Scores trees over one commit."""

    def __init__(self, collection: Collection, cache: Cache) -> None:
        self._collection = collection
        self._cache = cache
        self._commit = object()
        self._size = collection.size
        lengths = collection.lengths(TEXT_LENGTH)
        average = float(lengths[collection.live].sum()) / max(collection.documents, 1)
        self._in_text = ranking.worth_in_text(lengths, average)
        self._in_title = ranking.worth_in_title(collection.lengths(TITLE_LENGTH))

    def score(self, node: Node) -> Found:
        """Return what `node` finds."""
        match node:
            case WordGroup() | Prefix():
                return self._word(node).found
            case Exact() | Phrase() | InTitle():
                return self._cache.get((self._commit, "places", node), lambda: self._by_positions(node))
            case Attribute() | DateRange():
                return self._cache.get((self._commit, node), lambda: self._condition(node))
            case Boolean():
                return self._boolean(node)

    def idf(self, leaf: Leaf) -> float:
        """Return how rare a word is: by its most frequent lemma, or by all that match where it has none here."""
        return self._word(leaf).idf

    def _word(self, leaf: Leaf) -> _Word:
        return self._cache.get((self._commit, leaf), lambda: self._read_word(leaf))

    def _read_word(self, leaf: Leaf) -> _Word:
        """Sum up the weighted frequencies of a word's terms, and weigh the sums by its rarity."""
        held = [(self._collection.postings(term), weight) for term, weight in self._weighted_terms(leaf)]
        parts = [Found(postings.numbers, weight * self._frequencies(postings)) for postings, weight in held]
        numbers = union(self._size, [part.numbers for part in parts])
        frequencies = total(self._size, numbers, parts).scores
        lemmas = held[: len(leaf.lemmas)] if isinstance(leaf, WordGroup) else []
        common = max((len(postings.numbers) for postings, _ in lemmas), default=0)
        idf = ranking.idf(self._collection.documents, common or len(numbers))
        worth = idf * (leaf.weight if isinstance(leaf, WordGroup) else 1.0)
        return _Word(Found(numbers, worth * ranking.saturate(frequencies)), idf)

    def _frequencies(self, held: Held) -> Floats:
        """Return what a term's occurrences are worth together, in each document that holds it."""
        in_text, in_title = self._in_text[held.numbers], self._in_title[held.numbers]
        frequencies: Floats = held.in_text * in_text + held.in_title * in_title
        return frequencies

    def _weighted_terms(self, leaf: Leaf) -> Iterator[tuple[str, float]]:
        match leaf:
            case WordGroup(lemmas=lemmas, spellings=spellings, coarse=coarse):
                yield from ((lemma, ranking.EXACT_WEIGHT if lemma in spellings else 1.0) for lemma in lemmas)
                yield from ((COARSE_MARK + key, ranking.COARSE_WEIGHT) for key in coarse)
            case Exact(form=form):
                yield form, 1.0
            case Prefix(prefix=prefix):
                yield from ((term, 1.0) for term in self._collection.expand(prefix))

    def _condition(self, node: Attribute | DateRange) -> Found:
        accepted = self._collection.column(node.field).where(node.accepts) & self._collection.live
        numbers = np.flatnonzero(accepted)
        return Found(numbers, np.zeros(len(numbers)))

    def _boolean(self, node: Boolean) -> Found:
        should, must, without, optional = (
            [self.score(child) for child in children]
            for children in (node.should, node.must, node.must_not, node.optional)
        )
        if must:
            numbers = intersection(self._size, [found.numbers for found in must])
        elif without and not should:
            numbers = self._collection.everything
        else:
            numbers = union(self._size, [found.numbers for found in should])
        if without:
            numbers = numbers[~mask(self._size, *(found.numbers for found in without))[numbers]]
        return total(self._size, numbers, [*should, *must, *optional])

    def _by_positions(self, node: Exact | Phrase | InTitle) -> Found:
        """Score what depends on where words stand: an occurrence of the whole counts like one of a word."""
        phrase = node.words if isinstance(node, InTitle) else node
        words = phrase.words if isinstance(phrase, Phrase) else (phrase,)
        starts = self._starts(words, phrase.slop if isinstance(phrase, Phrase) else 0)
        if isinstance(node, InTitle):
            starts = starts[starts % spans.STRIDE < TEXT_START]
        documents, in_title = starts // spans.STRIDE, starts % spans.STRIDE < TEXT_START
        worths = np.where(in_title, self._in_title[documents], self._in_text[documents])
        numbers, inverse = np.unique(documents, return_inverse=True)
        frequencies: Floats = np.bincount(inverse, worths, len(numbers)).astype(np.float64)
        return Found(numbers, sum(map(self.idf, leaves(node))) * ranking.saturate(frequencies))

    def _starts(self, words: Sequence[Leaf], slop: int) -> spans.Places:
        terms = [self._terms_as_written(word) for word in words]
        held = [union(self._size, [self._collection.postings(term).numbers for term in some]) for some in terms]
        candidates = intersection(self._size, held)
        places = [self._places(word, some, candidates) for word, some in zip(words, terms, strict=True)]
        return spans.phrase_starts(places, slop)

    def _terms_as_written(self, word: Leaf) -> Sequence[str]:
        """Return the terms that stand where a word stands in one of its forms."""
        return word.lemmas if isinstance(word, WordGroup) else [term for term, _ in self._weighted_terms(word)]

    def _places(self, word: Leaf, terms: Sequence[str], candidates: Numbers) -> spans.Places:
        """Return the ascending places of a word in the candidates: in any form, or exactly as written."""
        places = [
            spans.places(base, segment.positions(term, wanted))
            for segment, base, wanted in self._collection.parts(candidates)
            for term in terms
        ]
        return spans.exact(places) if isinstance(word, Exact) else spans.distinct(places)
