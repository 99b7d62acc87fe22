"""The searcher of one commit: ranking, documents, words, near-duplicates, checks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from searchkit.bm25 import TermStatistics
from searchkit.document import Document, DocumentState
from searchkit.engines.base import EngineStats, Match, Sort, TopDocs
from searchkit.engines.document_store import LocatedDocument
from searchkit.engines.whoosh.cache import Cache
from searchkit.engines.whoosh.damage import reporting_damage
from searchkit.engines.whoosh.schema import ABBREVIATIONS, TITLE_KEY
from searchkit.engines.whoosh.search.collectors import RankedDoc, top_docs, top_docs_collapsed
from searchkit.engines.whoosh.search.facet_counter import FacetCounter
from searchkit.engines.whoosh.search.match_locator import MatchLocator
from searchkit.engines.whoosh.search.multi_reader import MultiReader
from searchkit.engines.whoosh.search.query_scorer import QueryScorer
from searchkit.engines.whoosh.search.stored_articles import StoredArticle, read_article, read_document
from searchkit.engines.whoosh.segment import doc_lookup
from searchkit.engines.whoosh.segment.prefix_terms import PrefixTerms
from searchkit.engines.whoosh.segment.reader import SegmentReader
from searchkit.errors import SearchkitError
from searchkit.lexicon.skeletons import TITLE_START, text_skeleton
from searchkit.lexicon.word_dictionary import WordDictionary
from searchkit.query.nodes import Leaf, Node
from searchkit_analyzers.abbreviations import Abbreviation, unpack_abbreviations

if TYPE_CHECKING:
    from searchkit.analysis.near_duplicates import KnownSignatures, Signatures
    from searchkit.explanation import ScoreExplanation


_MOST_HITS = 50_000
"""Hits whose doc ids are remembered: some 8 MB."""


class WhooshSearcher:
    """A snapshot of a Whoosh index: the segments of one commit."""

    def __init__(self, segments: Sequence[SegmentReader], cache: Cache) -> None:
        self.segments = segments
        self._cache = cache
        self._doc_id_of_hit: dict[str, int] = {}

    @cached_property
    def _reader(self) -> MultiReader:
        return MultiReader(self.segments)

    @cached_property
    def _scorer(self) -> QueryScorer:
        return QueryScorer(self._reader, self._cache)

    @cached_property
    def _locator(self) -> MatchLocator:
        return MatchLocator(self._reader, self._cache)

    @cached_property
    def _facets(self) -> FacetCounter:
        return FacetCounter(self._reader)

    def rank(
        self, root: Node, *, limit: int, offset: int = 0, sort: Sort = "score", collapse_duplicates: bool = True
    ) -> TopDocs:
        """Score all matching documents and return one page of them, with totals."""
        docs = self._scorer.score(root)
        collect = top_docs_collapsed if collapse_duplicates else top_docs
        page = collect(self._reader, docs, limit, offset, sort)
        total = len(docs.doc_ids)
        distinct = self._reader.clusters.count(docs.doc_ids) if collapse_duplicates else total
        return TopDocs(total, self._matches(page), self._facets.count(docs.doc_ids), distinct)

    def best(self, root: Node, limit: int) -> tuple[Match, ...]:
        """Score all matching documents and return the `limit` best."""
        return self._matches(top_docs(self._reader, self._scorer.score(root), limit, 0, "score"))

    def _matches(self, page: Sequence[RankedDoc]) -> tuple[Match, ...]:
        if len(self._doc_id_of_hit) > _MOST_HITS:
            self._doc_id_of_hit.clear()
        self._doc_id_of_hit.update([(doc.id, doc.doc_id) for doc in page])
        return tuple([Match(doc.id, doc.score, doc.copies) for doc in page])

    def statistics(self, words: Sequence[Leaf]) -> list[TermStatistics]:
        """Return the document frequency of each query word."""
        return [self._scorer.statistics(word) for word in words]

    def doc_freq(self, term: str) -> int:
        """Return how many documents hold a term, deleted ones included."""
        return self._reader.doc_freq(term)

    def expansion(self, prefix: str) -> PrefixTerms:
        """Return the terms that begin with `prefix`."""
        return self._reader.prefix_terms(prefix)

    def explain(self, root: Node, ids: Sequence[str]) -> list[tuple[ScoreExplanation, ...]]:
        """Return explanations of each document's score, in the order of `ids`."""
        from searchkit.engines.whoosh.search.explainer import Explainer

        explainer = Explainer(self._reader, self._scorer)
        doc_ids = map(self._doc_id_of, ids)
        return [() if doc_id is None else explainer.explain(root, doc_id) for doc_id in doc_ids]

    def __len__(self) -> int:
        """Return the number of documents."""
        return self._reader.doc_count

    def __iter__(self) -> Iterator[Document]:
        """Yield all documents, segment by segment."""
        for segment in self.segments:
            yield from (read_document(segment, doc_id) for doc_id in doc_lookup.live_doc_ids(segment))

    def document(self, id_: str) -> Document | None:
        """Return the document with the id `id_`, or None."""
        doc_id = self._doc_id_of(id_)
        return None if doc_id is None else self._article(doc_id).document

    def locate(self, ids: Sequence[str], leaves: Sequence[Leaf]) -> list[LocatedDocument | None]:
        """Return documents with the occurrences of query words, found in the postings."""
        doc_ids = [self._doc_id_of(id_) for id_ in ids]
        leaf_at = self._locator.locate(sorted({doc_id for doc_id in doc_ids if doc_id is not None}), leaves)
        with reporting_damage():
            return [None if doc_id is None else self._article(doc_id).located(leaf_at[doc_id]) for doc_id in doc_ids]

    def _article(self, doc_id: int) -> StoredArticle:
        segment, segment_doc_id = self._reader.resolve(doc_id)
        return self._cache.get((segment.core.id, segment_doc_id), lambda: read_article(segment, segment_doc_id))

    def _doc_id_of(self, id_: str) -> int | None:
        """Return a document's doc id; for hits it is known from their ranking."""
        doc_id = self._doc_id_of_hit.get(id_)
        return self._reader.doc_id_of(id_) if doc_id is None else doc_id

    def states(self, ids: Collection[str] | None = None) -> dict[str, DocumentState]:
        """Return by id the states of documents, read from columns."""
        states: dict[str, DocumentState] = {}
        for segment in self.segments:
            states.update(doc_lookup.states(segment, doc_lookup.live_doc_ids(segment, ids)))
        return states

    def paths(self) -> Iterator[tuple[str, str]]:
        """Yield the id and the path of each document, read from columns."""
        for segment in self.segments:
            doc_ids = doc_lookup.live_doc_ids(segment)
            yield from zip(segment.texts("id", doc_ids), segment.texts("path", doc_ids), strict=True)

    def ids_ending(self, ending: str) -> list[str]:
        """Return the ids that end with `ending`, found by a search of the column's bytes."""
        sought = ending.encode("utf-8", "surrogatepass")
        found = (
            segment.texts("id", [doc_id])[0]
            for segment in self.segments
            for doc_id in segment.docs_containing("id", sought)
        )
        return [id_ for id_ in found if id_.endswith(ending)]

    def stale(self, analysis: str) -> list[str]:
        """Return the ids of documents indexed with an analysis version other than `analysis`."""
        return [id_ for segment in self.segments for id_ in doc_lookup.stale_ids(segment, analysis)]

    def words(self) -> WordDictionary:
        """Return the word dictionary over the word tables of all segments."""
        return self._words

    @cached_property
    def _words(self) -> WordDictionary:
        return WordDictionary([segment.words() for segment in self.segments])

    def abbreviations(self) -> tuple[Abbreviation, ...]:
        """Return the abbreviations that live documents define, with their counts."""
        return self._abbreviations

    @cached_property
    def _abbreviations(self) -> tuple[Abbreviation, ...]:
        packed = (value for segment in self.segments for value in segment.live_values(ABBREVIATIONS))
        counts = Counter(pair for value in packed for pair in unpack_abbreviations(value))
        return tuple(Abbreviation(short, long, count) for (short, long), count in counts.items())

    def titles(self, beginning: str, limit: int) -> list[str]:
        """Return up to `limit` titles that begin with `beginning`, then those with such a word.

        Only the column of title keys is searched; a title itself is a stored field.
        """
        doc_of_key: dict[bytes, tuple[SegmentReader, int]] = {}
        key = text_skeleton(beginning)
        if not key:
            return []  # ² and « have an empty skeleton
        for substring in (TITLE_START + key, key):
            for segment, doc_id in self._docs_with_title_key(substring):
                if len(doc_of_key) == limit:
                    break
                doc_of_key.setdefault(segment.value(TITLE_KEY, doc_id), (segment, doc_id))
        return [segment.stored_fields(doc_id)["title"] for segment, doc_id in doc_of_key.values()]

    def _docs_with_title_key(self, substring: bytes) -> Iterator[tuple[SegmentReader, int]]:
        for segment in self.segments:
            yield from ((segment, doc_id) for doc_id in segment.docs_containing(TITLE_KEY, substring))

    def signatures_like(self, new: Signatures) -> KnownSignatures:
        """Return the signatures and clusters of documents that share a band with new ones."""
        from searchkit.analysis.near_duplicates import (  # it imports hashlib and OpenSSL, 6 ms
            NO_SIGNATURES,
            KnownSignatures,
            sharing_a_band,
        )

        # One segment at a time bounds the memory. Deleted documents get cluster 0, which is left
        # out.
        known = (KnownSignatures(each.signatures(), each.clusters() * each.live) for each in self.segments)
        candidates = [sharing_a_band(each, new) for each in known]
        signatures, clusters = zip(NO_SIGNATURES, *candidates, strict=True)
        return KnownSignatures(np.concatenate(signatures), np.concatenate(clusters))

    def stats(self) -> EngineStats:
        """Count documents, segments and terms."""
        languages: Counter[str] = Counter()
        terms: set[str] = set()
        for segment in self.segments:
            languages.update(segment.column("language").counts(segment.live))
            terms.update(segment.terms())
        return EngineStats(self._reader.doc_count, len(self.segments), len(terms), dict(languages))

    def verify(self) -> Iterator[str]:
        """Read all postings and stored documents, and compare documents with their digests."""
        try:
            for segment in self.segments:
                damaged = list(segment.damaged_blocks())
                yield from damaged or _verify(segment)
        except SearchkitError as error:
            yield str(error)


def _verify(segment: SegmentReader) -> Iterator[str]:
    yield from _verify_documents(segment)
    for number in range(segment.block_count()):
        yield from segment.problems_of_block(number)


def _verify_documents(segment: SegmentReader) -> Iterator[str]:
    digests = segment.texts("digest")
    for doc_id, id_ in enumerate(segment.texts("id")):
        if not segment.live[doc_id]:
            continue
        if segment.doc_id_of(id_) != doc_id:
            yield f"the article {id_} cannot be found by its id"
        elif read_document(segment, doc_id).digest != digests[doc_id]:
            yield f"the article {id_} is not as it was indexed"
