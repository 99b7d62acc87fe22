"""Indexing in several processes, where there are cores and documents enough to make it pay.

Each process analyzes a share of a commit and writes it as pending segments, which only the commit
makes searchable. This process reads, finds near-duplicates, and takes a share in the time left.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from searchkit.analysis.analyzed_document import AnalyzedDocument, batches
from searchkit.document import Document
from searchkit.engines.base import PendingSegments, PendingWriter
from searchkit.errors import SearchkitError
from searchkit.indexing.worker_process import Share, WorkerProcess
from searchkit_analyzers import ANALYZER

ENOUGH = 2_000
"""Documents that make up for the start of processes, which takes a second or two."""
ENOUGH_LETTERS = 4_000_000
"""Letters that make up for it, too, where documents are long."""

_MOST = 4
"""Processes that fit into 1 GB: each takes 100 MB before it has a document."""
_REMEMBERED_WORDS = 240_000
"""Words whose analysis all processes together remember: they take 150 MB."""


class Workers:
    """A pool of `count` processes, this one included, but at most 4.

    The others start with the first large batch.
    """

    def __init__(self, count: int = 1) -> None:
        self.count = min(count, _MOST)
        self._processes: Sequence[WorkerProcess] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in self._processes:
            process.end()

    def batch(self) -> Batch:
        """Return an empty batch, once the one before it is written."""
        return Batch(self)

    def processes(self, documents: int, letters: int) -> Sequence[WorkerProcess]:
        """Return the other processes, started once a batch has enough `documents` or `letters`."""
        if (documents >= ENOUGH or letters >= ENOUGH_LETTERS) and not self._processes:
            words = _REMEMBERED_WORDS // self.count
            ANALYZER.remembered_words = min(words, ANALYZER.remembered_words)
            self._processes = [WorkerProcess(words) for _ in range(1, self.count)]
        return self._processes


class Batch:
    """The documents of one commit, while they are read: other processes analyze them meanwhile.

    Of several documents with one id, the last counts.

    Raises:
        SearchkitError: a process was ended from outside.
    """

    def __init__(self, workers: Workers) -> None:
        self._workers = workers
        self._processes: Sequence[WorkerProcess] = ()
        self._own = Share()
        self._waiting: deque[list[Document]] = deque()
        self._latest: dict[str, Document] = {}
        self._added = self._letters = 0

    @property
    def is_empty(self) -> bool:
        """Whether no document was added."""
        return not self._added

    @property
    def ids(self) -> Collection[str]:
        """The ids of its documents."""
        return self._latest.keys()

    def add(self, documents: Sequence[Document]) -> None:
        """Add documents. Other processes begin at once, this one when all are read."""
        self._waiting += batches(documents)
        self._latest |= {document.id: document for document in documents}
        self._added += len(documents)
        self._letters += sum(len(document.text) for document in documents)
        self._processes = self._workers.processes(self._added, self._letters)
        self._hand_out()

    def _hand_out(self) -> None:
        with _broken_pool_is_told():
            for process in self._processes:
                while self._waiting and not process.is_busy:
                    process.add(self._waiting.popleft())

    def analyze(self) -> AnalyzedBatch:
        """Analyze the rest, wait for the other processes, and return the analyzed batch."""
        while self._waiting:
            self._own.add(self._waiting.popleft())
            self._hand_out()
        return AnalyzedBatch(self._latest, self._own, self._processes)


class AnalyzedBatch:
    """The documents of one commit with their signatures, ready to be written.

    Raises:
        SearchkitError: a process was ended from outside.
    """

    def __init__(self, latest: Mapping[str, Document], own: Share, processes: Sequence[WorkerProcess]) -> None:
        self._latest = latest
        self._own = own
        self._processes = processes
        signatures: dict[str, bytes] = {}
        with _broken_pool_is_told():
            shares: tuple[Share | WorkerProcess, ...] = (own, *processes)
            for share in shares:
                for document, signature in zip(share.documents, share.signatures(), strict=True):
                    if self._is_latest(document):
                        signatures[document.id] = signature
        self.documents = list(latest.values())
        self.signatures = [signatures[id_] for id_ in latest]
        """The MinHash signature of each of `documents`."""

    def write(
        self, clusters: Mapping[str, int], writer: PendingWriter
    ) -> tuple[Iterator[AnalyzedDocument], Iterator[PendingSegments]]:
        """Begin to write the shares of the other processes; used once.

        `clusters` maps a document's id to the id of its cluster; documents without one are not
        written. Returns the documents of this process's share, for the commit to write, and the
        segments of the others, whose iterator waits until no process writes.
        """
        with _broken_pool_is_told():
            futures = [
                process.write(self._clusters_in(process.documents, clusters), writer) for process in self._processes
            ]
        return self._own.in_clusters(self._clusters_in(self._own.documents, clusters)), _results(futures)

    def _clusters_in(self, documents: Sequence[Document], clusters: Mapping[str, int]) -> dict[int, int]:
        """Map indexes in a share to clusters, without documents that a later one has replaced."""
        return {
            index: clusters[document.id]
            for index, document in enumerate(documents)
            if self._is_latest(document) and document.id in clusters
        }

    def _is_latest(self, document: Document) -> bool:
        return self._latest[document.id] is document


def _results(futures: Sequence[Future[PendingSegments]]) -> Iterator[PendingSegments]:
    with _broken_pool_is_told():
        wait(futures)
        yield from (future.result() for future in futures)


@contextmanager
def _broken_pool_is_told() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as error:
        raise SearchkitError("a process that analysed articles was ended from outside; index again") from error
