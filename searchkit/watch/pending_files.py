"""Changed files wait until they are whole, since half a file would be read as it is."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

SETTLE_SECONDS = 0.5
"""Seconds without a change after which a file counts as whole."""
RETRY_SECONDS = 3.0
"""Seconds without a change before an unreadable file is read again."""
MAX_WAIT_SECONDS = 2.0
"""Seconds that a whole file waits for the other files of a burst."""

FileState = tuple[int, int, int] | None
"""The modification time in ns, size in bytes and inode of a file; None where there is none."""


@dataclass(slots=True)
class _PendingFile:
    """A file that has changed, and may still change."""

    state: FileState
    unchanged_since: float
    added_at: float
    settle_seconds: float


class PendingFiles:
    """Changed files, until they are whole."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._files: dict[str, _PendingFile] = {}

    def add(self, paths: Iterable[str], settle_seconds: float = SETTLE_SECONDS) -> None:
        """Add changed files, which are whole after `settle_seconds` without a change."""
        now = self._clock()
        for path in paths:
            self._files.setdefault(path, _PendingFile(file_state(path), now, now, settle_seconds))

    def clear(self) -> None:
        """Forget all files."""
        self._files.clear()

    def take_whole(self) -> set[str]:
        """Remove and return the whole files.

        That happens when all are whole, or when one has waited too long for the others.
        """
        now, whole = self._clock(), set()
        for path, file in self._files.items():
            state = file_state(path)
            if state != file.state:
                file.state, file.unchanged_since = state, now
            elif now - file.unchanged_since >= file.settle_seconds:
                whole.add(path)
        some_are_missing = len(whole) < len(self._files)
        if some_are_missing and all(now - self._files[path].added_at < MAX_WAIT_SECONDS for path in whole):
            return set()
        for path in whole:
            del self._files[path]
        return whole


def file_state(path: str) -> FileState:
    """Return the state of a file, which differs after each change."""
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
