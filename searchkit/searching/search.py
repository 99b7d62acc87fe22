"""One search: rewrite the query, rank documents, highlight the hits.

The steps stand in `SearchSession.search`: `QueryRewriter` turns the text into a query tree with
corrections and alternatives, the engine's `Searcher` ranks it, `Highlighter` cuts the snippets.
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from searchkit.analysis.analyzed_document import analysis_version
from searchkit.engines.base import Match, Searcher, Sort, TopDocs
from searchkit.engines.document_store import DocumentStore
from searchkit.errors import ArticleNotFound, IndexWarning
from searchkit.highlighting.highlighter import Highlighter
from searchkit.options import Rewrite, SearchOptions
from searchkit.query.nodes import Boolean, all_required
from searchkit.query.parser import Query
from searchkit.results import HighlightedDocument, Hit, Results
from searchkit.searching.work_limit import WorkLimit
from searchkit.understanding.rewriter import QueryRewriter, RewrittenQuery
from searchkit.understanding.word_lists import SynonymGroup
from searchkit.work import count_work

if TYPE_CHECKING:
    from searchkit.searching.by_meaning import Found, MeaningSession, Reordered

_T = TypeVar("_T")

_STALE = (
    "{} articles were indexed by other versions of the analyzers; "
    "bring them up to date with: searchkit index PATH, or searchkit index --upgrade"
)


class Page(NamedTuple):
    """The page of the ranking that a search returns."""

    limit: int
    """How many hits it has at most."""
    offset: int
    """How many documents rank before it."""
    sort: Sort


class SearchSession:
    """Searches the snapshots of one index, and keeps the query rewriter while the words stay."""

    def __init__(self, own_synonyms: Sequence[SynonymGroup], vectors: Path, model: Path | None) -> None:
        self._own_synonyms, self._vectors, self.model = own_synonyms, vectors, model
        self._rewriter: QueryRewriter | None = None
        self._stale_is_checked = False

    def reset(self) -> None:
        """Forget everything about the index: another generation may follow."""
        self._rewriter = None
        self._stale_is_checked = False

    def search(
        self, searcher: Searcher, query: str | Query, page: Page, options: SearchOptions, started: float
    ) -> Results:
        """Return one page of hits.

        `started` is the `time.perf_counter` at the beginning of the search, in seconds.
        """
        if not self._stale_is_checked:
            self._stale_is_checked = True
            warn_of_stale_documents(searcher, stacklevel=4)
        rewritten = self._rewrite(searcher, query, options.rewrite)
        by_meaning = options.meaning and page.sort == "score"
        top_docs = _ranked(searcher, rewritten, _with_candidates(page) if by_meaning else page, options)
        reordered = self._reordered(searcher, rewritten, top_docs.matches, options) if by_meaning else None
        matches = reordered.matches[page.offset :][: page.limit] if reordered else top_docs.matches
        found = reordered.found if reordered else {}
        joined = reordered.joined if reordered else 0
        hits = _hits(searcher, rewritten, matches, found, page.offset + 1, options)
        return Results(
            query=rewritten.query.text,
            total=top_docs.total + joined,
            distinct=top_docs.distinct + joined,
            with_all_words=_count_all_words(searcher, rewritten.query.root) if options.count_all_words else None,
            hits=hits,
            facets=top_docs.facets,
            corrections=rewritten.corrections,
            synonyms=rewritten.expansions,
            hints=(*rewritten.query.hints, *((reordered.hint,) if reordered and reordered.hint else ())),
            is_cut=rewritten.is_cut,
            took_ms=(time.perf_counter() - started) * 1000,
        )

    def rank(self, searcher: Searcher, query: str | Query, limit: int, rewrite: Rewrite) -> tuple[Match, ...]:
        """Return the `limit` best matches, without documents and snippets."""
        return searcher.best(self._rewrite(searcher, query, rewrite).query.root, limit)

    def highlight(self, searcher: Searcher, id_: str, query: str | Query, rewrite: Rewrite) -> HighlightedDocument:
        """Return a whole document with the query's words marked."""
        rewritten = self._rewrite(searcher, query, rewrite)
        (located,) = searcher.locate([id_], rewritten.leaves)
        document, occurrences = existing(located, id_)
        keep = rewritten.phrase_matches.whole_only
        return Highlighter(rewritten.leaves, keep=keep).mark_all(document, occurrences)

    @cached_property
    def _meaning(self) -> MeaningSession:
        from searchkit.searching.by_meaning import MeaningSession  # a search by words needs none of it

        return MeaningSession(self._vectors, self.model)

    def _reordered(
        self, searcher: Searcher, rewritten: RewrittenQuery, matches: Sequence[Match], options: SearchOptions
    ) -> Reordered:
        return self._meaning.reorder(searcher, rewritten, matches, across=options.rewrite.translations)

    def _rewrite(self, searcher: Searcher, query: str | Query, rewrite: Rewrite) -> RewrittenQuery:
        """Rewrite a query by the words of a snapshot."""
        words, rewriter = searcher.words(), self._rewriter
        if rewriter is None or rewriter.dictionary is not words:
            limit = WorkLimit(searcher)
            rewriter = self._rewriter = QueryRewriter(words, searcher.abbreviations, self._own_synonyms, limit)
        return rewriter(query, rewrite)


