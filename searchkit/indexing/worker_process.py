"""Processes that analyze a share of a commit's documents, and write it as pending segments.

Processes are spawned, not forked, which is safe on every system and beside threads, but requires
that the program's main module can be imported. So the command line uses them by itself, and other
programs only on demand.
"""

from __future__ import annotations

import atexit
import gc
import os
import signal
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import replace
from itertools import chain
from multiprocessing import get_context, parent_process
from threading import Thread

from searchkit.analysis.analyzed_document import AnalyzedDocument, analyze_documents
from searchkit.analysis.near_duplicates import minhash_signature
from searchkit.document import Document
from searchkit.engines.base import PendingSegments, PendingWriter
from searchkit_analyzers import ANALYZER

_QUEUE = 2
"""Batches in front of a process: it need not wait while this one reads or analyzes."""


class Share:
    """The documents of a commit that this process analyzes, in order."""

    def __init__(self) -> None:
        self._analyzed: list[AnalyzedDocument] = []

    @property
    def documents(self) -> list[Document]:
        """The documents that were added."""
        return [analyzed.document for analyzed in self._analyzed]

    def add(self, documents: Sequence[Document]) -> list[bytes]:
        """Analyze documents and return their signatures."""
        added = [
            replace(analyzed, signature=minhash_signature(analyzed.document))
            for analyzed in analyze_documents(documents)
        ]
        self._analyzed += added
        return [analyzed.signature for analyzed in added]

    def signatures(self) -> list[bytes]:
        """Return the signature of each document."""
        return [analyzed.signature for analyzed in self._analyzed]

    def in_clusters(self, clusters: Mapping[int, int]) -> Iterator[AnalyzedDocument]:
        """Yield the documents to write, and begin an empty share.

        `clusters` maps the index of a document in the share to its cluster id; documents without
        a cluster are left out.
        """
        analyzed, self._analyzed = self._analyzed, []
        return (replace(analyzed[index], cluster=cluster) for index, cluster in clusters.items())


class WorkerProcess:
    """Another process with a share of its own."""

    def __init__(self, remembered_words: int) -> None:
        self._process = ProcessPoolExecutor(1, get_context("spawn"), _prepare, (remembered_words,))
        self._begin_share()

    def _begin_share(self) -> None:
        self.documents: list[Document] = []
        """The documents of the share."""
        self._signatures: list[Future[list[bytes]]] = []

    @property
    def is_busy(self) -> bool:
        """Whether it has enough to do for now."""
        return sum(not future.done() for future in self._signatures[-_QUEUE:]) == _QUEUE

    def add(self, documents: list[Document]) -> None:
        """Begin to analyze documents."""
        self.documents += documents
        self._signatures.append(self._process.submit(_analyze, documents))

    def signatures(self) -> list[bytes]:
        """Wait for the signature of each document."""
        return list(chain.from_iterable(future.result() for future in self._signatures))

    def write(self, clusters: Mapping[int, int], writer: PendingWriter) -> Future[PendingSegments]:
        """Begin to write the share, as `Share.in_clusters` says, and begin an empty one."""
        self._begin_share()
        return self._process.submit(_write, writer, clusters)

    def end(self) -> None:
        """Wait for the current work and end the process."""
        self._process.shutdown(wait=True, cancel_futures=True)


_share = Share()
"""The share of a process that was spawned for this."""


def _analyze(documents: Sequence[Document]) -> list[bytes]:
    return _share.add(documents)


def _write(writer: PendingWriter, clusters: Mapping[int, int]) -> PendingSegments:
    return writer(_share.in_clusters(clusters))


def _prepare(remembered_words: int) -> None:
    """Leave Ctrl-C to the parent process, and end whenever the parent ends.

    The process collects no cyclic garbage (see `searchkit.runtime.gc_policy`) and exits at once: to
    free everything that it has learnt would take a second, for which the parent would wait.
    """
    ANALYZER.remembered_words = remembered_words
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    atexit.register(os._exit, 0)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
