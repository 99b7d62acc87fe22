"""What changes in folders, for as long as they are the same folders.

The system tells nothing of a folder that was deleted and made again, or in whose place a disk was
mounted: it watches the old one.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Sequence
from contextlib import closing
from pathlib import Path

from searchkit.errors import SearchkitError
from searchkit.readers.sources.devices import device_of
from searchkit.readers.sources.paths import printable

POLL_SECONDS = 0.2
"""Seconds between two polls for changes."""

FolderState = tuple[str, int] | None
"""The device and inode of a folder; None where there is none."""


def folder_state(folder: str) -> FolderState:
    """Return the state of a folder, which another in its place does not have."""
    try:
        return device_of(folder), Path(folder).stat().st_ino
    except OSError:
        return None


class FolderEvents:
    """Changes in folders, until one of them is gone, is back, or is another one.

    Attributes:
        states: The states of the folders, as they were when this began.
    """

    def __init__(self, folders: Sequence[str]) -> None:
        self.states = {folder: folder_state(folder) for folder in folders}
        self._present = [folder for folder, state in self.states.items() if state]

    def __iter__(self) -> Generator[set[str]]:
        """Yield the paths that have changed, several times a second; first an empty set.

        From that one on, no change is missed.

        Raises:
            SearchkitError: the system cannot watch that many folders.
        """
        with closing(_polled(self._present) if self._present else _nothing()) as polls:
            for changes in polls:
                if self._is_over(changes):
                    return
                yield {path for _, path in changes}

    def _is_over(self, changes: set[tuple[bool, str]]) -> bool:
        is_deleted = any(is_deletion and path in self.states for is_deletion, path in changes)
        return is_deleted or any(folder_state(folder) != state for folder, state in self.states.items())


def _polled(folders: Sequence[str]) -> Generator[set[tuple[bool, str]]]:
    """Yield changes: whether each is a deletion, and its path."""
    from watchfiles import Change, watch

    poll_ms = int(POLL_SECONDS * 1000)
    try:
        for changes in watch(
            *folders, watch_filter=None, debounce=poll_ms, rust_timeout=poll_ms, yield_on_timeout=True
        ):
            yield {(change is Change.deleted, path) for change, path in changes}
    except FileNotFoundError:
        return
    except OSError as error:
        raise SearchkitError(f"{printable(folders[0])} cannot be watched: {error}") from error


def _nothing() -> Generator[set[tuple[bool, str]]]:
    while True:
        yield set()
        time.sleep(POLL_SECONDS)
