"""Fills the vectors of an index: newest articles first, and whatever was done stays done."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple, Protocol

import numpy as np

from searchkit.meaning.encoder import Encoder
from searchkit.meaning.vector_file import VectorTable
from searchkit.meaning.vector_store import VectorStore, short
from searchkit.meaning.windows import embedded_text, text_key, windows_of

if TYPE_CHECKING:
    from searchkit.document import Document, DocumentState

_WINDOWS_IN_FILE = 1_024
"""A file is written after so many windows: what a killed process loses is a minute or two."""
_WINDOWS_AT_ONCE = 32
"""Windows that run through the model together, those of similar length at once."""


class EmbeddedArticles(Protocol):
    """The articles of an index."""

    def __iter__(self) -> Iterator[Document]: ...

    def document(self, id_: str) -> Document | None:
        """Return the article with an id, or None."""

    def states(self) -> dict[str, DocumentState]:
        """Return the state of all articles, by id."""


class Progress(NamedTuple):
    """How far a run is."""

    done: int
    """Articles that have vectors."""
    total: int
    """All articles of the index."""
    seconds_left: float
    """How long the rest will take, by the speed so far."""


class _Pending(NamedTuple):
    date: str
    id: str
    length: int


def embed(
    articles: EmbeddedArticles,
    store: VectorStore,
    encoder: Encoder,
    seconds: float = float("inf"),
    report: Callable[[Progress], None] = lambda _: None,
) -> Progress:
    """Give vectors to all articles that have none, until the time is over.

    An interruption keeps what was embedded.

    Returns:
        How many articles have vectors now.
    """
    run = _Run(articles, store, encoder)
    run.embed(time.monotonic() + seconds, report)
    return run.progress()


class _Run:
    """One run over the articles without vectors."""

    def __init__(self, articles: EmbeddedArticles, store: VectorStore, encoder: Encoder) -> None:
        self._articles, self._store, self._encoder = articles, store, encoder
        self._digests = {id_: short(state.digest) for id_, state in articles.states().items()}
        self._tables: list[VectorTable] = []
        self._keys: set[int] = set()
        self._pending = self._find_pending()
        self._started, self._done = time.monotonic(), 0
        self._chars = self._all_chars = sum(each.length for each in self._pending)

    def embed(self, end: float, report: Callable[[Progress], None]) -> None:
        """Embed groups of articles until the time `end`; an error loses no finished group."""
        try:
            for group in self._groups():
                if time.monotonic() >= end:
                    break
                self._add(group)
                report(self.progress())
        finally:
            self._write()
        self._store.merge(list(self._digests.values()))

    def progress(self) -> Progress:
        """Return how far the run is."""
        left, passed = self._chars, time.monotonic() - self._started
        done = len(self._digests) - len(self._pending) + self._done
        return Progress(done, len(self._digests), passed * left / max(1, self._all_chars - left))

    def _find_pending(self) -> list[_Pending]:
        """Return the articles without vectors, the newest first."""
        known = self._store.key_of(np.array(list(self._digests.values()), np.uint64))
        if all(digest in known for digest in self._digests.values()):
            return []
        return sorted(self._unknown(known), reverse=True)

    def _unknown(self, known: dict[int, int]) -> Iterator[_Pending]:
        """Yield articles that have no vectors; those whose text has some are noted."""
        for document in self._articles:
            if self._digests.get(document.id) in known:
                continue
            if self._store.has_text(_key(document)):
                self._tables.append(_table_of([document]))
            else:
                yield _Pending(document.date, document.id, len(document.text) + 1)

    def _groups(self) -> Iterator[list[Document]]:
        """Yield articles that run through the model together."""
        group: list[Document] = []
        windows = 0
        for pending in self._pending:
            document = self._articles.document(pending.id)
            if document is not None:
                group.append(document)
                windows += len(windows_of(document))
            if windows >= _WINDOWS_AT_ONCE:
                yield group
                group, windows = [], 0
        if group:
            yield group

    def _add(self, group: list[Document]) -> None:
        new = {_key(document): document for document in group}
        windows = [(key, span) for key in new.keys() - self._keys for span in windows_of(new[key])]
        if windows:
            keys, spans = zip(*windows, strict=True)
            vectors = self._encoder.passage_vectors([embedded_text(new[key], span) for key, span in windows])
            self._tables.append(VectorTable.of(keys, spans, vectors))
            self._keys.update(new)
        self._tables.append(_table_of(group))
        self._done += len(group)
        self._chars -= sum(len(document.text) + 1 for document in group)
        if sum(len(table.windows) for table in self._tables) >= _WINDOWS_IN_FILE:
            self._write()

    def _write(self) -> None:
        tables, self._tables = self._tables, []
        if tables:
            self._store.add(VectorTable.joined(tables))


def _table_of(documents: list[Document]) -> VectorTable:
    digests = [short(document.digest) for document in documents]
    return VectorTable.of_documents(digests, [_key(document) for document in documents])


def _key(document: Document) -> int:
    return int.from_bytes(text_key(document)[:8], "big")
