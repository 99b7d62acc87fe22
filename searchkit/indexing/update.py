"""One indexing run: read documents, analyze the new and changed ones, commit them in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice

from searchkit.analysis.analyzed_document import analysis_version
from searchkit.analysis.near_duplicates import as_rows, assign_clusters
from searchkit.changes import Changes
from searchkit.document import Document
from searchkit.engines.base import Engine
from searchkit.engines.document_store import DocumentStore
from searchkit.indexing.diff import Diff
from searchkit.indexing.document_source import DocumentSource, remarks_of
from searchkit.indexing.file_ids import FileIds
from searchkit.indexing.known_documents import KnownDocuments
from searchkit.indexing.workers import Batch, Workers
from searchkit.runtime.gc_policy import seldom_collected, uncollected

BATCH = 10_000
"""Documents read per commit: an interrupted run keeps its commits. Each process beyond two adds
half as many: it writes a segment of its own, and small ones would have to be merged soon."""
_MAX_BATCH = 40_000
"""Documents per commit with any number of processes: they are held in memory until then."""
_CHUNK = 500
"""Documents that are read before other processes get them."""


class Update:
    """Brings an engine up to date with a source of documents; used once.

    `before` is a snapshot of the engine, None for a new one. `engine` opens the engine for writing,
    and is called only when there is something to write.
    """

    def __init__(self, engine: Callable[[], Engine], before: DocumentStore | None, workers: Workers) -> None:
        self._engine = engine
        self._workers = workers
        known = KnownDocuments(before)
        self._diff = Diff(known, analysis_version())
        self._file_ids = FileIds(known)

    @seldom_collected()
    def run(self, source: DocumentSource, prune: bool) -> Changes:
        """Commit new and changed documents; with `prune`, remove those gone from the source."""
        for batch in self._batches(iter(source)):
            self._commit(batch)
        changes = self._diff.changes
        changes.failures += source.failures
        changes.remarks |= remarks_of(source)
        if prune:
            self._remove(self._diff.gone(source.covers, set(self._file_ids.predecessors.values())))
        self._analyze_stale_documents()
        return changes

    def _batches(self, documents: Iterator[Document]) -> Iterator[Batch]:
        """Yield the documents of each commit, read chunk by chunk.

        Other processes analyze a chunk while the next is read.
        """
        chunk_size = min(_CHUNK, BATCH)
        batch_size = min(BATCH * max(2, self._workers.count) // 2, _MAX_BATCH)
        chunks = iter(lambda: list(islice(documents, chunk_size)), [])
        for first in chunks:
            batch = self._workers.batch()
            for chunk in chain([first], islice(chunks, batch_size // chunk_size - 1)):
                batch.add(self._diff.to_index([*map(self._file_ids.assign, chunk)], self._file_ids.predecessors))
            yield batch

    @uncollected()
    def _commit(self, batch: Batch) -> None:
        """Commit a batch, each document in the cluster of its near-duplicates."""
        if batch.is_empty:
            return
        engine = self._engine()
        analyzed = batch.analyze()
        known = engine.searcher().signatures_like(as_rows(analyzed.signatures))
        clusters = assign_clusters(analyzed.documents, analyzed.signatures, known)
        ids = (document.id for document in analyzed.documents)
        own, pending = analyzed.write(dict(zip(ids, clusters, strict=True)), engine.pending_writer())
        engine.commit(own, self._file_ids.predecessors_of(batch.ids), pending)

    def _remove(self, ids: set[str]) -> None:
        if ids:
            self._engine().commit([], ids)

    def _analyze_stale_documents(self) -> None:
        """Analyze again, from the store, documents that other versions of the analyzers indexed."""
        stale = self._diff.stale()
        while ids := list(islice(stale, BATCH)):
            searcher = self._engine().searcher()
            batch = self._workers.batch()
            batch.add([document for document in map(searcher.document, ids) if document is not None])
            self._commit(batch)
            self._diff.changes.changed += len(ids)
