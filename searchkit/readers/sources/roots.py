"""Roots: the files and folders that a user names."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Root:
    """What a user names, and where it lies.

    Attributes:
        name: As the user wrote it.
        path: The real path; empty for standard input, None for a source without paths, whose
            documents may lie anywhere.
        is_whole: Whether all of its files are read, and not only those that have changed.
    """

    name: str
    path: str | None
    is_whole: bool = True


class Roots:
    """The roots of one source, perhaps nested."""

    def __init__(self, roots: Iterable[Root]) -> None:
        self.all = tuple(roots)
        self._by_path = {root.path: root for root in self.all}

    def holding(self, path: str) -> Iterator[Root]:
        """Yield the roots around a path, innermost first."""
        for parent in (path, *_parents(path)):
            if root := self._by_path.get(parent):
                yield root
        if root := self._by_path.get(None):
            yield root


def _parents(path: str) -> Iterator[str]:
    """Yield the folders above a path."""
    parent = os.path.dirname(path)  # noqa: PTH120 - Path.parents takes ten times as long
    while parent != path and path:
        yield parent
        path, parent = parent, os.path.dirname(parent)  # noqa: PTH120
