"""The difference between incoming documents and an index: new, changed, unchanged, gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from searchkit.document import Document, DocumentState
from searchkit.indexing.known_documents import KnownDocuments
from searchkit.results import Changes


class Diff:
    """Compares documents with the index as they come, and counts the changes."""

    def __init__(self, known: KnownDocuments, analysis_version: str) -> None:
        self._known = known
        self._analysis_version = analysis_version
        self._seen: set[str] = set()
        self._gone: set[str] = set()
        self.changes = Changes()

    def to_index(self, incoming: Iterable[Document]) -> list[Document]:
        """Return the new and the changed documents; of several with one id, only the last."""
        documents = {document.id: document for document in incoming}
        self._known.load(documents)
        to_index = [document for document in documents.values() if self._is_to_index(document)]
        for document in documents.values():
            self._seen.add(document.id)
            state = DocumentState(document.digest, self._analysis_version, document.path)
            self._known.states[document.id] = state
        return to_index

    def _is_to_index(self, document: Document) -> bool:
        """Whether a document is new or changed; counts each id once."""
        is_repeated = document.id in self._seen
        state = self._known.states.get(document.id)
        if state is None:
            self.changes.added += 1
            return True
        if (state.digest, state.analysis) != (document.digest, self._analysis_version):
            self.changes.changed += not is_repeated
            return True
        self.changes.unchanged += not is_repeated
        return False

    def gone(self, covers: Callable[[str, str], bool]) -> set[str]:
        """Return and count the ids that did not come although the source covers them.

        `covers(id, path)` tells whether the source has the document if it still exists.
        """
        states = self._known.load_all()
        self._gone = {id_ for id_, state in states.items() if id_ not in self._seen and covers(id_, state.path)}
        self.changes.removed = len(self._gone)
        return self._gone

    def stale(self) -> Iterator[str]:
        """Yield the ids of remaining documents that other versions of the analyzers indexed."""
        for id_ in self._known.stale(self._analysis_version):
            if id_ not in self._seen and id_ not in self._gone:
                yield id_
