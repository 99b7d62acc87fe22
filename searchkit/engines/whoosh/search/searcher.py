"""One commit of a Whoosh index: ranking, documents, checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from searchkit.analysis.token_offsets import TEXT_START
from searchkit.bm25 import TermStatistics
from searchkit.document import Document, DocumentState
from searchkit.engines.base import EngineStats, LocatedDocument, Match, Sort, TopDocs
from searchkit.engines.whoosh.cache import Cache
from searchkit.engines.whoosh.damage import reporting_damage
from searchkit.engines.whoosh.schema import MOST_IN_TEXT, NAMES, TITLE_KEY
from searchkit.engines.whoosh.search import collectors
from searchkit.engines.whoosh.search.facet_counter import FacetCounter
from searchkit.engines.whoosh.search.match_locator import MatchLocator
from searchkit.engines.whoosh.search.multi_reader import MultiReader as Numbered
from searchkit.engines.whoosh.search.stored_articles import Article, article, document
from searchkit.engines.whoosh.search.term_scorer import Scorer
from searchkit.engines.whoosh.segment import doc_lookup
from searchkit.engines.whoosh.segment.reader import SegmentReader
from searchkit.errors import SearchkitError
from searchkit.lexicon.skeletons import TITLE_START, text_skeleton
from searchkit.lexicon.word_dictionary import WordDictionary
from searchkit.query.nodes import Leaf, Node
from searchkit_analyzers.abbreviations import Abbreviation, unpacked

if TYPE_CHECKING:
    from searchkit.analysis.near_duplicates import KnownSignatures, Signatures
    from searchkit.explanation import ScoreExplanation


class WhooshSearcher:
    """The segments of one commit."""

    def __init__(self, segments: Sequence[SegmentReader], cache: Cache) -> None:
        self.segments = segments
        self._cache = cache
        self._numbers: dict[str, int] = {}

    @cached_property
    def _collection(self) -> Numbered:
        return Numbered(self.segments)

    @cached_property
    def _scorer(self) -> Scorer:
        return Scorer(self._collection, self._cache)

    @cached_property
    def _locator(self) -> MatchLocator:
        return MatchLocator(self._collection, self._cache)

    @cached_property
    def _facets(self) -> FacetCounter:
        return FacetCounter(self._collection)

    def states(self, ids: Collection[str] | None = None) -> dict[str, DocumentState]:
        """Read digests from their columns."""
        found: dict[str, DocumentState] = {}
        for segment in self.segments:
            found.update(doc_lookup.states(segment, doc_lookup.live_doc_ids(segment, ids)))
        return found

    def stale(self, analysis: str) -> list[str]:
        """Ask each segment with which analyzers it was made."""
        return [id_ for segment in self.segments for id_ in doc_lookup.stale_ids(segment, analysis)]

    def signatures_like(self, new: Signatures) -> KnownSignatures:
        """Read what tells copies from their columns, a segment at a time."""
        from searchkit.analysis.near_duplicates import (  # hashlib and OpenSSL come with it, 6 ms
            NO_SIGNATURES,
            KnownSignatures,
            sharing_a_band,
        )

        known = (KnownSignatures(segment.signatures(), segment.clusters() * segment.live) for segment in self.segments)
        found = [sharing_a_band(each, new) for each in known]
        sketches, groups = zip(NO_SIGNATURES, *found, strict=True)
        return KnownSignatures(np.concatenate(sketches), np.concatenate(groups))

    def rank(
        self, root: Node, *, limit: int, offset: int = 0, sort: Sort = "score", collapse_duplicates: bool = True
    ) -> TopDocs:
        """Score all documents and take the page that was asked for."""
        found = self._scorer.score(root)
        page = collectors.page_without_copies if collapse_duplicates else collectors.page
        hits = page(self._collection, found, limit, offset, sort)
        return TopDocs(len(found.numbers), self._matches(hits), self._facets.count(found.numbers))

    def best(self, root: Node, limit: int) -> tuple[Match, ...]:
        """Score, and look at the best only."""
        return self._matches(collectors.page(self._collection, self._scorer.score(root), limit, 0, "score"))

    def _matches(self, hits: Sequence[collectors.RankedDoc]) -> tuple[Match, ...]:
        self._numbers.update([(hit.id, hit.number) for hit in hits])
        return tuple([Match(hit.id, hit.score, hit.copies) for hit in hits])

    def statistics(self, words: Sequence[Leaf]) -> list[TermStatistics]:
        """Look up how many documents hold each word."""
        return [self._scorer.rarity(word) for word in words]

    def document(self, id_: str) -> Document | None:
        """Look a document up by its id."""
        number = self._number_of(id_)
        return None if number is None else self._article(number).document

    def locate(self, ids: Sequence[str], leaves: Sequence[Leaf]) -> list[LocatedDocument | None]:
        """Look up where the words of a question stand, in their postings."""
        numbers = [self._number_of(id_) for id_ in ids]
        leaf_at = self._locator.of(sorted({number for number in numbers if number is not None}), leaves)
        with reporting_damage():
            return [None if number is None else self._article(number).located(leaf_at[number]) for number in numbers]

    def explain(self, root: Node, ids: Sequence[str]) -> list[tuple[ScoreExplanation, ...]]:
        """Look up what each part of a question found in each document."""
        from searchkit.engines.whoosh.search.explainer import Explainer

        explainer = Explainer(self._collection, self._scorer)
        numbers = map(self._number_of, ids)
        return [() if number is None else explainer.explain(root, number) for number in numbers]

    def _article(self, number: int) -> Article:
        segment, within = self._collection.place(number)
        return self._cache.get((segment.core.id, within), lambda: article(segment, within))

    def _number_of(self, id_: str) -> int | None:
        """Return a document's number: that of a hit is known since it was ranked."""
        number = self._numbers.get(id_)
        return self._collection.number_of(id_) if number is None else number

    def words(self) -> WordDictionary:
        """Put the tables of all segments together."""
        return self._vocabulary

    @cached_property
    def _vocabulary(self) -> WordDictionary:
        return WordDictionary([segment.words() for segment in self.segments])

    def abbreviations(self) -> tuple[Abbreviation, ...]:
        """Count the names of all live documents."""
        return self._names

    @cached_property
    def _names(self) -> tuple[Abbreviation, ...]:
        kept = (value for segment in self.segments for value in segment.live_values(NAMES))
        counts = Counter(name for value in kept for name in unpacked(value))
        return tuple(Abbreviation(short, long, count) for (short, long), count in counts.items())

    def titles(self, beginning: str, limit: int) -> list[str]:
        """Look through the keys of titles; the titles themselves lie with the articles."""
        found: dict[bytes, tuple[SegmentReader, int]] = {}
        key = text_skeleton(beginning)
        if not key:
            return []  # nothing is left of ² or «
        for piece in (TITLE_START + key, key):
            for segment, number in self._holding(piece):
                if len(found) == limit:
                    break
                found.setdefault(segment.value(TITLE_KEY, number), (segment, number))
        return [segment.stored_fields(number)["title"] for segment, number in found.values()]

    def _holding(self, piece: bytes) -> Iterator[tuple[SegmentReader, int]]:
        for segment in self.segments:
            yield from ((segment, number) for number in segment.docs_containing(TITLE_KEY, piece))

    def stats(self) -> EngineStats:
        """Count documents, segments and terms."""
        languages: Counter[str] = Counter()
        terms: set[str] = set()
        for segment in self.segments:
            languages.update(segment.column("language").counts(segment.live))
            terms.update(segment.terms())
        return EngineStats(self._collection.documents, len(self.segments), len(terms), dict(languages))

    def verify(self) -> Iterator[str]:
        """Read every posting and every stored document, and compare documents with their digests."""
        try:
            for segment in self.segments:
                damaged = list(segment.damaged_blocks())
                yield from damaged or _verify(segment)
        except SearchkitError as error:
            yield str(error)


def _verify(segment: SegmentReader) -> Iterator[str]:
    digests = segment.texts("digest")
    for number, id_ in enumerate(segment.texts("id")):
        if not segment.live[number]:
            continue
        if segment.doc_id_of(id_) != number:
            yield f"the article {id_} cannot be found by its id"
        elif document(segment, number).digest != digests[number]:
            yield f"the article {id_} is not as it was indexed"
    for term in segment.terms():
        if not segment.has_consistent_stats(term):
            yield f"the statistics of {term} do not agree with its postings"
        postings = segment.postings(term)
        found = postings.positions(np.arange(len(postings.doc_ids)))
        counts = [min(sum(at >= TEXT_START for at in set(each)), MOST_IN_TEXT) for each in found]
        if counts != segment.term_docs(term).in_text.tolist():
            yield f"the postings of {term} do not agree with their positions"
