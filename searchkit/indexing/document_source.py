"""Sources of documents for an indexing run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol, runtime_checkable

from searchkit.changes import Failure
from searchkit.document import Document
from searchkit.errors import SearchkitError
from searchkit.readers.sources.roots import Root, Roots


@runtime_checkable
class DocumentSource(Protocol):
    """Documents that know their failures, and which documents of an index they replace.

    `searchkit.Articles` is one.
    """

    @property
    def failures(self) -> Sequence[Failure]:
        """The documents that could not be read; complete once all documents were iterated."""

    def __iter__(self) -> Iterator[Document]:
        """Yield the documents; of several with one id, the last counts."""

    def covers(self, id_: str, path: str) -> bool:
        """Whether a document that the source did not yield is gone.

        `id_` is the document's id, `path` the file that it was read from, or empty.
        """


class IterableSource:
    """A plain iterable as a source that covers the whole index."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = documents
        self.failures = ()

    def __iter__(self) -> Iterator[Document]:
        return map(_document, self._documents)

    def covers(self, id_: str, path: str) -> bool:
        """Whether a document is gone if the iterable lacks it: always."""
        return True


def as_source(documents: DocumentSource | Iterable[Document]) -> DocumentSource:
    """Return documents as a source.

    Raises:
        TypeError: the documents have a method `covers` and no `failures`: half a source would be
            taken for a plain iterable, and more would be removed than it covers.
        SearchkitError: they are neither a source nor an iterable.
    """
    if isinstance(documents, DocumentSource):
        return documents
    if hasattr(documents, "covers"):
        raise TypeError("a document source with `covers` needs `failures`, too")
    if not isinstance(documents, Iterable):
        raise SearchkitError(f"documents are an iterable of Document, or Articles(paths), not {documents!r:.50}")
    return IterableSource(documents)


def _document(given: object) -> Document:
    """Return a document; raises `SearchkitError` for any other object."""
    if isinstance(given, Document):
        return given
    example = "Document(id=..., title=..., text=...)"
    advice = "; for a dict of these fields, Document(**fields)" if isinstance(given, Mapping) else ""
    raise SearchkitError(f"an article is a {example}, not {type(given).__name__}{advice}")


def roots_of(source: DocumentSource) -> Roots:
    """Return the roots of a source: one for all that it covers, unless it names some."""
    return Roots(getattr(source, "roots", (Root("", None),)))


def remarks_of(source: DocumentSource) -> Mapping[str, int]:
    """Return how often a source left out or mended something, by kind, if it counts that."""
    return getattr(source, "remarks", {})
