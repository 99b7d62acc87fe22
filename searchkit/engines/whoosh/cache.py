"""What was read lately, within one bound on memory."""

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
    """Keeps what was asked for lately: no more than `limit` bytes of it, but for one entry.

    What was asked for longest ago is forgotten first.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._lock = Lock()
        self.bytes = 0
        """How much memory all entries take."""

    def get(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """Return what is kept under `key`, or make and keep it."""
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                known: _T = kept[0]
                return known
        found = make()
        with self._lock:
            self._keep(key, found)
        return found

    def _keep(self, key: Hashable, found: _Measured) -> None:
        if key in self._kept:
            return  # another thread was quicker
        size = found.bytes + _OVERHEAD
        self._kept[key] = found, size
        self.bytes += size
        while self.bytes > self._limit and len(self._kept) > 1:
            _, (_, freed) = self._kept.popitem(last=False)
            self.bytes -= freed
