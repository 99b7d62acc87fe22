"""What was read lately, within one bound on memory for a whole index."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Protocol, TypeVar

_OVERHEAD = 400
"""About how many bytes an entry takes beside its arrays."""


class _Measured(Protocol):
    @property
    def bytes(self) -> int: ...


_T = TypeVar("_T", bound=_Measured)


class Cache:
    """Keeps what was asked for lately, and forgets the rest: it takes no more than `limit` bytes, but for one entry.

    There are two generations. What is asked for stands in the young one; where that would take more than half of the
    room, it becomes the old one, and what nobody has asked for since it was young itself is forgotten. So what is kept
    is found at one look and without a lock, which an exact order of use would need.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._young: dict[Hashable, Any] = {}
        self._old: dict[Hashable, Any] = {}
        self._young_bytes = self._old_bytes = 0
        self._lock = Lock()

    @property
    def bytes(self) -> int:
        """How much memory all entries take."""
        return self._young_bytes + self._old_bytes

    def get(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """Return what is kept under `key`, or make and keep it."""
        kept: _T | None = self._young.get(key)
        if kept is not None:
            return kept
        kept = self._old.get(key)
        found = make() if kept is None else kept
        with self._lock:
            self._keep(key, found)
        return found

    def _keep(self, key: Hashable, found: _Measured) -> None:
        if key in self._young:
            return
        self._old.pop(key, None)  # its bytes count on, until the rest of its generation goes
        size = found.bytes + _OVERHEAD
        if self._young_bytes + size > self._limit // 2:
            self._old, self._old_bytes = self._young, self._young_bytes
            self._young, self._young_bytes = {}, 0
        self._young[key] = found
        self._young_bytes += size
        if self.bytes > self._limit:
            self._old, self._old_bytes = {}, 0
