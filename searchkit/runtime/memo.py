"""Bound methods that cache their results and yet do not keep their objects alive.

``lru_cache(size)(self.method)`` makes a reference cycle, which ends at some later garbage
collection. Until then the object's files stay open, such as those of a commit no longer in use.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast
from weakref import WeakMethod

_P = ParamSpec("_P")
_T = TypeVar("_T")


def memoized(method: Callable[_P, _T], maxsize: int) -> Callable[_P, _T]:
    """Return a bound method that caches its last `maxsize` results.

    The object must outlive the calls: a call raises `ReferenceError` once the object is gone.
    """
    weak_method = WeakMethod(method)

    @lru_cache(maxsize)
    def call(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        bound = weak_method()
        if bound is None:
            raise ReferenceError("a method was called whose object is gone")
        return bound(*args, **kwargs)

    return cast("Callable[_P, _T]", call)
