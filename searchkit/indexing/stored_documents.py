"""Making an index anew from what it stores: to repair it, or to bring it to this version of searchkit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from searchkit.document import Document
from searchkit.results import Failure


class StoredDocuments:
    """The articles that an engine stores, as an update takes them; those that are lost count as failures."""

    def __init__(self, found: Iterable[tuple[str, Document | None]]) -> None:
        self._found = found
        self.failures: list[Failure] = []

    def __iter__(self) -> Iterator[Document]:
        for id_, document in self._found:
            if document is None:
                self.failures.append(Failure(id_, "is damaged, and is lost unless its file is indexed again"))
            else:
                yield document
