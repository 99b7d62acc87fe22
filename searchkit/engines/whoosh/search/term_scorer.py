"""From a tree of word groups to the documents that match and their scores.

Frequencies and lengths are those of the live documents of all segments, so that the same articles rank the same
however often the index was changed. What a word or a condition finds is kept until the next commit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from searchkit import bm25
from searchkit.analysis.term_sets import COARSE_MARK
from searchkit.analysis.token_offsets import TEXT_START
from searchkit.bm25 import TermStatistics
from searchkit.engines.whoosh.arrays import DocIds, DocMask, Floats
from searchkit.engines.whoosh.cache import Cache
from searchkit.engines.whoosh.schema import TEXT_LENGTH, TITLE_LENGTH
from searchkit.engines.whoosh.search import phrases
from searchkit.engines.whoosh.search.doc_sets import (
    DocSet,
    Part,
    ScoreAccumulator,
    ScoredDocs,
    intersection,
    mask,
    union,
)
from searchkit.engines.whoosh.search.multi_reader import MultiReader
from searchkit.engines.whoosh.segment.term_docs import TermDocs
from searchkit.query.nodes import (
    Boolean,
    ById,
    DateRange,
    DisMax,
    Exact,
    FieldFilter,
    InTitle,
    Leaf,
    Node,
    Phrase,
    Prefix,
    WordGroup,
    leaves,
)

Whole = Exact | Phrase | InTitle
"""What is met where all of it stands, so that positions decide."""


class _Word(NamedTuple):
    """A word of a question: what it finds, and how rare it is."""

    found: ScoredDocs
    rarity: TermStatistics

    @property
    def bytes(self) -> int:
        return self.found.bytes


class Scorer:
    """Scores trees over one commit."""

    def __init__(self, collection: MultiReader, cache: Cache) -> None:
        self._collection = collection
        self._cache = cache
        self._commit = object()
        self._size = collection.size
        self._sums = ScoreAccumulator(collection.size)
        lengths = collection.lengths(TEXT_LENGTH)
        average = float(lengths[collection.live].sum()) / max(collection.documents, 1)
        self._in_text = bm25.text_norms(lengths, average)
        self._title_lengths = collection.lengths(TITLE_LENGTH)
        self._in_title = bm25.title_norms(self._title_lengths)

    def score(self, node: Node) -> ScoredDocs:
        """Return what `node` finds."""
        found = self._part(node)
        return found if isinstance(found, ScoredDocs) else self._sums.of(found.numbers, [])

    def _part(self, node: Node) -> Part:
        match node:
            case WordGroup() | Prefix():
                return self._word(node).found
            case Boolean():
                return self._boolean(node)
            case DisMax():
                return self._alternatives(node)
            case Exact() | Phrase() | InTitle():
                return self._cache.get((self._commit, "places", node), lambda: self._by_positions(node))
            case FieldFilter() | DateRange():
                return self._cache.get((self._commit, node), lambda: self._condition(node))
            case ById(id=id_):
                number = self._collection.number_of(id_)
                return DocSet(mask(self._size, np.array([] if number is None else [number], np.intp)))

    def idf(self, leaf: Leaf) -> float:
        """Return the inverse document frequency of a word."""
        return self._word(leaf).rarity.idf

    def rarity(self, leaf: Leaf) -> TermStatistics:
        """Return how rare a word is: by its most frequent lemma, or by all that match where it has none here."""
        return self._word(leaf).rarity

    def _word(self, leaf: Leaf) -> _Word:
        return self._cache.get((self._commit, leaf), lambda: self._read_word(leaf))

    def _read_word(self, leaf: Leaf) -> _Word:
        """Sum up the weighted frequencies of a word's terms, and weigh the sums by its rarity."""
        held = list(self._weighted_postings(leaf))
        parts = [ScoredDocs(postings.doc_ids, weight * self._frequencies(postings)) for postings, weight in held]
        numbers, frequencies = self._sums.of_any(parts)
        titles = [
            ScoredDocs(postings.doc_ids, weight * postings.in_title.astype(np.float64)) for postings, weight in held
        ]
        in_titles = self._sums.of(numbers, titles).scores
        lemmas = held[: len(leaf.terms)] if isinstance(leaf, WordGroup) else []
        common = max((len(postings.doc_ids) for postings, _ in lemmas), default=0)
        rarity = TermStatistics(common or len(numbers), self._collection.documents)
        weight = leaf.weight if isinstance(leaf, WordGroup) else 1.0
        scores = weight * (rarity.idf * bm25.saturate(frequencies) + self._share_of_title(numbers, in_titles))
        return _Word(ScoredDocs(numbers.astype(np.int32), scores.astype(np.float32)), rarity)

    def _share_of_title(self, numbers: DocIds, met: Floats) -> Floats:
        """Return what is added for words of a question that stand in the titles of documents."""
        return bm25.title_coverage(met, self._title_lengths[numbers], self._collection.documents)

    def _frequencies(self, held: TermDocs) -> Floats:
        """Return what a term's occurrences are worth together, in each document that holds it."""
        in_text, in_title = self._in_text[held.doc_ids], self._in_title[held.doc_ids]
        frequencies: Floats = held.in_text * in_text + held.in_title * in_title
        return frequencies

    def _weighted_postings(self, leaf: Leaf) -> Iterator[tuple[TermDocs, float]]:
        postings = self._collection.postings
        match leaf:
            case WordGroup(lemmas=lemmas, surface_forms=surface_forms, coarse=coarse, variants=variants):
                for lemma in lemmas:
                    yield postings(lemma), bm25.EXACT_WEIGHT if lemma in surface_forms else 1.0
                for term, weight in variants:
                    yield postings(term), weight
                for key in coarse:
                    yield postings(COARSE_MARK + key), bm25.COARSE_WEIGHT
            case Exact(form=form):
                yield postings(form), 1.0
            case Prefix(prefix=prefix):
                yield self._collection.postings_of_all(prefix), 1.0

    def _condition(self, node: FieldFilter | DateRange) -> DocSet:
        return DocSet(self._collection.column(node.field).where(node.accepts) & self._collection.live)

    def _boolean(self, node: Boolean) -> ScoredDocs:
        should = [self._part(child) for child in node.should]
        scored = [part for part in should if isinstance(part, ScoredDocs)]
        if len(scored) == len(should) and not (node.must or node.must_not or node.optional):
            return self._sums.of_any(scored)
        must, without, optional = (
            [self._part(child) for child in children] for children in (node.must, node.must_not, node.optional)
        )
        scored += [part for part in (*must, *optional) if isinstance(part, ScoredDocs)]
        if must:
            numbers = intersection(self._size, must)
        elif without and not should:
            numbers = self._collection.everything
        else:
            numbers = union(self._size, should)
        for part in without:
            numbers = numbers[~part.mask(self._size)[numbers]]
        return self._sums.of(numbers, scored)

    def _by_positions(self, node: Whole) -> ScoredDocs:
        """Score what depends on where words stand: an occurrence of the whole counts like one of a word."""
        numbers, frequencies, met = self._occurrences(self.starts(node))
        words = list(leaves(node))
        scores = sum(map(self.idf, words)) * bm25.saturate(frequencies)
        return ScoredDocs(numbers, scores + len(words) * self._share_of_title(numbers, met))

    def _occurrences(self, starts: phrases.GlobalPositions) -> tuple[DocIds, Floats, Floats]:
        """Return documents, what the phrases that start there are worth in each, and whether one is in the title."""
        documents, in_title = starts // phrases.STRIDE, starts % phrases.STRIDE < TEXT_START
        worths = np.where(in_title, self._in_title[documents], self._in_text[documents])
        numbers, inverse = np.unique(documents, return_inverse=True)
        frequencies: Floats = np.bincount(inverse, worths, len(numbers)).astype(np.float64)
        met: Floats = np.minimum(np.bincount(inverse, in_title, len(numbers)), 1).astype(np.float64)
        return numbers, frequencies, met

    def _alternatives(self, node: DisMax) -> ScoredDocs:
        """Score by what was asked for or by the other names of it, whichever is more: it is one thing."""
        original, aliases = (
            self._part(node.original),
            self._cache.get((self._commit, "names", node), lambda: self._by_names(node)),
        )
        numbers = union(self._size, [original, aliases])
        of_original = self._sums.of(numbers, [original] if isinstance(original, ScoredDocs) else [])
        return ScoredDocs(numbers, np.maximum(of_original.scores, self._sums.of(numbers, [aliases]).scores))

    def _by_names(self, node: DisMax) -> ScoredDocs:
        """Score other names, all as one word that is as rare as what was asked for."""
        found, titles = [], []
        for name, weight in node.aliases:
            numbers, frequencies, in_titles = self._occurrences(self.starts(name))
            found.append(ScoredDocs(numbers, weight * frequencies))
            titles.append(ScoredDocs(numbers, weight * len(name.words) * in_titles))
        numbers, frequencies = self._sums.of_any(found)
        in_titles = self._sums.of(numbers, titles).scores
        idf = sum(self.idf(leaf) for leaf in leaves(node.original))
        return ScoredDocs(numbers, idf * bm25.saturate(frequencies) + self._share_of_title(numbers, in_titles))

    def starts(self, node: Whole) -> phrases.GlobalPositions:
        """Return where something begins of which all words have to stand together, in all documents."""
        phrase, only_titles = (node.words, True) if isinstance(node, InTitle) else (node, False)
        words, slop = (phrase.words, phrase.slop) if isinstance(phrase, Phrase) else ((phrase,), 0)
        terms = [self._terms_as_written(word) for word in words]
        candidates = self._collection.live.copy()
        for some in terms:
            candidates &= self._collection.holding(some, only_titles=only_titles)
        places = [self._places(word, some, candidates) for word, some in zip(words, terms, strict=True)]
        starts = phrases.phrase_starts(places, slop)
        return starts[starts % phrases.STRIDE < TEXT_START] if only_titles else starts

    def _terms_as_written(self, word: Leaf) -> Sequence[str]:
        """Return the terms that stand where a word stands in one of its forms."""
        match word:
            case WordGroup():
                return word.terms
            case Exact(form=form):
                return (form,)
            case Prefix(prefix=prefix):
                return self._collection.expand(prefix)

    def _places(self, word: Leaf, terms: Sequence[str], candidates: DocMask) -> phrases.GlobalPositions:
        """Return the ascending places of a word in the candidates: in any form, or exactly as written."""
        places = self._collection.places(terms, candidates)
        return phrases.exact(places) if isinstance(word, Exact) else phrases.distinct(places)
