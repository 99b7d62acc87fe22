"""Watching folders: new and changed articles are indexed in batches as they arrive.

A file is read once it has not changed for a moment. If it cannot be read then, it may arrive slowly
(a download that pauses): it is read once more before the failure is reported. Where a folder
vanishes its articles stay, and when it is back it is watched and read again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from searchkit.changes import Changes, Failure, RefusedPrune
from searchkit.errors import IndexLocked, SearchkitError
from searchkit.index import Index
from searchkit.readers.articles import Articles
from searchkit.readers.sources.paths import file_on_disk, is_walked, real_path
from searchkit.watch.file_states import FileStates
from searchkit.watch.folder_events import POLL_SECONDS, FolderEvents, FolderState
from searchkit.watch.pending_files import RETRY_SECONDS, FileState, PendingFiles, file_state

WALK_SECONDS = 600.0
"""Seconds between two walks that look at every file."""
_LOCKED_SECONDS = 2.0
"""Seconds until the next walk where another process was writing."""
_WALK_SHARE = 20
"""A walk takes no more than one part of the time in so many."""
_GONE = "is gone; its articles stay in the index, and it is watched again when it is back"
_BACK = "folders that are watched anew"


class Watch:
    """Keeps an index up to date with folders."""

    def __init__(
        self,
        index: Index,
        folders: Sequence[str],
        on_changes: Callable[[Changes], None],
        *,
        columns: Mapping[str, str] | None = None,
        prune: bool = False,
        prune_all: bool = False,
        walk_seconds: float = WALK_SECONDS,
        **reading: Any,
    ) -> None:
        """Prepare to watch.

        Args:
            index: The index.
            folders: The folders.
            on_changes: Called after each batch that changes the index, or has something to tell.
            columns: As for `Articles`.
            prune: As for `Index.update`.
            prune_all: As for `Index.update`.
            walk_seconds: How often every file is looked at, whatever events tell.
            reading: The other options of `Articles`.

        Raises:
            SearchkitError: One of the folders is none.
        """
        self._index, self._on_changes = index, on_changes
        self._folders = _by_real_path(folders)
        self._columns, self._reading, self._walk_seconds = columns, reading, walk_seconds
        self._pruning = {"prune": prune, "prune_all": prune_all}
        self._states = FileStates(list(folders), follow_links=reading.get("follow_links", False))
        self._pending = PendingFiles()
        self._failed: dict[str, FileState] = {}
        self._refused: set[str] = set()
        self._gone: set[str] = set()
        self._read: Mapping[str, FolderState] = {}
        """The states of the folders when all was read."""
        self._next_walk = 0.0

    def run(self, workers: int = 1) -> None:
        """Index the folders, then every change in them, until interrupted.

        Args:
            workers: How many processes analyze documents when all are read.

        Raises:
            SearchkitError: The folders cannot be watched, or the index cannot be written.
        """
        while True:
            events = FolderEvents(list(self._folders))
            with closing(events.__iter__()) as ticks:
                if next(ticks, None) is None:
                    time.sleep(POLL_SECONDS)  # a folder went just now
                    continue
                began = time.monotonic()
                is_done = self._begin(events.states, workers)
                self._next_walk = _next_walk(began, self._walk_seconds if is_done else _LOCKED_SECONDS)
                self._follow(ticks)

    def _begin(self, states: Mapping[str, FolderState], workers: int) -> bool:
        """Read all folders if one is another than before, and look at their files otherwise.

        Returns whether no other process was writing.
        """
        if states == self._read:
            return self._look_at_all()
        self._pending.clear()
        self._tell_gone({folder for folder, state in states.items() if state is None})
        anew = {folder for folder, state in states.items() if state and state != self._read.get(folder)}
        is_done = self._read_all(workers, len(anew))
        if is_done:
            self._read = states
        return is_done

    def _follow(self, ticks: Iterator[set[str]]) -> None:
        """Index what changes, until a folder is another one, or all files are to be looked at."""
        for paths in ticks:
            self._pending.add(path for path in paths if self._is_article(path))
            if whole := self._pending.take_whole():
                self._update(whole)
            if time.monotonic() >= self._next_walk:
                return

    def _read_all(self, workers: int, anew: int) -> bool:
        """Index the folders that are there, and return whether no other process was writing."""
        self._states.changed()
        present = [name for folder, name in self._folders.items() if folder not in self._gone]
        articles = Articles(present, columns=self._columns, **self._reading)
        try:
            changes = self._index.update(articles, **self._pruning, workers=workers)
        except IndexLocked:
            if not self._read:
                raise
            return False
        self._refused = _refused(changes)
        if anew and self._read:
            changes.remarks[_BACK] = anew
        if anew:
            self._on_changes(changes)
        return True

    def _tell_gone(self, gone: set[str]) -> None:
        failures = [Failure(self._folders[folder], _GONE) for folder in sorted(gone - self._gone)]
        self._gone = gone
        if failures:
            self._on_changes(Changes(failures=failures))

    def _look_at_all(self) -> bool:
        """Find changes that no event has told; return whether no other process was writing."""
        self._pending.add(self._states.changed())
        return not any(self._pruning.values()) or self._update(set(), covers_all=True)

    def _is_article(self, path: str) -> bool:
        return any(is_walked(folder, path) for folder in self._folders.values())

    def _update(self, paths: set[str], *, covers_all: bool = False) -> bool:
        """Index files; those of another writer's time later, and return whether there was none."""
        articles = Articles.touched(
            list(self._folders.values()), _with_files(paths), self._columns, covers_all=covers_all, **self._reading
        )
        try:
            changes = self._index.update(articles, **self._pruning)
        except IndexLocked:
            self._pending.add(paths)
            return False
        refused = _refused(changes) | (set() if covers_all else self._refused)
        changes.failures[:] = [failure for failure in changes.failures if self._is_new(failure)]
        self._refused = refused
        if changes.added or changes.changed or changes.removed or changes.failures:
            self._on_changes(changes)
        return True

    def _is_new(self, failure: Failure) -> bool:
        """Whether a failure is to be told: a prune once, a file after a second try."""
        if isinstance(failure, RefusedPrune):
            return failure.path not in self._refused
        path = file_on_disk(real_path(failure.path))
        if self._failed.get(path) == file_state(path):
            return True
        self._failed[path] = file_state(path)
        self._pending.add([path], RETRY_SECONDS)
        return False


def _by_real_path(folders: Sequence[str]) -> dict[str, str]:
    """Return folders by their real paths; raises `SearchkitError` for what is none."""
    for folder in folders:
        if not Path(folder).is_dir():
            raise SearchkitError(f"only folders can be watched, and {folder} is none")
    return {real_path(folder): folder for folder in folders}


def _refused(changes: Changes) -> set[str]:
    """Return the folders whose prune was refused."""
    return {failure.path for failure in changes.failures if isinstance(failure, RefusedPrune)}


def _next_walk(began: float, walk_seconds: float) -> float:
    """Return when to look at all files again, having begun to at some time."""
    now = time.monotonic()
    return now + max(walk_seconds, _WALK_SHARE * (now - began))


def _with_files(paths: set[str]) -> set[str]:
    """Add the files of folders to paths: a moved folder is one event."""
    inner = (os.path.join(folder, name) for path in paths for folder, _, names in os.walk(path) for name in names)  # noqa: PTH118
    return paths.union(inner)
