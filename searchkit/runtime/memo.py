"""Methods that remember what they have returned, and yet do not keep their objects alive.

``lru_cache(size)(self.method)`` makes a circle of references, which ends at some later search for garbage. Until then
what the object has open stays open, such as the files of a commit that nobody asks any more.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast
from weakref import WeakMethod

_P = ParamSpec("_P")
_T = TypeVar("_T")


def remembering(method: Callable[_P, _T], most: int) -> Callable[_P, _T]:
    """Return a bound method that remembers its last results, `most` of them; its object must outlive the calls."""
    weak = WeakMethod(method)

    @lru_cache(most)
    def called(*arguments: _P.args, **named: _P.kwargs) -> _T:
        itself = weak()
        if itself is None:
            raise ReferenceError("a method was called whose object is gone")
        return itself(*arguments, **named)

    return cast("Callable[_P, _T]", called)
