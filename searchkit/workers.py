"""Analysis in several processes, where there are cores for it and articles enough to make it pay.

Processes are started anew (`spawn`), which is safe on every system and beside threads, but asks of the program that its
main module can be imported: so the command line does it by itself, and others only when they are told to.
"""

from __future__ import annotations

import os
import signal
from array import array
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from threading import Thread
from types import TracebackType
from typing import Self

from searchkit.document import Document
from searchkit.entry import Entry, Stack, analysis_version, entry_of
from searchkit.errors import SearchkitError

ENOUGH = 2_000
"""Articles from which on the start of processes, a second or two, is made good."""
_CHUNK = 100

_Packed = tuple[list[Stack], list[tuple["array[int]", int, bytes]]]


class Workers:
    """Turns documents into entries, in order. Processes are started when the first large batch comes."""

    def __init__(self, count: int = 1) -> None:
        self._count = count
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def entries(self, documents: Sequence[Document]) -> Iterator[Entry]:
        """Yield the entries of the documents. Raises `SearchkitError` where a process ended by itself."""
        if self._count < 2 or len(documents) < ENOUGH:
            yield from map(entry_of, documents)
            return
        chunks = [documents[start : start + _CHUNK] for start in range(0, len(documents), _CHUNK)]
        try:
            for chunk, packed in zip(chunks, self._started().map(_analysed, chunks), strict=True):
                yield from _unpacked(chunk, packed)
        except BrokenProcessPool as error:
            raise SearchkitError("a process that analysed articles was ended from outside; index again") from error

    def _started(self) -> ProcessPoolExecutor:
        if self._pool is None:
            self._pool = ProcessPoolExecutor(self._count, get_context("spawn"), _prepare)
        return self._pool


def _prepare() -> None:
    """Leave Ctrl-C to the process that started this one, and end when that one does, however it does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _analysed(documents: Sequence[Document]) -> _Packed:
    """Analyse documents; each distinct stack is sent once."""
    numbers: dict[Stack, int] = {}
    rows = []
    for entry in map(entry_of, documents):
        found = array("I", [numbers.setdefault(stack, len(numbers)) for stack in entry.stacks])
        rows.append((found, entry.title_length, entry.places))
    return list(numbers), rows


def _unpacked(documents: Iterable[Document], packed: _Packed) -> Iterator[Entry]:
    stacks, rows = packed
    for document, (numbers, title_length, places) in zip(documents, rows, strict=True):
        yield Entry(document, analysis_version(), [stacks[number] for number in numbers], title_length, places)
