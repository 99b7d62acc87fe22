"""A Whoosh index on disk, opened without Whoosh."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

_NAME = "MAIN"
"""Whoosh's name for an index that is the only one in its folder."""


class SafeIndex:
    """The folder of a Whoosh index.

    Whoosh's own class unpickles tables of contents, which can run any code. Only writers need the
    lock and the schema, and wait for the import of Whoosh.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.name = _NAME

    def __reduce__(self) -> tuple[type[SafeIndex], tuple[Path]]:
        """Other processes make the schema themselves: pickled, its fields become stock Whoosh's."""
        return SafeIndex, (self.folder,)

    @cached_property
    def schema(self) -> Any:
        """The Whoosh schema, the same for all indexes."""
        from searchkit.engines.whoosh.whoosh_schema import schema

        return schema()

    def lock(self) -> Any:
        """Return Whoosh's lock for writing.

        Links, pipes and sockets in its place are deleted: Whoosh would follow or wait for them.
        """
        from whoosh.filedb.filestore import FileStorage

        name = f"{self.name}_WRITELOCK"
        file = self.folder / name
        if file.is_symlink() or file.is_fifo() or file.is_socket():
            file.unlink()
        return FileStorage(str(self.folder)).lock(name)
