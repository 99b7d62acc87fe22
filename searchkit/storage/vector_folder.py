"""The folder of vectors: one process writes to it, while another may write to the index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from searchkit.storage import durable_files
from searchkit.storage.index_folder import IndexFolder


@contextmanager
def embedding(folder: IndexFolder) -> Iterator[Path]:
    """Hold the lock of the folder of vectors, and yield the folder.

    Raises:
        IndexLocked: another process is embedding.
        StorageError: the file system has no locks.
    """
    durable_files.make_folder(folder.vectors)
    lock = folder.acquired_lock(folder.vectors)
    try:
        yield folder.vectors
    finally:
        lock.release()
