"""The index as a whole: documents in, ranked hits with snippets out."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Self

from searchkit import changes as compare
from searchkit.changes import Changes, Failure, State
from searchkit.document import Document
from searchkit.engines.base import Engine, EngineFactory, Match, Ranking, Sort
from searchkit.engines.whoosh import WhooshEngine
from searchkit.entry import analysis_version, entry_of
from searchkit.errors import ArticleNotFound, IndexDamaged
from searchkit.folder import IndexFolder
from searchkit.query import Query, parse
from searchkit.results import Hit, Results
from searchkit.snippets import Marker

BATCH = 10_000
"""Documents a commit: what an interrupted run has committed stays."""


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

    @classmethod
    def open(cls, path: str | Path, engine: EngineFactory = WhooshEngine) -> Self:
        """Return the index in the folder `path`. Where there is none yet, the first `update` makes it."""
        return cls(IndexFolder(Path(path)), engine)

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
        self._engine = None

    def update(self, documents: Iterable[Document], *, prune: bool = False) -> Changes:
        """Add what is new, replace what changed, leave the rest untouched.

        With `prune`, remove what is gone: documents not among `documents`; if `documents` has a method
        ``covers(id, path)``, only those of which it is true. Documents that were indexed with other versions of the
        analyzers are indexed anew in any case. Raises `IndexLocked`, `IndexVersionError`, `IndexDamaged`.
        """
        with self._folder.writing():
            return _Update(self._for_writing, self._known()).run(documents, prune)

    def rebuild(self, documents: Iterable[Document]) -> Changes:
        """Start over with `documents` beside the old index, and put the new one in its place at the end.

        If not one document could be read, or on any error, the old index stays as it is.
        """
        with self._folder.writing():
            generation = self._folder.begin()
            engine = self._make_engine(generation)
            try:
                changes = _Update(lambda: engine, {}).run(documents, prune=False)
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

    def search(self, query: str | Query, *, limit: int = 10, offset: int = 0, sort: Sort = "score") -> Results:
        """Return the articles that match `query`, best first (or newest first), with snippets.

        Raises `IndexNotFound`, `IndexVersionError`, `IndexDamaged`; a question is never wrong.
        """
        began = time.perf_counter()
        question = parse(query) if isinstance(query, str) else query
        ranking = self._reading().rank(question.root, limit=limit, offset=offset, sort=sort)
        hits = self._hits(question, ranking, offset)
        took = (time.perf_counter() - began) * 1000
        return Results(question.text, ranking.total, hits, ranking.facets, (), question.hints, took)

    def rank(self, query: str | Query, *, limit: int = 10) -> tuple[Match, ...]:
        """Return ids and scores only, best first: what an evaluation needs."""
        question = parse(query) if isinstance(query, str) else query
        return self._reading().rank(question.root, limit=limit).matches

    def document(self, id_: str) -> Document:
        """Return the article of that id as it was indexed; raises `ArticleNotFound`."""
        document = self._reading().document(id_)
        if document is None:
            raise ArticleNotFound(f"no article has the id {id_}")
        return document

    def stats(self) -> Stats:
        """Return counts of what is in the index."""
        found = self._reading().stats()
        size, last = self._folder.size(), self._folder.last_commit()
        return Stats(found.documents, found.segments, found.terms, size, found.languages, last)

    def verify(self) -> Iterator[str]:
        """Read everything back and yield a sentence for each thing that is wrong."""
        try:
            yield from self._reading().verify()
        except IndexDamaged as error:
            yield str(error)

    def _hits(self, question: Query, ranking: Ranking, offset: int) -> list[Hit]:
        marker = Marker(question.leaves, ranking.idf)
        return [self._hit(match, rank, marker) for rank, match in enumerate(ranking.matches, offset + 1)]

    def _hit(self, match: Match, rank: int, marker: Marker) -> Hit:
        document = self.document(match.id)
        return Hit(rank, match.score, document, *marker.mark(document))

    def _reading(self) -> Engine:
        """Return the engine of the current generation: a rebuild may have replaced the one that was open."""
        generation = self._folder.current()
        if self._engine is None or generation != self._generation:
            self.close()
            self._engine, self._generation = self._make_engine(generation), generation
        return self._engine

    def _known(self) -> dict[str, State]:
        return self._reading().states() if self._folder.exists() else {}

    def _for_writing(self) -> Engine:
        if not self._folder.exists():
            self._folder.publish(self._folder.begin())
        return self._reading()


class _Update:
    """One run of indexing: sorts documents into new, changed and unchanged, and commits them in batches."""

    def __init__(self, engine: Callable[[], Engine], known: dict[str, State]) -> None:
        self._engine = engine
        self._known = known
        self._seen: dict[str, str] = {}
        self._analysis = analysis_version()
        self._changes = Changes()

    def run(self, documents: Iterable[Document], prune: bool) -> Changes:
        fresh = (document for document in documents if self._is_fresh(document))
        while batch := {document.id: document for document in islice(fresh, BATCH)}:
            self._commit(batch.values())
        self._changes.failures += getattr(documents, "failures", [])
        if prune:
            self._prune(getattr(documents, "covers", _everything))
        self._renew()
        return self._changes

    def _commit(self, documents: Iterable[Document]) -> None:
        self._engine().commit(map(entry_of, documents))

    def _is_fresh(self, document: Document) -> bool:
        """Whether a document has to be indexed; counts it either way."""
        if self._is_clash(document):
            return False
        again = document.id in self._seen
        self._seen[document.id] = document.path
        if compare.is_new(document, self._known):
            self._changes.added += not again
            return True
        if compare.is_changed(document, self._known, self._analysis):
            self._changes.changed += not again
            return True
        self._changes.unchanged += not again
        return False

    def _is_clash(self, document: Document) -> bool:
        """Two files whose names make one id: the first keeps it, so that no article is lost in silence."""
        state = self._known.get(document.id)
        other = self._seen.get(document.id, state.path if state else "")
        if other == document.path or not (_names(document.path, document.id) and _names(other, document.id)):
            return False
        if not Path(other).exists():
            return False
        sentence = f"would have the id {document.id}, which belongs to {other}; index a folder that holds both"
        self._changes.failures.append(Failure(document.path, sentence))
        return True

    def _prune(self, covers: Callable[[str, str], bool]) -> None:
        ids = set(compare.gone(self._known, set(self._seen), covers))
        if ids:
            self._engine().commit([], ids)
            for id_ in ids:
                del self._known[id_]
        self._changes.removed = len(ids)

    def _renew(self) -> None:
        """Index anew, from what is stored, documents that other versions of the analyzers had indexed."""
        ids = compare.stale(self._known, set(self._seen), self._analysis)
        stored = (self._engine().document(id_) for id_ in ids)
        documents = (document for document in stored if document is not None)
        while batch := list(islice(documents, BATCH)):
            self._commit(batch)
            self._changes.changed += len(batch)


def _names(path: str, id_: str) -> bool:
    """Whether an id was made from a file's name, not given by a feed."""
    return path.endswith(re.sub(r":\d+$", "", id_))


def _everything(_id: str, _path: str) -> bool:
    return True
