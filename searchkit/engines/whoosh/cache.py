"""What was read lately, within one bound on memory."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from itertools import count
from threading import Lock
from typing import Any, Protocol, TypeVar

_OVERHEAD = 400
"""About how many bytes an entry takes beside its arrays."""
_AT_ONCE = 16
"""One of so many entries is forgotten at a time, since it takes a while to find the oldest."""


class _Measured(Protocol):
    @property
    def bytes(self) -> int: ...


_T = TypeVar("_T", bound=_Measured)


@dataclass(slots=True)
class _Entry:
    found: Any
    size: int
    asked: int
    """When it was asked for last: later ones have greater numbers."""


class Cache:
    """Keeps what was asked for lately: no more than `limit` bytes of it, but for one entry.

    What was asked for longest ago is forgotten first. What is kept is found at one look and without a lock.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._entries: dict[Hashable, _Entry] = {}
        self._times = count()
        self._lock = Lock()
        self.bytes = 0
        """How much memory all entries take."""

    def get(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """Return what is kept under `key`, or make and keep it."""
        entry = self._entries.get(key)
        if entry is not None:
            entry.asked = next(self._times)
            kept: _T = entry.found
            return kept
        found = make()
        with self._lock:
            self._keep(key, found)
        return found

    def _keep(self, key: Hashable, found: _Measured) -> None:
        if key in self._entries:
            return  # another thread was quicker
        self._entries[key] = entry = _Entry(found, found.bytes + _OVERHEAD, next(self._times))
        self.bytes += entry.size
        if self.bytes > self._limit:
            self._forget()

    def _forget(self) -> None:
        *oldest, _ = sorted(self._entries, key=lambda key: self._entries[key].asked)
        for number, key in enumerate(oldest):
            if self.bytes <= self._limit and number >= len(oldest) // _AT_ONCE:
                break
            self.bytes -= self._entries.pop(key).size
