"""Analysis in several processes, where there are cores for it and articles enough to make it pay.

Processes are started anew (`spawn`), which is safe on every system and beside threads, but asks of the program that its
main module can be imported: so the command line does it by itself, and others only when they are told to.
"""

from __future__ import annotations

import atexit
import os
import signal
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain
from multiprocessing import get_context, parent_process
from threading import Thread
from types import TracebackType
from typing import NamedTuple, Self

import numpy as np

from searchkit.document import Document
from searchkit.entry import Entry, analysis_version, batches, entries_of
from searchkit.errors import SearchkitError
from searchkit.garbage import uncollected
from searchkit.stacks import Ints, Stack, Stacks

ENOUGH = 2_000
"""Articles from which on the start of processes, a second or two, is made good."""


class _Row(NamedTuple):
    """What an entry has beside its document and its numbers."""

    length: int
    """How many numbers it has."""
    title_length: int
    places: bytes


class _Packed(NamedTuple):
    """The entries of a batch, as one process sends them to another."""

    process: int
    """Which process numbered the stacks."""
    first: int
    """The number of the first of `stacks`: those before have been sent already, by the same process."""
    stacks: list[Stack]
    numbers: Ints
    """Those of all entries, one after the other."""
    rows: list[_Row]


class Workers:
    """Turns documents into entries, in order: `count` processes, this one included.

    The others are started for the first large batch, or before, and analyse while this one reads and writes.
    """

    def __init__(self, count: int = 1) -> None:
        self._count = count
        self._pool: ProcessPoolExecutor | None = None
        self._known: dict[int, Stacks] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    @property
    def are_several(self) -> bool:
        """Whether other processes analyse large batches, so that this one had better be a batch ahead."""
        return self._count > 1

    def start(self) -> None:
        """Let other processes get ready, if there are to be any: a large batch is coming."""
        if self.are_several and self._pool is None:
            self._started().submit(analysis_version)

    def entries(self, documents: Sequence[Document]) -> Iterator[Entry]:
        """Return the entries of the documents. Other processes begin at once, this one as they are asked for.

        The iterator raises `SearchkitError` where a process ended by itself.
        """
        if not self.are_several or (self._pool is None and len(documents) < ENOUGH):
            return chain.from_iterable(map(entries_of, batches(documents)))
        return self._from_others(list(batches(documents)))

    def _from_others(self, analysed: list[list[Document]]) -> Iterator[Entry]:
        with _breaks_are_told():
            arriving = self._started().map(_packed, analysed)
        return self._unpacked_all(zip(analysed, arriving, strict=True))

    def _unpacked_all(self, arriving: Iterable[tuple[list[Document], _Packed]]) -> Iterator[Entry]:
        with _breaks_are_told():
            for batch, packed in arriving:
                yield from self._unpacked(batch, packed)

    def _unpacked(self, documents: Sequence[Document], packed: _Packed) -> Iterator[Entry]:
        if packed.first == 0:
            self._known[packed.process] = Stacks()
        known = self._known[packed.process]
        known.extend(packed.stacks)
        analysis, begin = analysis_version(), 0
        for document, row in zip(documents, packed.rows, strict=True):
            numbers = packed.numbers[begin : begin + row.length]
            yield Entry(document, analysis, known, numbers, row.title_length, row.places)
            begin += row.length

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._count - 1, get_context("spawn"), _prepare)
        return self._pool


@contextmanager
def _breaks_are_told() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as error:
        raise SearchkitError("a process that analysed articles was ended from outside; index again") from error


def _prepare() -> None:
    """Leave Ctrl-C to the process that started this one, and end when that one does, however it does.

    It ends at once: to take all apart that it has learnt would take a second, for which the other one waits.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    atexit.register(os._exit, 0)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


class _Sent:
    """How many stacks of a numbering this process has sent already."""

    def __init__(self) -> None:
        self._known: Stacks | None = None
        self._count = 0

    def next(self, known: Stacks) -> int:
        """Return the number of the first stack that has to be sent; from then on all count as sent."""
        first = self._count if known is self._known else 0
        self._known, self._count = known, len(known.all)
        return first


_sent = _Sent()


@uncollected()
def _packed(documents: Sequence[Document]) -> _Packed:
    """Analyse documents in a process that was started for that."""
    entries = list(entries_of(documents))
    known = entries[0].known
    first = _sent.next(known)
    numbers = np.concatenate([entry.numbers for entry in entries])
    rows = [_Row(len(entry.numbers), entry.title_length, entry.places) for entry in entries]
    return _Packed(os.getpid(), first, known.all[first:], numbers, rows)
