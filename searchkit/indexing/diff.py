"""The difference between incoming documents and an index: new, changed, unchanged, gone."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Set
from pathlib import Path

from searchkit.changes import Changes, ReplacedDocument
from searchkit.document import Document, DocumentState
from searchkit.indexing.known_documents import KnownDocuments
from searchkit.readers.sources.paths import file_on_disk, is_gone


class Diff:
    """Compares documents with the index as they come, and counts the changes."""

    def __init__(self, known: KnownDocuments, analysis_version: str) -> None:
        self._known = known
        self._analysis_version = analysis_version
        self._seen: set[str] = set()
        self._gone: set[str] = set()
        self._replaced: dict[str, ReplacedDocument] = {}
        self._changes = Changes()

    @property
    def changes(self) -> Changes:
        """The changes so far."""
        self._changes.replaced = list(self._replaced.values())
        return self._changes

    def to_index(self, incoming: Iterable[Document], renamed: Collection[str] = ()) -> list[Document]:
        """Return the new and the changed documents; of several with one id, only the last.

        The index holds those with ids in `renamed` under other ids.
        """
        documents: dict[str, Document] = {}
        for document in incoming:
            if (earlier := documents.get(document.id)) and earlier.digest != document.digest:
                self._note_replaced(document, earlier.path)
            documents[document.id] = document
        self._known.load(documents)
        to_index = [document for document in documents.values() if self._is_to_index(document, renamed)]
        for document in documents.values():
            self._seen.add(document.id)
            state = DocumentState(document.digest, self._analysis_version, document.path)
            self._known.states[document.id] = state
        return to_index

    def _is_to_index(self, document: Document, renamed: Collection[str]) -> bool:
        """Whether a document is new or changed; counts each id once."""
        is_repeated = document.id in self._seen
        state = self._known.states.get(document.id)
        if state is None:
            self._changes.changed += document.id in renamed
            self._changes.added += document.id not in renamed
            return True
        if state.digest != document.digest and (is_repeated or _is_of_another_file(state.path, document.path)):
            self._note_replaced(document, state.path)
        if (state.digest, state.analysis) != (document.digest, self._analysis_version):
            self._changes.changed += not is_repeated
            return True
        self._changes.unchanged += not is_repeated
        return False

    def _note_replaced(self, document: Document, path: str) -> None:
        self._replaced[document.id] = ReplacedDocument(document.id, path, document.path)

    def gone(self, covers: Callable[[str, str], bool], renamed: Collection[str] = ()) -> dict[str, str]:
        """Return the paths of covered documents that did not come, by id.

        `covers(id, path)` tells whether the source has the document if it still exists. Those in
        `renamed` have come under other ids.
        """
        unseen = ((id_, path) for id_, path in self._known.paths() if id_ not in self._seen and id_ not in renamed)
        return {id_: path for id_, path in unseen if covers(id_, path)}

    @property
    def seen(self) -> Set[str]:
        """The ids that have come."""
        return self._seen

    def remove(self, ids: Collection[str]) -> None:
        """Count documents that are removed."""
        self._gone = set(ids)
        self._changes.removed = len(self._gone)

    def stale(self) -> Iterator[str]:
        """Yield the ids of remaining documents that other versions of the analyzers indexed."""
        for id_ in self._known.stale(self._analysis_version):
            if id_ not in self._seen and id_ not in self._gone:
                yield id_


def _is_of_another_file(old: str, new: str) -> bool:
    """Whether two paths are of two files, and not of one that was moved."""
    is_moved = Path(old).name == Path(new).name and is_gone(file_on_disk(old))
    return old != new and not is_moved
