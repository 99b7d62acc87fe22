"""The index as a whole: documents in, ranked hits with snippets out."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from searchkit.analysis.analyzed_document import analysis_version
from searchkit.document import Document
from searchkit.engines.base import Engine, EngineFactory, Match, Searcher, Sort
from searchkit.engines.whoosh.engine import WhooshEngine
from searchkit.errors import ArticleNotFound, IndexDamaged, IndexWarning, SearchkitError
from searchkit.highlighting.highlighter import Highlighter
from searchkit.options import Rewrite, SearchOptions
from searchkit.query.parser import Query
from searchkit.results import Changes, HighlightedDocument, Hit, Results
from searchkit.searching.completion import suggestions
from searchkit.searching.more_like_this import question_like
from searchkit.storage.index_folder import IndexFolder
from searchkit.understanding.rewriter import QueryRewriter
from searchkit.understanding.word_lists import Group, read_synonyms

if TYPE_CHECKING:
    from searchkit.indexing.workers import Workers

_T = TypeVar("_T")
_DEFAULT_OPTIONS = SearchOptions()
_AS_IT_IS = SearchOptions(Rewrite.NONE)


@dataclass(frozen=True, slots=True)
class Stats:
    """What is in an index."""

    documents: int
    segments: int
    terms: int
    bytes: int
    languages: Mapping[str, int]
    last_commit: str
    """ISO 8601, UTC."""


class Index:
    """A searchable collection of articles in a folder. Several threads may search in it at the same time.

    >>> from searchkit import Document, Index
    >>> with Index.open("news.index") as index:                                   # doctest: +SKIP
    ...     index.update([Document(id="1", title="Сессия Ассамблеи", text="...")])
    ...     for hit in index.search("ассамблея"):
    ...         print(hit.title, hit.snippet.render("[", "]"))
    """

    def __init__(self, folder: IndexFolder, engine: EngineFactory, synonyms: Sequence[Group] = ()) -> None:
        self._folder = folder
        self._make_engine = engine
        self._engine: Engine | None = None
        self._generation: Path | None = None
        self._own_synonyms = synonyms
        self._understanding: QueryRewriter | None = None
        self._is_up_to_date_known = False
        self._opening = Lock()

    @classmethod
    def open(
        cls,
        path: str | Path,
        engine: EngineFactory = WhooshEngine,
        *,
        synonyms: str | Path | None = None,
        wait: float = 0,
    ) -> Self:
        """Return the index in the folder `path`. Where there is none yet, the first `update` makes it.

        `synonyms` is a file of further names that mean the same, written like
        ``searchkit/understanding/data/synonyms.txt``: a line
        that cannot be read raises `SearchkitError`. One process writes at a time; another one waits so many seconds for
        it before it raises `IndexLocked`.
        """
        own = read_synonyms(Path(synonyms)) if synonyms else ()
        return cls(IndexFolder(Path(path), wait), engine, own)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all files."""
        if self._engine is not None:
            self._engine.close()
        self._engine = self._understanding = None
        self._is_up_to_date_known = False

    def update(self, documents: Iterable[Document], *, prune: bool = False, workers: int = 1) -> Changes:
        """Add what is new, replace what changed, leave the rest untouched.

        With `prune`, remove what is gone: documents not among `documents`; if `documents` has a method
        ``covers(id, path)``, only those of which it is true. Documents that were indexed with other versions of the
        analyzers are indexed anew in any case. With `workers`, so many processes work on many documents: a
        program that asks for that needs ``if __name__ == "__main__":``, as `multiprocessing` explains.

        Raises `IndexLocked`, `IndexVersionError`, `IndexDamaged`.
        """
        from searchkit.indexing.update import Update  # this reads and analyses: a search need not import it
        from searchkit.indexing.workers import Workers

        with self._folder.writing(), Workers(workers) as analysis:
            before = self._view() if self._folder.exists() else None
            return Update(self._for_writing, before, analysis).run(documents, prune)

    def rebuild(self, documents: Iterable[Document], *, workers: int = 1) -> Changes:
        """Start over with `documents` beside the old index, and put the new one in its place at the end.

        If not one document could be read, or on any error, the old index stays as it is.
        """
        from searchkit.indexing.workers import Workers

        with self._folder.writing(), Workers(workers) as analysis:
            return self._replaced(documents, analysis)

    def restore(self, *, workers: int = 1) -> Changes:
        """Make the index anew from the articles that it stores: one that is damaged, or of another version.

        Articles that are not as they were indexed are left out, and are the failures of what is returned. On any error
        the old index stays as it is; `IndexDamaged` is raised where not one article is whole.
        """
        from searchkit.indexing.stored_documents import StoredDocuments
        from searchkit.indexing.workers import Workers

        with self._folder.writing(), Workers(workers) as analysis:
            engine = self._make_engine(self._folder.of_any_version())
            try:
                changes = self._replaced(StoredDocuments(engine.recover()), analysis)
            finally:
                engine.close()
            if not changes.added:
                if changes.failures:
                    raise IndexDamaged(
                        "no article in the index is whole; make it anew with: searchkit index --rebuild PATH"
                    )
                self._folder.publish(self._begin())
            return changes

    def _replaced(self, documents: Iterable[Document], analysis: Workers) -> Changes:
        from searchkit.indexing.update import Update

        generation = self._begin()
        engine = self._make_engine(generation)
        try:
            changes = Update(lambda: engine, None, analysis).run(documents, prune=False)
        except BaseException:
            engine.close()
            self._folder.discard(generation)
            raise
        engine.close()
        if changes.added:
            self.close()
            self._folder.publish(generation)
        else:
            self._folder.discard(generation)
        return changes

    def search(
        self,
        query: str | Query,
        *,
        limit: int = 10,
        offset: int = 0,
        sort: Sort = "score",
        options: SearchOptions = _DEFAULT_OPTIONS,
    ) -> Results:
        """Return the articles that match `query`, best first (or newest first), with snippets.

        `options` select the query's rewriting, whether near-duplicates are collapsed, and explanations.

        Warns once (`IndexWarning`) of articles that other versions of the analyzers have read: they are found by what
        those made of them. Raises `IndexNotFound`, `IndexVersionError`, `IndexDamaged`; a question is never wrong.
        """
        began = time.perf_counter()
        if sort not in ("score", "date"):
            raise SearchkitError(f"articles cannot be sorted by {sort}; take score or date")
        view, limit, offset = self._view(), max(limit, 0), max(offset, 0)
        if not self._is_up_to_date_known:
            self._is_up_to_date_known = True
            _warn_of_stale(view)
        understood = self._understanding_in(view)(query, options.rewrite)
        question, words, names, corrections, added = understood
        collapse = options.collapse_duplicates
        ranking = view.rank(question.root, limit=limit, offset=offset, sort=sort, collapse_duplicates=collapse)
        marker = Highlighter(words, [each.idf for each in view.statistics(words)])
        ids = [match.id for match in ranking.matches]
        located = map(_known, view.locate(ids, words), ids)
        reasons = view.explain(question.root, ids) if options.explain else [None] * len(ids)
        hits = [
            Hit(rank, match.score, document, *marker.mark(document, names.only(places)), match.copies, why)
            for rank, match, (document, places), why in zip(
                count(offset + 1), ranking.matches, located, reasons, strict=False
            )
        ]
        took = (time.perf_counter() - began) * 1000
        return Results(question.text, ranking.total, hits, ranking.facets, corrections, added, question.hints, took)

    def similar(self, id_: str, *, limit: int = 10) -> Results:
        """Return the articles that are most like one, best first; raises `ArticleNotFound`."""
        return self.search(self.question_like(id_), limit=limit, options=_AS_IT_IS)

    def question_like(self, id_: str) -> Query:
        """Return a question of the words that tell most about an article; raises `ArticleNotFound`.

        It finds articles like that one, but not itself, and can be asked and narrowed like any other.
        """
        view = self._view()
        return question_like(_known(view.document(id_), id_), view)

    def rank(
        self,
        query: str | Query,
        *,
        limit: int = 10,
        rewrite: Rewrite = _DEFAULT_OPTIONS.rewrite,
    ) -> tuple[Match, ...]:
        """Return ids and scores only, best first: what an evaluation needs."""
        view = self._view()
        understood = self._understanding_in(view)(query, rewrite)
        return view.best(understood.query.root, max(limit, 0))

    def suggest(self, prefix: str, *, limit: int = 8) -> tuple[str, ...]:
        """Return what a question that begins so may go on as: words and titles of the index, the likeliest first.

        Raises `IndexNotFound`, `IndexVersionError`, `IndexDamaged`.
        """
        view = self._view()
        return suggestions(prefix, view, limit)

    def document(self, id_: str) -> Document:
        """Return the article of that id as it was indexed; raises `ArticleNotFound`."""
        return _known(self._view().document(id_), id_)

    def highlighted(
        self, id_: str, query: str | Query, *, rewrite: Rewrite = _DEFAULT_OPTIONS.rewrite
    ) -> HighlightedDocument:
        """Return a whole article with what `query` asks for marked in it; raises `ArticleNotFound`."""
        view = self._view()
        understood = self._understanding_in(view)(query, rewrite)
        (located,) = view.locate([id_], understood.words)
        document, places = _known(located, id_)
        return HighlightedDocument(
            document, *Highlighter(understood.words).mark_all(document, understood.names.only(places))
        )

    def stats(self) -> Stats:
        """Return counts of what is in the index; warns of articles that other versions of the analyzers have read."""
        view = self._view()
        _warn_of_stale(view)
        found = view.stats()
        size, last = self._folder.size(), self._folder.last_commit()
        return Stats(found.documents, found.segments, found.terms, size, found.languages, last)

    def verify(self) -> Iterator[str]:
        """Read everything back and yield a sentence for each thing that is wrong, and for what was fallen back to."""
        self.close()
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always", IndexWarning)
            try:
                problems = list(self._view().verify())
            except IndexDamaged as error:
                problems = [str(error)]
        yield from dict.fromkeys([*self._folder.problems(), *(str(each.message) for each in told), *problems])

    def _understanding_in(self, view: Searcher) -> QueryRewriter:
        """Return what understands questions as the words of a view let them be understood."""
        vocabulary, understanding = view.words(), self._understanding
        if understanding is None or understanding.vocabulary is not vocabulary:
            understanding = self._understanding = QueryRewriter(vocabulary, view.abbreviations, self._own_synonyms)
        return understanding

    def _view(self) -> Searcher:
        """Return the newest state, which one thread opens for all.

        A rebuild may replace the generation just while it is opened: then look again.
        """
        with self._opening:
            while True:
                generation = self._folder.current()
                try:
                    return self._open_engine(generation).searcher()
                except IndexDamaged:
                    if generation == self._folder.current():
                        raise

    def _open_engine(self, generation: Path) -> Engine:
        if self._engine is None or generation != self._generation:
            self.close()
            self._engine, self._generation = self._make_engine(generation), generation
        return self._engine

    def _for_writing(self) -> Engine:
        if not self._folder.exists():
            self._folder.publish(self._begin())
        return self._open_engine(self._folder.current())

    def _begin(self) -> Path:
        generation = self._folder.begin()
        self._make_engine.create(generation)
        return generation


_STALE = (
    "{} articles were indexed by other versions of the analyzers; "
    "bring them up to date with: searchkit index PATH, or searchkit index --upgrade"
)


def _warn_of_stale(view: Searcher) -> None:
    """Tell that articles have to be indexed anew; that none has takes a third of a millisecond to find out."""
    if stale := len(view.stale(analysis_version())):
        warnings.warn(_STALE.format(stale), IndexWarning, stacklevel=3)


def _known(found: _T | None, id_: str) -> _T:
    if found is None:
        raise ArticleNotFound(f"no article has the id {id_}")
    return found
