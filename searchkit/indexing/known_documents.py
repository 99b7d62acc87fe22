"""The states of documents that an index held before an indexing run."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from searchkit.document import DocumentState
from searchkit.engines.document_store import DocumentStore


class KnownDocuments:
    """Looks up document states when a document comes, and lists ids with paths."""

    def __init__(self, store: DocumentStore | None) -> None:
        self._store = store
        self.states: dict[str, DocumentState] = {}
        """States by document id: loaded ones, and those of documents of this run."""

    def load(self, ids: Collection[str]) -> None:
        """Load the states of the documents with `ids`."""
        if self._store is not None:
            missing = {id_ for id_ in ids if id_ not in self.states}
            self.states |= self._store.states(missing)

    def paths(self) -> Iterator[tuple[str, str]]:
        """Yield the id and the path of each document that the index held before the run."""
        return iter(()) if self._store is None else self._store.paths()

    def stale(self, analysis_version: str) -> list[str]:
        """Return the ids of documents indexed with another version of the analyzers."""
        return [] if self._store is None else self._store.stale(analysis_version)
