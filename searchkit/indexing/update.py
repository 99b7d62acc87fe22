"""One run of indexing: sort documents into new, changed and unchanged, and commit them in batches."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path

from searchkit.analysis.analyzed_document import analysis_version
from searchkit.analysis.near_duplicates import as_rows, assign_clusters
from searchkit.document import Document, DocumentState
from searchkit.engines.base import DocumentStore, Engine
from searchkit.indexing import diff as compare
from searchkit.indexing.workers import Workers
from searchkit.readers.sources.paths import file_on_disk
from searchkit.results import Changes
from searchkit.runtime.gc_policy import seldom_collected, uncollected

BATCH = 10_000
"""Documents a commit: what an interrupted run has committed stays. Each of more than two processes adds half as many:
it writes a segment of its own, and small ones would have to be merged soon."""
_MOST = 40_000
"""Documents a commit where there are ever so many processes: they are held in memory until it is made."""
_PART = 500
"""Documents that are read before other processes get them."""

_Latest = dict[str, Document]
"""Documents by their ids: of several with one id, the last."""


class Update:
    """Brings an engine up to date with documents; used once.

    `before` is what the engine holds; `engine` is asked for only when there is something to write.
    """

    def __init__(self, engine: Callable[[], Engine], before: DocumentStore | None, workers: Workers) -> None:
        self._engine = engine
        self._workers = workers
        self._known = KnownDocuments(before)
        self._names = FileIds(self._known)
        self._seen: set[str] = set()
        self._gone: set[str] = set()
        self._analysis = analysis_version()
        self._changes = Changes()

    @seldom_collected()
    def run(self, documents: Iterable[Document], prune: bool) -> Changes:
        """Commit what is new or changed; with `prune`, remove what is gone."""
        for latest in self._batches(iter(documents)):
            self._commit(latest)
        self._changes.failures += getattr(documents, "failures", [])
        if prune:
            self._prune(getattr(documents, "covers", _everything))
        self._renew()
        return self._changes

    def _batches(self, incoming: Iterator[Document]) -> Iterator[_Latest]:
        """Read what is committed together, a part at a time: other processes work on one while the next is read."""
        size = min(_PART, BATCH)
        count = min(BATCH * max(2, self._workers.count) // 2, _MOST) // size
        parts = iter(lambda: list(islice(incoming, size)), [])
        for first in parts:
            latest: _Latest = {}
            for part in chain([first], islice(parts, count - 1)):
                latest |= self._taken(self._fresh(part))
            yield latest

    def _taken(self, documents: Sequence[Document]) -> _Latest:
        """Hand documents over to be analysed; return them by their ids."""
        self._workers.take(documents)
        return {document.id: document for document in documents}

    def _fresh(self, incoming: Iterable[Document]) -> list[Document]:
        """Return those of some documents that have to be indexed; of several with one id, the last counts."""
        documents = {document.id: document for document in map(self._names.settle, incoming)}
        self._known.look_up(documents)
        fresh = [document for document in documents.values() if self._is_fresh(document)]
        for document in documents.values():
            self._seen.add(document.id)
            self._known.states[document.id] = DocumentState(document.digest, self._analysis, document.path)
        return fresh

    @uncollected()
    def _commit(self, latest: _Latest) -> None:
        """Index documents that were taken, each in the group of those that it is a copy of."""
        if not latest:
            return
        engine = self._engine()
        of_id = {
            document.id: sketch for document, sketch in self._workers.sketches() if latest[document.id] is document
        }
        sketches = [of_id[id_] for id_ in latest]
        groups = assign_clusters([*latest.values()], sketches, engine.searcher().signatures_like(as_rows(sketches)))
        group_of = dict(zip(latest, groups, strict=True))
        own, parts = self._workers.stored(
            lambda document: group_of[document.id] if latest[document.id] is document else None, engine.pending_writer()
        )
        engine.commit(own, pending=parts)

    def _is_fresh(self, document: Document) -> bool:
        """Whether a document has to be indexed; counts it, but a document that came twice only once."""
        again = document.id in self._seen
        if compare.is_new(document, self._known.states):
            self._changes.added += 1
            return True
        if compare.is_changed(document, self._known.states, self._analysis):
            self._changes.changed += not again
            return True
        self._changes.unchanged += not again
        return False

    def _prune(self, covers: Callable[[str, str], bool]) -> None:
        ids = set(compare.gone(self._known.everything(), self._seen, covers))
        if ids:
            self._engine().commit([], ids)
        self._gone = ids
        self._changes.removed = len(ids)

    def _renew(self) -> None:
        """Index anew, from what is stored, documents that other versions of the analyzers had indexed."""
        done = self._seen | self._gone
        ids = iter([id_ for id_ in self._known.stale(self._analysis) if id_ not in done])
        while some := list(islice(ids, BATCH)):
            searcher = self._engine().searcher()
            stored = [document for document in map(searcher.document, some) if document is not None]
            self._commit(self._taken(stored))
            self._changes.changed += len(some)


class KnownDocuments:
    """What an engine held before. A document is looked up when it comes; all are read only where that is needed."""

    def __init__(self, store: DocumentStore | None) -> None:
        self._store = store
        self._is_read = store is None
        self.states: dict[str, DocumentState] = {}
        """What has been found out so far, and what was committed since."""

    def look_up(self, ids: Collection[str]) -> None:
        """Find out about documents."""
        if self._store is not None and not self._is_read:
            missing = [id_ for id_ in ids if id_ not in self.states]
            self.states |= self._store.states(set(missing))

    def everything(self) -> Mapping[str, DocumentState]:
        """Find out about all documents."""
        if self._store is not None and not self._is_read:
            self.states = self._store.states() | self.states
            self._is_read = True
        return self.states

    def stale(self, analysis: str) -> list[str]:
        """Return the ids of documents of other analyzers."""
        return [] if self._store is None else self._store.stale(analysis)


class FileIds:
    """Ids that are made of the names of files, so that each file has one and no two files share one.

    A file that is known from a folder above or below keeps its id. A file whose name is taken gets as much of its path
    as it needs to differ.
    """

    def __init__(self, known: KnownDocuments) -> None:
        self._known = known
        self._name_of: dict[str, str] = {}
        self._file_of: dict[str, str] = {}
        self._is_read = False

    def _read(self) -> None:
        """Learn the names that are given already, when the first file comes: documents without one need them not."""
        self._is_read = True
        for id_, state in self._known.everything().items():
            name, _ = _split(id_)
            if _is_name_of(name, state.path):
                self._name_of[state.path] = name
                self._file_of[name] = state.path

    def settle(self, document: Document) -> Document:
        """Return the document under the id that it keeps; those of feeds, which give ids themselves, as they are."""
        name, line = _split(document.id)
        if not _is_name_of(name, document.path):
            return document
        if not self._is_read:
            self._read()
        settled = self._name_of.get(document.path) or self._free(name, document.path)
        self._name_of[document.path] = settled
        self._file_of[settled] = document.path
        return document if settled == name else replace(document, id=settled + line)

    def _free(self, name: str, path: str) -> str:
        parts = Path(path).parts
        longer = ["/".join(parts[start:]) for start in range(len(parts) - name.count("/") - 1, -1, -1)]
        return next((candidate for candidate in longer if self._is_free(candidate, path)), path)

    def _is_free(self, name: str, path: str) -> bool:
        owner = self._file_of.get(name, path)
        return owner == path or not os.path.lexists(file_on_disk(owner))


def _split(id_: str) -> tuple[str, str]:
    """Part the name of a file from the number of a line in it: ``feed.jsonl`` and ``:12``."""
    line = re.search(r":\d+\Z", id_)
    cut = line.start() if line else len(id_)
    return id_[:cut], id_[cut:]


def _is_name_of(name: str, path: str) -> bool:
    return path.endswith(os.sep + name.replace("/", os.sep))


def _everything(_id: str, _path: str) -> bool:
    return True
