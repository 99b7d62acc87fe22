"""Watching folders: new and changed articles are indexed in batches as they arrive.

A file is read once it has not changed for a moment, since a half-written one would be read as it
is. If it cannot be read then, it may arrive slowly (a download that pauses): it is read once more
before the failure is reported.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from searchkit.changes import Changes
from searchkit.errors import IndexLocked, SearchkitError
from searchkit.index import Index
from searchkit.readers.articles import Articles
from searchkit.readers.sources.paths import file_on_disk, is_walked, real_path

SETTLE_SECONDS = 0.5
"""Seconds without a change after which a file counts as whole."""
RETRY_SECONDS = 3.0
"""Seconds without a change before an unreadable file is read again."""
MAX_WAIT_SECONDS = 2.0
"""Seconds that a whole file waits for the other files of a burst."""
_POLL_MS = 200
"""Milliseconds between two polls for changes."""

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


class Watch:
    """Keeps an index up to date with folders.

    `on_changes` is called after each batch that changes the index.

    Raises:
        SearchkitError: one of the folders is none.
    """

    def __init__(
        self,
        index: Index,
        folders: Sequence[str],
        on_changes: Callable[[Changes], None],
        *,
        columns: Mapping[str, str] | None = None,
        prune: bool = False,
        prune_all: bool = False,
        by_day: bool = False,
    ) -> None:
        for folder in folders:
            if not Path(folder).is_dir():
                raise SearchkitError(f"only folders can be watched, and {folder} is none")
        self._index, self._folders, self._on_changes = index, folders, on_changes
        self._columns, self._by_day = columns, by_day
        self._pruning = {"prune": prune, "prune_all": prune_all}
        self._pending = PendingFiles()
        self._failed: dict[str, FileState] = {}

    def run(self, workers: int = 1) -> None:
        """Index the folders, then every change in them, until interrupted."""
        events = _changed_paths([real_path(folder) for folder in self._folders])
        next(events)  # from here on, no change is missed
        articles = Articles(self._folders, columns=self._columns, by_day=self._by_day)
        self._on_changes(self._index.update(articles, **self._pruning, workers=workers))
        for paths in events:
            self._pending.add(path for path in paths if self._is_article(path))
            if whole := self._pending.take_whole():
                self._update(whole)

    def _is_article(self, path: str) -> bool:
        return any(is_walked(folder, path) for folder in self._folders)

    def _update(self, paths: set[str]) -> None:
        articles = Articles.touched(self._folders, _with_files(paths), self._columns, by_day=self._by_day)
        try:
            changes = self._index.update(articles, **self._pruning)
        except IndexLocked:
            self._pending.add(paths)
            return
        changes.failures[:] = [failure for failure in changes.failures if self._is_final(failure.path)]
        if changes.added or changes.changed or changes.removed or changes.failures:
            self._on_changes(changes)

    def _is_final(self, name: str) -> bool:
        """Whether a file failed before in the same state; otherwise it is read once more."""
        path = file_on_disk(real_path(name))
        if self._failed.get(path) == file_state(path):
            return True
        self._failed[path] = file_state(path)
        self._pending.add([path], RETRY_SECONDS)
        return False


def file_state(path: str) -> FileState:
    """Return the state of a file, which differs after each change."""
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _changed_paths(folders: Sequence[str]) -> Iterator[set[str]]:
    """Yield the paths that have changed, several times a second."""
    from watchfiles import watch

    for changes in watch(*folders, watch_filter=None, debounce=_POLL_MS, rust_timeout=_POLL_MS, yield_on_timeout=True):
        yield {path for _, path in changes}


def _with_files(paths: set[str]) -> set[str]:
    """Add the files of folders to paths: a moved folder is one event."""
    folders = [Path(path) for path in paths if Path(path).is_dir()]
    return paths | {str(file) for folder in folders for file in folder.rglob("*")}
