"""Report damaged index files as one sentence."""

from __future__ import annotations

import errno
from contextlib import ContextDecorator
from types import TracebackType

from searchkit.errors import IndexDamaged, SearchTimeout, StorageError

_NO_DAMAGE = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EMFILE})
"""System errors about rights, room and limits: they say nothing about the files' content."""


class reporting_damage(ContextDecorator):  # noqa: N801 - reads like the context manager and decorator that it is
    """Turn any error over index files into `IndexDamaged` or `StorageError`.

    Bytes of the index are trusted until they fail, so files that are missing, cut short or mangled
    raise nearly anything. Therefore only code that reads or writes the index belongs inside.
    """

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if not isinstance(error, Exception) or isinstance(error, StorageError | SearchTimeout):
            return
        if isinstance(error, OSError) and error.errno in _NO_DAMAGE:
            raise StorageError(f"the index cannot be used: {(error.strerror or '').lower()}") from error
        raise IndexDamaged(
            f"the index is damaged ({type(error).__name__} while reading it); "
            "keep what is whole with: searchkit verify --repair, or start over with: searchkit index --rebuild PATH"
        ) from error
