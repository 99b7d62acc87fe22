"""The documents that an index stores, as a source for its own restoration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from searchkit.changes import Failure
from searchkit.document import Document


class StoredDocuments:
    """A document source over an engine's own store; damaged documents are failures."""

    def __init__(self, stored: Iterable[tuple[str, Document | None]]) -> None:
        self._stored = stored
        self.failures: list[Failure] = []

    def __iter__(self) -> Iterator[Document]:
        for id_, document in self._stored:
            if document is None:
                self.failures.append(Failure(id_, "is damaged, and is lost unless its file is indexed again"))
            else:
                yield document

    def covers(self, id_: str, path: str) -> bool:
        """Whether a document is gone if it is not stored: always."""
        return True
