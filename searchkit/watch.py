"""New articles as they arrive: folders are watched, and what changes in them is indexed in batches.

A file is read once it has kept still for a moment, since a half-written one would be read as it stands. If it cannot be
read then, it may only be slow to arrive (a download that pauses): it is read once more before anybody is told.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from searchkit.errors import IndexLocked, SearchkitError
from searchkit.index import Index
from searchkit.readers.articles import Articles
from searchkit.readers.sources.paths import file_on_disk, is_walked, real_path
from searchkit.results import Changes

SETTLED = 0.5
"""Seconds after its last change that a file counts as whole."""
PATIENCE = 3.0
"""Seconds that a file which cannot be read is given to become whole."""
LONGEST = 2.0
"""Seconds that a file which is whole waits for others of a burst."""
_TICK = 200
"""Milliseconds between two looks."""

Signature = tuple[int, int, int] | None
"""What tells that a file has changed: its time, size and number; None where there is no file."""


@dataclass(slots=True)
class _Waiting:
    """A file that has changed, and may still do so."""

    signature: Signature
    still_since: float
    noted: float
    patience: float


class Pending:
    """Files that have changed, until they are whole."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._waiting: dict[str, _Waiting] = {}

    def note(self, paths: Iterable[str], patience: float = SETTLED) -> None:
        """Remember that files have changed; each is whole when it has kept still for so many seconds."""
        now = self._clock()
        for path in paths:
            self._waiting.setdefault(path, _Waiting(signature(path), now, now, patience))

    def whole(self) -> set[str]:
        """Take out the files that are whole: when all are, or when one has waited long enough for the others."""
        now, found = self._clock(), set()
        for path, waiting in self._waiting.items():
            seen = signature(path)
            if seen != waiting.signature:
                waiting.signature, waiting.still_since = seen, now
            elif now - waiting.still_since >= waiting.patience:
                found.add(path)
        if len(found) < len(self._waiting) and all(now - self._waiting[path].noted < LONGEST for path in found):
            return set()
        for path in found:
            del self._waiting[path]
        return found


class Watch:
    """Keeps an index up to date with folders. `tell` is called with what each batch changed, if it did anything."""

    def __init__(
        self,
        index: Index,
        folders: Sequence[str],
        tell: Callable[[Changes], None],
        *,
        columns: Mapping[str, str] | None = None,
        prune: bool = False,
    ) -> None:
        for folder in folders:
            if not Path(folder).is_dir():
                raise SearchkitError(f"only folders can be watched, and {folder} is none")
        self._index, self._folders, self._tell = index, folders, tell
        self._columns, self._prune = columns, prune
        self._pending = Pending()
        self._failed: dict[str, Signature] = {}

    def run(self, workers: int = 1) -> None:
        """Index the folders as they are, then what changes in them, until interrupted."""
        events = _events([real_path(folder) for folder in self._folders])
        next(events)  # from here on, no change is missed
        articles = Articles(self._folders, columns=self._columns)
        self._tell(self._index.update(articles, prune=self._prune, workers=workers))
        for paths in events:
            self._pending.note(path for path in paths if self._is_met(path))
            whole = self._pending.whole()
            if whole:
                self._update(whole)

    def _is_met(self, path: str) -> bool:
        return any(is_walked(folder, path) for folder in self._folders)

    def _update(self, paths: set[str]) -> None:
        articles = Articles.touched(self._folders, _with_files(paths), self._columns)
        try:
            changes = self._index.update(articles, prune=self._prune)
        except IndexLocked:
            self._pending.note(paths)
            return
        changes.failures[:] = [failure for failure in changes.failures if self._is_final(failure.path)]
        if changes.added or changes.changed or changes.removed or changes.failures:
            self._tell(changes)

    def _is_final(self, name: str) -> bool:
        """Whether to tell of a file that cannot be read: if it is as it was when it could not be read the last time."""
        path = file_on_disk(real_path(name))
        if self._failed.get(path) == signature(path):
            return True
        self._failed[path] = signature(path)
        self._pending.note([path], PATIENCE)
        return False


def signature(path: str) -> Signature:
    """Return what tells a file from itself before and after a change."""
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino


def _events(folders: Sequence[str]) -> Iterator[set[str]]:
    """Yield, several times a second, what has changed since the last time."""
    from watchfiles import watch

    for changes in watch(*folders, watch_filter=None, debounce=_TICK, rust_timeout=_TICK, yield_on_timeout=True):
        yield {path for _, path in changes}


def _with_files(paths: set[str]) -> set[str]:
    """Return paths, and the files in those that are folders: of one that is moved here, no more is heard."""
    folders = [Path(path) for path in paths if Path(path).is_dir()]
    return paths | {str(file) for folder in folders for file in folder.rglob("*")}
