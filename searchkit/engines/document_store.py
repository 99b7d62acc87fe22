"""A `DocumentStore` returns documents as they were indexed: a part of the seam in `base`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from searchkit.analysis.token_offsets import Occurrences
    from searchkit.document import Document, DocumentState
    from searchkit.query.nodes import Leaf


class LocatedDocument(NamedTuple):
    """A stored document and the occurrences of query words in it."""

    document: Document
    occurrences: Occurrences | None
    """None where only a new analysis can find them."""


class DocumentStore(Protocol):
    """Returns the documents of one snapshot as they were indexed."""

    def __len__(self) -> int:
        """Return the number of documents.

        Raises:
            IndexDamaged: files are missing or unreadable.
        """

    def __iter__(self) -> Iterator[Document]:
        """Yield all documents, in the order of the files.

        Raises:
            IndexDamaged: files are missing or unreadable.
        """

    def document(self, id_: str) -> Document | None:
        """Return the document with the id `id_`, or None.

        Raises:
            IndexDamaged: files are missing or unreadable.
        """

    def locate(self, ids: Sequence[str], leaves: Sequence[Leaf]) -> list[LocatedDocument | None]:
        """Return documents with the occurrences of query words in them.

        Args:
            ids: the ids of the documents; the result has None for an unknown one.
            leaves: the query words; an occurrence names its word by the index in `leaves`.

        Raises:
            IndexDamaged: files are missing or unreadable.
        """

    def states(self, ids: Collection[str] | None = None) -> dict[str, DocumentState]:
        """Return by id the state of all documents, or of those with `ids`.

        A state tells whether a document on disk has changed since it was indexed.

        Raises:
            IndexDamaged: files are missing or unreadable.
        """

    def paths(self) -> Iterator[tuple[str, str]]:
        """Yield the id of each document and the path of its file, or an empty one.

        Raises:
            IndexDamaged: files are missing or unreadable.
        """

    def ids_ending(self, ending: str) -> list[str]:
        """Return the ids that end with `ending`, without looking at each.

        Raises:
            IndexDamaged: files are missing or unreadable.
        """

    def stale(self, analysis: str) -> list[str]:
        """Return the ids of documents indexed with an analysis version other than `analysis`.

        Raises:
            IndexDamaged: files are missing or unreadable.
        """
