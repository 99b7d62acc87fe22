"""Indexing in several processes, where there are cores for it and articles enough to make it pay.

Each process analyses a share of what a commit adds, and stores it in a part of its own, which only the commit makes
seen. This one reads, tells the others which articles are copies, and takes a share too, in the time that is left.

Processes are started anew (`spawn`), which is safe on every system and beside threads, but asks of the program that its
main module can be imported: so the command line does it by itself, and others only when they are told to.
"""

from __future__ import annotations

import atexit
import gc
import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import replace
from itertools import chain
from multiprocessing import get_context, parent_process
from threading import Thread
from types import TracebackType
from typing import Self

from searchkit.analysis.analyzed_document import AnalyzedDocument, analyze_documents, batches
from searchkit.analysis.near_duplicates import minhash_signature
from searchkit.document import Document
from searchkit.engines.base import PendingSegments, PendingWriter
from searchkit.errors import SearchkitError

ENOUGH = 2_000
"""Articles from which on the start of processes, a second or two, is made good."""
_AHEAD = 2
"""Batches that another process has before it, so that it need not wait while this one reads or analyses."""

GroupOf = Callable[[Document], int | None]
"""Tells which documents one is a copy of (see `Entry.group`); None where another one has taken its place."""


class Workers:
    """Indexes documents in `count` processes, this one included. The others are started for the first large batch."""

    def __init__(self, count: int = 1) -> None:
        self.count = count
        self._waiting: deque[list[Document]] = deque()
        self._taken = 0
        self._own = _Share()
        self._others: Sequence[_Other] = ()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for other in self._others:
            other.end()

    def take(self, documents: Sequence[Document]) -> None:
        """Take documents of the next commit. Other processes begin at once, this one when it has read them all.

        Raises `SearchkitError` where a process ended by itself, as the other methods do.
        """
        self._waiting += batches(documents)
        self._taken += len(documents)
        if self._taken >= ENOUGH and not self._others:
            self._others = [_Other() for _ in range(1, self.count)]
        self._hand_out()

    def _hand_out(self) -> None:
        with _breaks_are_told():
            for other in self._others:
                while self._waiting and not other.is_busy:
                    other.add(self._waiting.popleft())

    def sketches(self) -> Iterator[tuple[Document, bytes]]:
        """Analyse what waits, and yield all documents that were taken, in any order, each with its sketch."""
        while self._waiting:
            self._own.add(self._waiting.popleft())
            self._hand_out()
        with _breaks_are_told():
            yield from chain(self._own.sketches(), *(other.sketches() for other in self._others))

    def stored(
        self, group_of: GroupOf, write: PendingWriter
    ) -> tuple[Iterator[AnalyzedDocument], Iterator[PendingSegments]]:
        """Let the others store their shares; return the entries of this one's, and what the others have stored.

        Then nothing is taken any more. Who asks for the first part waits until no process writes.
        """
        with _breaks_are_told():
            stored = [other.stored(group_of, write) for other in self._others]
        self._taken = 0
        return self._own.entries(group_of), _parts(stored)


def _parts(stored: Sequence[Future[PendingSegments]]) -> Iterator[PendingSegments]:
    with _breaks_are_told():
        wait(stored)
        yield from (future.result() for future in stored)


class _Share:
    """The documents of a commit that one process analyses."""

    def __init__(self) -> None:
        self._entries: list[AnalyzedDocument] = []

    def add(self, documents: Sequence[Document]) -> list[bytes]:
        """Analyse documents; return their sketches."""
        added = [replace(entry, signature=minhash_signature(entry.document)) for entry in analyze_documents(documents)]
        self._entries += added
        return [entry.signature for entry in added]

    def sketches(self) -> Iterator[tuple[Document, bytes]]:
        return ((entry.document, entry.signature) for entry in self._entries)

    def entries(self, group_of: GroupOf) -> Iterator[AnalyzedDocument]:
        """Return the entries of those that have a group, and begin another share."""
        entries, self._entries = self._entries, []
        return (replace(entry, cluster=group) for entry in entries if (group := group_of(entry.document)) is not None)


class _Other:
    """The share of another process."""

    def __init__(self) -> None:
        self._process = ProcessPoolExecutor(1, get_context("spawn"), _prepare)
        self._begin()

    def _begin(self) -> None:
        self.documents: list[Document] = []
        self._sketches: list[Future[list[bytes]]] = []

    @property
    def is_busy(self) -> bool:
        """Whether it has enough to do for now."""
        return sum(not future.done() for future in self._sketches[-_AHEAD:]) == _AHEAD

    def add(self, documents: list[Document]) -> None:
        self.documents += documents
        self._sketches.append(self._process.submit(_analysed, documents))

    def sketches(self) -> Iterator[tuple[Document, bytes]]:
        """Wait for all of them."""
        sketches = chain.from_iterable(future.result() for future in self._sketches)
        return zip(self.documents, sketches, strict=True)

    def stored(self, group_of: GroupOf, write: PendingWriter) -> Future[PendingSegments]:
        """Let it store its share, and begin another one."""
        groups = [*map(group_of, self.documents)]
        self._begin()
        return self._process.submit(_stored, write, groups)

    def end(self) -> None:
        """Wait until it does nothing any more."""
        self._process.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _breaks_are_told() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as error:
        raise SearchkitError("a process that analysed articles was ended from outside; index again") from error


_share = _Share()
"""That of a process which was started for this."""


def _analysed(documents: Sequence[Document]) -> list[bytes]:
    return _share.add(documents)


def _stored(write: PendingWriter, groups: Iterable[int | None]) -> PendingSegments:
    """PendingWriter this process's share; `groups` has one for each of its documents, in order."""
    following = iter(groups)
    return write(_share.entries(lambda _: next(following)))


def _prepare() -> None:
    """Leave Ctrl-C to the process that started this one, and end when that one does, however it does.

    It looks for no cyclic garbage (see `searchkit.runtime.gc_policy`), and ends at once: to take all apart that it
    has learnt
    would take a second, for which the other one waits.
    """
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    atexit.register(os._exit, 0)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
