"""The memory of a process and of those that it starts, while it runs (Linux)."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from subprocess import Popen
from threading import Thread

_INTERVAL = 0.1
"""Seconds between two readings."""


class MemoryWatch(Thread):
    """Reads the memory of a process tree, again and again, until its root has ended.

    Pages that several processes share count once in all: it is their proportional set size.
    """

    def __init__(self, process: Popen[str]) -> None:
        super().__init__(daemon=True)
        self._process = process
        self.peak = 0
        """The most kilobytes of all processes together."""
        self.processes: list[int] = []
        """The kilobytes of each process at that moment, the largest first."""

    def run(self) -> None:
        """Read until the process has ended."""
        while self._process.poll() is None:
            self._note(sorted((_memory(id_) for id_ in process_tree(self._process.pid)), reverse=True))
            time.sleep(_INTERVAL)

    def _note(self, found: list[int]) -> None:
        if sum(found) > self.peak:
            self.peak, self.processes = sum(found), found


def tree_memory(pid: int) -> int:
    """Return the kilobytes of a process and of those that it started."""
    return sum(map(_memory, process_tree(pid)))


def process_tree(pid: int) -> Iterator[int]:
    """Yield the id of a process, and those of the processes that it started."""
    yield pid
    with suppress(OSError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                yield from process_tree(int(child))


def _memory(pid: int) -> int:
    """Return the kilobytes of a process, or 0 once it has ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
