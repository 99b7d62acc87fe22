"""Locks that a forked process gets anew.

A fork copies one thread. A lock that another thread held at that moment would stay locked for ever
in the new process. All that these locks guard is whole after each step, so that nothing is broken
if the step of another thread is not taken.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cached_property
from importlib import _bootstrap, import_module
from threading import Lock, RLock
from types import TracebackType
from weakref import WeakSet

_PACKAGES = ("searchkit", "searchkit_analyzers")
_HAS_LOCKED_PROPERTIES = sys.version_info < (3, 12)


class ForkSafeLock:
    """A lock that is free in a forked process."""

    def __init__(self) -> None:
        self.renew()
        _locks.add(self)

    def renew(self) -> None:
        """Take a new lock in place of one that nobody would release."""
        self._lock = Lock()

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._lock.release()


_locks: WeakSet[ForkSafeLock] = WeakSet()


def _finish_imports() -> None:
    """Wait until no other thread imports a module: it would stay half imported."""
    for name in _modules_in_import():
        with suppress(Exception):  # the thread that imports it meets the error, too
            import_module(name)


def _modules_in_import() -> Iterator[str]:
    """Yield the modules that are being imported, until there are none or only this thread's own."""
    locks: Mapping[str, object] = getattr(_bootstrap, "_module_locks", {})
    seen: set[str] = set()
    while names := set(locks) - seen:
        seen |= names
        yield from names


def _renew_locks() -> None:
    for lock in list(_locks):
        lock.renew()
    if _HAS_LOCKED_PROPERTIES:
        for module in [module for name, module in list(sys.modules.items()) if name.split(".")[0] in _PACKAGES]:
            _renew_properties(module)


def _renew_properties(module: object) -> None:
    """Renew the locks of cached properties, which Python has before 3.12."""
    for type_ in [value for value in vars(module).values() if isinstance(value, type)]:
        for value in vars(type_).values():
            if isinstance(value, cached_property):
                value.lock = RLock()  # type: ignore[attr-defined]


if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_finish_imports, after_in_child=_renew_locks)
