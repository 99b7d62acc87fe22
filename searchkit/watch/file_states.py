"""States of all files in folders, as the last walk found them.

Some changes are told by no event: those on another machine that shares the folder, and those behind
a disk that was mounted inside it. A walk finds them.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from searchkit.readers.sources.files import ReadingRun
from searchkit.readers.sources.walk import walk
from searchkit.watch.pending_files import file_state


class FileStates:
    """Remembers files by a number for each, so that a million of them take little memory."""

    def __init__(self, folders: Sequence[str], *, follow_links: bool = False) -> None:
        self._folders, self._follow_links = folders, follow_links
        self._known: set[int] = set()

    def changed(self) -> set[str]:
        """Walk, and return the real paths of files that are new or changed since the last walk."""
        known, self._known, changed = self._known, set(), set()
        for path in self._files():
            number = hash((path, file_state(path)))
            self._known.add(number)
            if number not in known:
                changed.add(path)
        return changed

    def _files(self) -> Iterator[str]:
        for folder in filter(os.path.isdir, self._folders):
            real = os.path.realpath(folder)
            for file in walk([folder], lambda _name, _error: None, ReadingRun(follow_links=self._follow_links)):
                yield os.path.join(real, os.path.relpath(file.path, folder))  # noqa: PTH118
