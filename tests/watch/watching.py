"""A process that watches a folder, and the counts that it prints."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

ENOUGH = 30.0
"""Seconds after which a test gives up waiting."""


class Watching:
    """A process that watches a folder; what it prints comes line by line."""

    def __init__(self, folder: Path, index: Path, *options: str) -> None:
        command = [sys.executable, "-m", "searchkit", "index", str(folder), "--watch", "--json", "--index", str(index)]
        self.process = subprocess.Popen(
            [*command, *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        )
        self._lines: Queue[str] = Queue()
        Thread(target=self._listen, daemon=True).start()
        self.first = self.next()

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self._lines.put(line)

    def next(self, within: float = ENOUGH) -> dict[str, object]:
        found: dict[str, object] = json.loads(self._lines.get(timeout=within))
        return found

    def until(self, is_enough: Callable[[list[dict[str, object]]], bool]) -> list[dict[str, object]]:
        batches = [self.next()]
        while not is_enough(batches):
            batches.append(self.next())
        return batches

    def is_silent(self, seconds: float) -> bool:
        try:
            self.next(seconds)
        except Empty:
            return True
        return False

    def end(self, how: signal.Signals = signal.SIGINT) -> tuple[int, str]:
        self.process.send_signal(how)
        assert self.process.stderr
        begun, *errors = self.process.stderr.readlines()
        assert begun.startswith("searchkit: watching ") and "Ctrl-C ends it" in begun
        return self.process.wait(ENOUGH), "".join(errors)


def counts(batch: dict[str, object]) -> tuple[object, ...]:
    return tuple(batch[name] for name in ("added", "changed", "removed", "failed"))
