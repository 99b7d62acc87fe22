"""One indexing run: read documents, analyze the new and changed ones, commit them in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Set
from itertools import chain
from time import monotonic

from searchkit.analysis.analyzed_document import analysis_version
from searchkit.analysis.near_duplicates import as_rows, assign_clusters
from searchkit.changes import Changes, RefusedPrune
from searchkit.document import Document
from searchkit.engines.base import Engine
from searchkit.engines.document_store import DocumentStore
from searchkit.engines.generations import Generations
from searchkit.indexing.diff import Diff
from searchkit.indexing.document_source import DocumentSource, remarks_of, roots_of
from searchkit.indexing.file_ids import FileIds
from searchkit.indexing.folder_devices import FolderDevices
from searchkit.indexing.known_documents import KnownDocuments
from searchkit.indexing.prune_guard import PruneGuard, Pruning
from searchkit.indexing.workers import Batch, Workers
from searchkit.runtime.gc_policy import seldom_collected, uncollected

BATCH = 10_000
"""Documents read per commit: an interrupted run keeps its commits. Each process beyond two adds
half as many: it writes a segment of its own, and small ones would have to be merged soon."""
_MAX_BATCH = 40_000
"""Documents per commit with any number of processes: they are held in memory until then."""
_MAX_SECONDS = 60
"""Seconds of reading per commit: an interrupted run loses no more, even with slow files."""
_LONG_RUN = 4_096
"""New and changed documents of a run after which its segments are merged, for fast searches."""
_CHUNK = 500
"""Documents that are read before other processes get them."""
_MAX_LETTERS = 12_000_000
"""Letters per commit: so long articles take no more memory than many short ones. Processes beyond
two leave less memory for them."""
_CHUNK_LETTERS = 1_000_000
"""Letters that are read before other processes get them."""
_CHUNK_SECONDS = 5
"""Seconds of reading before other processes get what was read."""


def update(generations: Generations, source: DocumentSource, workers: Workers, pruning: Pruning) -> Changes:
    """Bring an index up to date."""
    folder = generations.folder
    devices = FolderDevices.of(folder.current() if folder.exists() else None)

    def engine() -> Engine:
        opened = generations.for_writing()
        devices.save(folder.current())
        return opened

    guard = PruneGuard(roots_of(source), devices, pruning)
    changes = Update(engine, generations.current_searcher(), workers, guard).run(source)
    if folder.exists():
        devices.save(folder.current())
    return changes


class Update:
    """Brings an engine up to date with a source of documents; used once."""

    def __init__(
        self, engine: Callable[[], Engine], before: DocumentStore | None, workers: Workers, guard: PruneGuard
    ) -> None:
        """Prepare an update.

        Args:
            engine: Opens the engine for writing; called only when there is something to write.
            before: A snapshot of the engine, None for a new one.
            workers: The processes that analyze documents.
            guard: Judges whether documents that are gone are removed.
        """
        self._engine = engine
        self._workers = workers
        self._guard = guard
        self._known = KnownDocuments(before)
        self._diff = Diff(self._known, analysis_version())
        self._file_ids = FileIds(self._known)

    @seldom_collected()
    def run(self, source: DocumentSource) -> Changes:
        """Commit new and changed documents, and prune."""
        for batch in self._batches(source, self._to_index):
            self._commit(batch)
        changes = self._diff.changes
        changes.failures += source.failures
        changes.remarks |= remarks_of(source)
        self._prune(source)
        self._analyze_stale_documents()
        if changes.added + changes.changed >= _LONG_RUN:
            self._engine().merge()
        return changes

    def _prune(self, source: DocumentSource) -> None:
        """Remove documents that are gone, or tell why not."""
        gone = self._gone(source) if self._guard.must_know_gone else {}
        verdict = self._guard.judge(self._known.paths, self._diff.seen, gone)
        told = {failure.path for failure in self._diff.changes.failures}
        for failure in verdict.failures:
            if isinstance(failure, RefusedPrune) or failure.path not in told:
                self._diff.changes.add_failure(failure)
        if verdict.may_remove:
            self._remove(gone.keys())
        self._guard.settle({} if verdict.may_remove else gone)

    def _gone(self, source: DocumentSource) -> dict[str, str]:
        return self._diff.gone(source.covers, set(self._file_ids.predecessors.values()))

    def _batches(
        self, documents: Iterable[Document], to_index: Callable[[list[Document]], list[Document]]
    ) -> Iterator[Batch]:
        """Yield the documents of each commit, read chunk by chunk.

        Other processes analyze a chunk while the next is read. `to_index` returns the documents of
        a chunk that are indexed.
        """
        processes = max(2, self._workers.count)
        most, most_letters = min(BATCH * processes // 2, _MAX_BATCH), _MAX_LETTERS // (processes - 1)
        chunks = _chunks(documents, min(_CHUNK, BATCH))
        for first in chunks:
            batch, count, letters, end = self._workers.batch(), 0, 0, monotonic() + _MAX_SECONDS
            for chunk in chain([first], chunks):
                batch.add(to_index(chunk))
                count, letters = count + len(chunk), letters + sum(map(_letters, chunk))
                if count >= most or letters >= most_letters or monotonic() >= end:
                    break
            yield batch

    def _to_index(self, chunk: list[Document]) -> list[Document]:
        """Return the new and changed documents of a chunk, under their final ids."""
        self._guard.note(document.path for document in chunk)
        return self._diff.to_index([*map(self._file_ids.assign, chunk)], self._file_ids.predecessors)

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

    def _remove(self, ids: Set[str]) -> None:
        self._diff.remove(ids)
        if ids:
            self._engine().commit([], ids)

    def _analyze_stale_documents(self) -> None:
        """Analyze again, from the store, documents that other versions of the analyzers indexed."""
        for batch in self._batches(self._stale_documents(), list):
            self._commit(batch)
            self._diff.changes.changed += len(batch.ids)

    def _stale_documents(self) -> Iterator[Document]:
        for id_ in self._diff.stale():
            if document := self._engine().searcher().document(id_):
                yield document


def _chunks(documents: Iterable[Document], most: int) -> Iterator[list[Document]]:
    """Cut documents into lists of at most `most`, fewer where they are long or read slowly."""
    chunk: list[Document] = []
    letters, end = 0, monotonic() + _CHUNK_SECONDS
    for document in documents:
        chunk.append(document)
        letters += _letters(document)
        if len(chunk) >= most or letters >= _CHUNK_LETTERS or monotonic() >= end:
            yield chunk
            chunk, letters, end = [], 0, monotonic() + _CHUNK_SECONDS
    if chunk:
        yield chunk


def _letters(document: Document) -> int:
    """Return the length of a page, with what is not in the text of the article."""
    return len(document.text) + sum(len(text) for _, text in document.cut)