def _count_all_words(searcher: Searcher, root: Boolean) -> int | None:
    """Return how many documents have all words of a query, or None where it has one word."""
    required = all_required(root)
    return searcher.rank(required, limit=0).total if required else None


def _with_candidates(page: Page) -> Page:
    """Return the page from the first document on, with all that may be ordered by meaning."""
    from searchkit.meaning.reranking import CANDIDATES

    return Page(max(page.offset + page.limit, CANDIDATES), 0, page.sort)


def _ranked(searcher: Searcher, rewritten: RewrittenQuery, page: Page, options: SearchOptions) -> TopDocs:
    """Return a page of the ranking by words."""
    return searcher.rank(
        rewritten.query.root,
        limit=page.limit,
        offset=page.offset,
        sort=page.sort,
        collapse_duplicates=options.collapse_duplicates,
    )


def _hits(
    searcher: Searcher,
    rewritten: RewrittenQuery,
    matches: Sequence[Match],
    found: Mapping[str, Found],
    first_rank: int,
    options: SearchOptions,
) -> list[Hit]:
    """Return the hits of a page with their snippets."""
    words = rewritten.leaves
    ids = [match.id for match in matches]
    idf = [statistics.idf for statistics in searcher.statistics(words)]
    highlighter = Highlighter(words, idf, rewritten.phrase_matches.whole_only)
    documents = searcher.locate(ids, words)
    explanations = searcher.explain(rewritten.query.root, ids) if options.explain else [None] * len(ids)
    hits: list[Hit] = []
    for match, located, explanation in zip(matches, documents, explanations, strict=True):
        document, occurrences = existing(located, match.id)
        count_work()
        shown = highlighter.mark(document, occurrences)
        rank = first_rank + len(hits)
        part = None if shown.offset is None else document.part_at(shown.offset)
        heading, snippet, byline, _ = shown
        passages = highlighter.passages(document, occurrences) if options.passages else ()
        hit = Hit(rank, match.score, document, heading, snippet, match.copies, explanation, part, byline, passages)
        window = found.get(match.id)
        hits.append(window.told(hit) if window else hit)
    return hits


def existing(document: _T | None, id_: str) -> _T:
    """Return the document or raise `ArticleNotFound` where there is none of that id."""
    if document is None:
        raise ArticleNotFound(f"no article has the id {id_}")
    return document


def warn_of_stale_documents(store: DocumentStore, stacklevel: int) -> None:
    """Warn of documents that other versions of the analyzers have indexed.

    The check takes a third of a millisecond where there are none.
    """
    if stale := len(store.stale(analysis_version())):
        warnings.warn(_STALE.format(stale), IndexWarning, stacklevel=stacklevel)
