"""Which documents are new, changed or gone: pure comparison with the index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from searchkit.document import Document, DocumentState


def is_new(document: Document, known: Mapping[str, DocumentState]) -> bool:
    """Whether the index has no document of this id."""
    return document.id not in known


def is_changed(document: Document, known: Mapping[str, DocumentState], analysis: str) -> bool:
    """Whether the index has another version of the document, or has it from other analyzers."""
    state = known[document.id]
    return (state.digest, state.analysis) != (document.digest, analysis)


def gone(known: Mapping[str, DocumentState], seen: set[str], covers: Callable[[str, str], bool]) -> Iterator[str]:
    """Yield the ids that were not seen although what was read covers them.

    `covers(id, path)` tells whether a document of that id, read from that path, is gone if it was not met.
    """
    for id_, state in known.items():
        if id_ not in seen and covers(id_, state.path):
            yield id_
