"""The states of documents that an index held before an indexing run."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from searchkit.document import DocumentState
from searchkit.engines.base import DocumentStore


class KnownDocuments:
    """Looks up document states when a document comes, and all of them only where needed."""

    def __init__(self, store: DocumentStore | None) -> None:
        self._store = store
        self._all_are_loaded = store is None
        self.states: dict[str, DocumentState] = {}
        """States by document id: loaded ones, and those of documents of this run."""

    def load(self, ids: Collection[str]) -> None:
        """Load the states of the documents with `ids`."""
        if self._store is not None and not self._all_are_loaded:
            missing = {id_ for id_ in ids if id_ not in self.states}
            self.states |= self._store.states(missing)

    def load_all(self) -> Mapping[str, DocumentState]:
        """Load and return the states of all documents, by id."""
        if self._store is not None and not self._all_are_loaded:
            self.states = self._store.states() | self.states
            self._all_are_loaded = True
        return self.states

    def stale(self, analysis_version: str) -> list[str]:
        """Return the ids of documents indexed with another version of the analyzers."""
        return [] if self._store is None else self._store.stale(analysis_version)
