"""A cache with one bound on memory, for decoded postings, scored words and stored documents."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from itertools import count
from typing import Any, Protocol, TypeVar

from searchkit_analyzers.forks import ForkSafeLock

_ENTRY_OVERHEAD = 400
"""The memory of an entry beside its arrays, about, in bytes."""
_EVICTED_SHARE = 16
"""One in so many entries is evicted at a time, since finding the oldest means sorting all."""


class _Sized(Protocol):
    @property
    def nbytes(self) -> int: ...


_T = TypeVar("_T", bound=_Sized)


@dataclass(slots=True)
class _Entry:
    value: Any
    size: int
    last_use: int
    """The number of the lookup that used it last."""


class Cache:
    """Keeps the values used most recently, up to `limit` bytes in all, but at least one value.

    The least recently used values are evicted first. A cached value is returned after one lookup
    and without a lock.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._entries: dict[Hashable, _Entry] = {}
        self._clock = count()
        self._lock = ForkSafeLock()
        self.nbytes = 0
        """The memory of all entries, in bytes."""

    def get(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """Return the value under `key`; if there is none, make it and keep it."""
        entry = self._entries.get(key)
        if entry is not None:
            entry.last_use = next(self._clock)
            cached: _T = entry.value
            return cached
        value = make()
        with self._lock:
            self._put(key, value)
        return value

    def _put(self, key: Hashable, value: _Sized) -> None:
        if key in self._entries:
            return  # another thread was faster
        self._entries[key] = entry = _Entry(value, value.nbytes + _ENTRY_OVERHEAD, next(self._clock))
        self.nbytes += entry.size
        if self.nbytes > self._limit:
            self._evict()

    def _evict(self) -> None:
        *oldest_first, _ = sorted(self._entries, key=lambda key: self._entries[key].last_use)
        for evicted, key in enumerate(oldest_first):
            if self.nbytes <= self._limit and evicted >= len(oldest_first) // _EVICTED_SHARE:
                break
            self.nbytes -= self._entries.pop(key).size
