"""One run of indexing: sort documents into new, changed and unchanged, and commit them in batches."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path

from searchkit import changes as compare
from searchkit.changes import Changes, Failure, State
from searchkit.document import Document
from searchkit.engines.base import Engine
from searchkit.entry import analysis_version, entry_of

BATCH = 10_000
"""Documents a commit: what an interrupted run has committed stays."""


class Update:
    """Brings an engine up to date with documents; used once.

    `known` tells what the engine holds; `engine` is asked for only when there is something to write.
    """

    def __init__(self, engine: Callable[[], Engine], known: dict[str, State]) -> None:
        self._engine = engine
        self._known = known
        self._ids = {state.path: id_ for id_, state in known.items() if _names(id_, state.path)}
        self._owners = {id_: state.path for id_, state in known.items()}
        self._seen: set[str] = set()
        self._analysis = analysis_version()
        self._changes = Changes()

    def run(self, documents: Iterable[Document], prune: bool) -> Changes:
        """Commit what is new or changed; with `prune`, remove what is gone."""
        incoming = iter(documents)
        while batch := list(islice(incoming, BATCH)):
            self._take(filter(self._is_free, map(self._under_its_id, batch)))
        self._changes.failures += getattr(documents, "failures", [])
        if prune:
            self._prune(getattr(documents, "covers", _everything))
        self._renew()
        return self._changes

    def _take(self, documents: Iterable[Document]) -> None:
        """Commit those of a batch that have to be; of several with one id, the last."""
        batch = {document.id: document for document in documents}
        fresh = [document for document in batch.values() if self._is_fresh(document)]
        if fresh:
            self._engine().commit(map(entry_of, fresh))
        for document in batch.values():
            self._seen.add(document.id)
            self._known[document.id] = State(document.digest, self._analysis, document.path)

    def _is_fresh(self, document: Document) -> bool:
        """Whether a document has to be indexed; counts it, but a document that came twice only once."""
        again = document.id in self._seen
        if compare.is_new(document, self._known):
            self._changes.added += 1
            return True
        if compare.is_changed(document, self._known, self._analysis):
            self._changes.changed += not again
            return True
        self._changes.unchanged += not again
        return False

    def _under_its_id(self, document: Document) -> Document:
        """A file that was indexed from another folder above or below keeps the id that it has."""
        known = self._ids.get(document.path, document.id)
        if known != document.id and _names(document.id, document.path):
            return replace(document, id=known)
        return document

    def _is_free(self, document: Document) -> bool:
        """Two files whose names make one id: the first keeps it, so that no article is lost in silence."""
        owner = self._owners.get(document.id, "")
        both_files = _is_from_name(document.id, document.path) and _is_from_name(document.id, owner)
        if both_files and owner != document.path and Path(owner).exists():
            sentence = f"would have the id {document.id}, which belongs to {owner}; index a folder that holds both"
            self._changes.failures.append(Failure(document.path, sentence))
            return False
        self._owners[document.id] = document.path
        return True

    def _prune(self, covers: Callable[[str, str], bool]) -> None:
        ids = set(compare.gone(self._known, self._seen, covers))
        if ids:
            self._engine().commit([], ids)
            for id_ in ids:
                del self._known[id_]
        self._changes.removed = len(ids)

    def _renew(self) -> None:
        """Index anew, from what is stored, documents that other versions of the analyzers had indexed."""
        ids = iter(list(compare.stale(self._known, self._seen, self._analysis)))
        while batch := list(islice(ids, BATCH)):
            view = self._engine().view()
            stored = (view.document(id_) for id_ in batch)
            self._engine().commit(entry_of(document) for document in stored if document is not None)
            self._changes.changed += len(batch)


def _names(id_: str, path: str) -> bool:
    """Whether an id is the name of a file."""
    return path.endswith(os.sep + id_.replace("/", os.sep))


def _is_from_name(id_: str, path: str) -> bool:
    """Whether an id was made from the name of a file, or of a file and a line in it, and not given by a feed."""
    return _names(re.sub(r":\d+$", "", id_), path)


def _everything(_id: str, _path: str) -> bool:
    return True
