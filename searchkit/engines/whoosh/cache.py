"""What was read last, within one bound on memory for a whole index."""

from __future__ import annotations

from collections import OrderedDict
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
    """Keeps what was asked for last, and forgets the rest once it takes more than `limit` bytes."""

    def __init__(self, limit: int) -> None:
        self.bytes = 0
        self._limit = limit
        self._entries: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """Return what is kept under `key`, or make and keep it."""
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
                kept: _T = self._entries[key]
                return kept
        made = make()
        with self._lock:
            self._keep(key, made)
        return made

    def _keep(self, key: Hashable, made: _Measured) -> None:
        if key not in self._entries:
            self._entries[key] = made
            self.bytes += made.bytes + _OVERHEAD
        while self.bytes > self._limit and len(self._entries) > 1:
            self.bytes -= self._entries.popitem(last=False)[1].bytes + _OVERHEAD
