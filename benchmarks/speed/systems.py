"""What a system that is compared must do, and this project's own: all are asked for ten hits."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any, ClassVar, Protocol

import numpy as np
from passages import UNIT, Passage, Question

from searchkit import Index, parse
from searchkit.engines.whoosh.commit.reader_pool import ReaderPool
from searchkit.engines.whoosh.commit.safe_index import SafeIndex
from searchkit.engines.whoosh.engine import WhooshEngine
from searchkit.engines.whoosh.search.collectors import best
from searchkit.engines.whoosh.search.multi_reader import MultiReader as Numbered
from searchkit.engines.whoosh.search.term_scorer import Scorer
from searchkit.storage.index_folder import IndexFolder

HITS = 10
MEMORY = "SEARCHKIT_BENCHMARK_MEMORY"
"""The environment variable that tells the processes how many MB this project's engine may keep."""


def _engine() -> type[WhooshEngine]:
    return WhooshEngine.with_memory(int(os.environ.get(MEMORY, "256")) * 2**20)


class System(Protocol):
    """What the comparison needs of a system."""

    name: ClassVar[str]
    store: ClassVar[str]
    """The folder that `build` fills; systems that search the same one share it."""
    unable: ClassVar[Collection[str]]
    """Kinds of questions that it cannot answer."""
    largest: ClassVar[int]
    """With more passages it would take too long to build."""

    def __init__(self, folder: Path) -> None: ...

    def build(self, passages: Iterable[Passage]) -> None:
        """Index the passages in the folder, which is empty."""

    def open(self) -> None:
        """Open what was built."""

    def prepare(self, question: Question) -> Any:
        """Return a question in the system's own form: this is not measured."""

    def search(self, prepared: Any) -> Sequence[Any]:
        """Return the best ten."""


class Searchkit:
    """End to end: a question as typed -> ten hits with snippets; documents as read -> the index."""

    name = "searchkit, typed question to snippets"
    store = "searchkit"
    unable: ClassVar[Collection[str]] = ()
    largest = 1_000_000

    def __init__(self, folder: Path) -> None:
        self._index = Index.open(folder, _engine())

    def build(self, passages: Iterable[Passage]) -> None:
        """Analyse and index."""
        self._index.update(passage.document for passage in passages)

    def open(self) -> None:
        """Open the newest commit."""
        self._index.rank("")

    def prepare(self, question: Question) -> Any:
        """Leave it as typed."""
        return question.text

    def search(self, prepared: Any) -> Sequence[Any]:
        """Return hits."""
        return self._index.search(prepared, limit=HITS).hits


class AllCores(Searchkit):
    """The same, indexed by as many processes as there are cores, as the command line does it."""

    name = "searchkit, indexed by all cores"
    store = "searchkit-all-cores"
    largest = UNIT

    def build(self, passages: Iterable[Passage]) -> None:
        """Analyse and index."""
        self._index.update((passage.document for passage in passages), workers=os.cpu_count() or 1)


class NewQuestions(Searchkit):
    """The same with questions of which only the words have come before: nothing else of them can be remembered."""

    name = "searchkit, new questions of known words"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._times: Counter[str] = Counter()

    def search(self, prepared: Any) -> Sequence[Any]:
        """Ask with one more space at the end each time."""
        self._times[prepared] += 1
        return super().search(prepared + " " * self._times[prepared])


class Ranking(Searchkit):
    """The ranking alone: a parsed question -> ids and scores, the number of all matches, facets."""

    name = "searchkit, ranking alone"

    def prepare(self, question: Question) -> Any:
        """Parse it."""
        return parse(question.text)

    def search(self, prepared: Any) -> Sequence[Any]:
        """Return matches."""
        return self._index.rank(prepared, limit=HITS)


class BareScorer(Searchkit):
    """The scorer alone: a parsed question -> numbers and scores, as bm25s hands them back."""

    name = "searchkit, scorer alone"

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._folder = IndexFolder(folder)

    def open(self) -> None:
        """Open the segments of the newest commit, past the index and the engine around them."""
        pool = ReaderPool(_engine().cache_bytes)
        _, segments = pool.open_newest(SafeIndex(self._folder.current()))
        self._scorer = Scorer(Numbered(segments), pool.results_cache)

    def prepare(self, question: Question) -> Any:
        """Parse it."""
        return parse(question.text).root

    def search(self, prepared: Any) -> Sequence[Any]:
        """Return numbers, best first; scores go with them."""
        numbers, scores = self._scorer.score(prepared)
        places = best(scores, HITS)
        places = places[np.argsort(-scores[places])[:HITS]]
        numbers, scores = numbers[places], scores[places]
        return numbers
