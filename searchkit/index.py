"""The index as a whole: documents in, ranked hits with snippets out."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from searchkit.changes import Changes
from searchkit.document import Document
from searchkit.engines.base import Engine, EngineFactory, Match, Sort, View
from searchkit.engines.whoosh import WhooshEngine
from searchkit.entry import analysis_version
from searchkit.errors import ArticleNotFound, IndexDamaged, IndexWarning, SearchkitError
from searchkit.folder import IndexFolder
from searchkit.places import Occurrences
from searchkit.query import Query, parse
from searchkit.repair import Repair, Repaired
from searchkit.restore import Stored
from searchkit.results import Hit, Results
from searchkit.snippets import Marker
from searchkit.update import Update
from searchkit.workers import Workers


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
    """A searchable collection of articles in a folder.

    >>> from searchkit import Document, Index
    >>> with Index.open("news.index") as index:                                   # doctest: +SKIP
    ...     index.update([Document(id="1", title="Сессия Ассамблеи", text="...")])
    ...     for hit in index.search("ассамблея"):
    ...         print(hit.title, hit.snippet.render("[", "]"))
    """

    def __init__(self, folder: IndexFolder, engine: EngineFactory) -> None:
        self._folder = folder
        self._make_engine = engine
        self._engine: Engine | None = None
        self._generation: Path | None = None
        self._repair: Repair | None = None

    @classmethod
    def open(cls, path: str | Path, engine: EngineFactory = WhooshEngine, *, wait: float = 0) -> Self:
        """Return the index in the folder `path`. Where there is none yet, the first `update` makes it.

        One process writes at a time; another one waits so many seconds for it before it raises `IndexLocked`.
        """
        return cls(IndexFolder(Path(path), wait), engine)

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
        self._engine = self._repair = None

    def update(self, documents: Iterable[Document], *, prune: bool = False, workers: int = 1) -> Changes:
        """Add what is new, replace what changed, leave the rest untouched.

        With `prune`, remove what is gone: documents not among `documents`; if `documents` has a method
        ``covers(id, path)``, only those of which it is true. Documents that were indexed with other versions of the
        analyzers are indexed anew in any case. With `workers`, many documents are analysed in so many processes: a
        program that asks for that needs ``if __name__ == "__main__":``, as `multiprocessing` explains.

        Raises `IndexLocked`, `IndexVersionError`, `IndexDamaged`.
        """
        with self._folder.writing(), Workers(workers) as analysis:
            before = self._view() if self._folder.exists() else None
            return Update(self._for_writing, before, analysis).run(documents, prune)

    def rebuild(self, documents: Iterable[Document], *, workers: int = 1) -> Changes:
        """Start over with `documents` beside the old index, and put the new one in its place at the end.

        If not one document could be read, or on any error, the old index stays as it is.
        """
        with self._folder.writing(), Workers(workers) as analysis:
            return self._replaced(documents, analysis)

    def restore(self, *, workers: int = 1) -> Changes:
        """Make the index anew from the articles that it stores: one that is damaged, or of another version.

        Articles that are not as they were indexed are left out, and are the failures of what is returned. On any error
        the old index stays as it is; `IndexDamaged` is raised where not one article is whole.
        """
        with self._folder.writing(), Workers(workers) as analysis:
            engine = self._make_engine(self._folder.of_any_version())
            try:
                changes = self._replaced(Stored(engine.stored()), analysis)
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
        repair: bool = True,
        all_copies: bool = False,
    ) -> Results:
        """Return the articles that match `query`, best first (or newest first), with snippets.

        Without `repair`, words are searched as they are typed: see docs/repair.md. Of an article that was indexed
        several times, under other names or with other menus around it, only the first is among them, and says how many
        copies there are; with `all_copies`, all are.

        Raises `IndexNotFound`, `IndexVersionError`, `IndexDamaged`; a question is never wrong.
        """
        began = time.perf_counter()
        if sort not in ("score", "date"):
            raise SearchkitError(f"articles cannot be sorted by {sort}; take score or date")
        question = parse(query) if isinstance(query, str) else query
        view, limit, offset = self._view(), max(limit, 0), max(offset, 0)
        question, corrections, _ = self._repaired(question, view) if repair else Repaired(question)
        ranking = view.rank(question.root, limit=limit, offset=offset, sort=sort, all_copies=all_copies)
        words = question.leaves
        marker = Marker(words, ranking.idf)
        places = view.occurrences([match.id for match in ranking.matches], words)
        found = enumerate(zip(ranking.matches, places, strict=True), offset + 1)
        hits = [_hit(view, match, rank, marker, where) for rank, (match, where) in found]
        took = (time.perf_counter() - began) * 1000
        return Results(question.text, ranking.total, hits, ranking.facets, corrections, question.hints, took)

    def rank(self, query: str | Query, *, limit: int = 10, repair: bool = True) -> tuple[Match, ...]:
        """Return ids and scores only, best first: what an evaluation needs."""
        question = parse(query) if isinstance(query, str) else query
        view = self._view()
        question = self._repaired(question, view).query if repair else question
        return view.rank(question.root, limit=limit, all_copies=True).matches

    def document(self, id_: str) -> Document:
        """Return the article of that id as it was indexed; raises `ArticleNotFound`."""
        return _found(self._view(), id_)

    def stats(self) -> Stats:
        """Return counts of what is in the index; warns of articles that other versions of the analyzers have read."""
        view = self._view()
        if stale := len(view.stale(analysis_version())):
            warnings.warn(_STALE.format(stale), IndexWarning, stacklevel=2)
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

    def _repaired(self, question: Query, view: View) -> Repaired:
        """Return a question as the words of a view let it be understood."""
        vocabulary = view.vocabulary()
        if self._repair is None or self._repair.vocabulary is not vocabulary:
            self._repair = Repair(vocabulary)
        return self._repair(question)

    def _view(self) -> View:
        """Return the newest state. A rebuild may replace the generation just while it is opened: then look again."""
        while True:
            generation = self._folder.current()
            try:
                return self._open_engine(generation).view()
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


def _hit(view: View, match: Match, rank: int, marker: Marker, places: Occurrences | None) -> Hit:
    document = _found(view, match.id)
    return Hit(rank, match.score, document, *marker.mark(document, places), match.copies)


def _found(view: View, id_: str) -> Document:
    document = view.document(id_)
    if document is None:
        raise ArticleNotFound(f"no article has the id {id_}")
    return document
