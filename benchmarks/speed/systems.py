"""The interface of a compared system, and searchkit behind it; each search asks for ten hits."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar, Protocol

import numpy as np
from passages import UNIT, Passage, TestQuery

from searchkit import Index, parse
from searchkit.engines.whoosh.commit.reader_pool import ReaderPool
from searchkit.engines.whoosh.commit.safe_index import SafeIndex
from searchkit.engines.whoosh.engine import WhooshEngine
from searchkit.engines.whoosh.search.collectors import top_k
from searchkit.engines.whoosh.search.multi_reader import MultiReader
from searchkit.engines.whoosh.search.query_scorer import QueryScorer
from searchkit.storage.index_folder import IndexFolder

HITS = 10
MEMORY = "SEARCHKIT_BENCHMARK_MEMORY"
"""The environment variable with the cache size of searchkit in MB, for child processes."""


def _engine() -> type[WhooshEngine]:
    return WhooshEngine.with_memory(int(os.environ.get(MEMORY, "256")) * 2**20)


class System(Protocol):
    """A system that can be built, opened and searched."""

    name: ClassVar[str]
    store: ClassVar[str]
    """The folder that `build` fills; systems that search the same index share it."""
    unable: ClassVar[Collection[str]]
    """Kinds of queries that it does not support."""
    largest: ClassVar[int]
    """The number of passages beyond which it is not built, since that would take too long."""

    def __init__(self, folder: Path) -> None: ...

    def build(self, passages: Iterable[Passage]) -> None:
        """Index the passages in the empty folder."""

    def open(self) -> None:
        """Open the index for searching."""

    def prepare(self, test_query: TestQuery) -> Any:
        """Return a query in the form that the system takes; this is not measured."""

    def search(self, prepared: Any) -> Sequence[Any]:
        """Return the top ten."""


class Searchkit:
    """searchkit from end to end: typed queries to hits with snippets."""

    name = "searchkit, typed query to snippets"
    store = "searchkit"
    unable: ClassVar[Collection[str]] = ()
    largest = 1_000_000

    def __init__(self, folder: Path) -> None:
        self._index = Index.open(folder, _engine())

    def build(self, passages: Iterable[Passage]) -> None:
        """Analyse and index the documents."""
        self._index.update(passage.document for passage in passages)

    def open(self) -> None:
        """Open the latest commit."""
        self._index.rank("")

    def prepare(self, test_query: TestQuery) -> Any:
        """Return the query as typed."""
        return test_query.text

    def search(self, prepared: Any) -> Sequence[Any]:
        """Return ten hits with snippets."""
        return self._index.search(prepared, limit=HITS).hits


class AllCores(Searchkit):
    """searchkit, indexed by one process for each core, as the command line does."""

    name = "searchkit, indexed by all cores"
    store = "searchkit-all-cores"
    largest = UNIT

    def build(self, passages: Iterable[Passage]) -> None:
        """Analyse and index the documents."""
        self._index.update((passage.document for passage in passages), workers=os.cpu_count() or 1)


class NewQueries(Searchkit):
    """searchkit with queries that are new each time: only their words can be cached."""

    name = "searchkit, new queries of known words"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._searches: Counter[str] = Counter()

    def search(self, prepared: Any) -> Sequence[Any]:
        """Search with one more space at the end each time."""
        self._searches[prepared] += 1
        return super().search(prepared + " " * self._searches[prepared])


class Ranking(Searchkit):
    """searchkit's ranking alone: a parsed query to ids, scores, the total and facets."""

    name = "searchkit, ranking alone"

    def prepare(self, test_query: TestQuery) -> Any:
        """Return the parsed query."""
        return parse(test_query.text)

    def search(self, prepared: Any) -> Sequence[Any]:
        """Return the top ten matches."""
        return self._index.rank(prepared, limit=HITS)


class BareScorer(Searchkit):
    """searchkit's scorer alone: a parsed query to doc ids and scores, as bm25s returns them."""

    name = "searchkit, scorer alone"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._folder = IndexFolder(folder)

    def open(self) -> None:
        """Open the segments of the latest commit, without index and engine."""
        pool = ReaderPool(_engine().cache_bytes)
        _, segments = pool.open_newest(SafeIndex(self._folder.current()))
        self._scorer = QueryScorer(MultiReader(segments), pool.results_cache)

    def prepare(self, test_query: TestQuery) -> Any:
        """Return the parsed query."""
        return parse(test_query.text).root

    def search(self, prepared: Any) -> Sequence[Any]:
        """Return the top ten doc ids, with the work of sorting their scores."""
        doc_ids, scores = self._scorer.score(prepared)
        rows = top_k(scores, HITS)
        rows = rows[np.argsort(-scores[rows])[:HITS]]
        doc_ids, scores = doc_ids[rows], scores[rows]
        return doc_ids
