"""The work of one search: it is counted, and ends at its deadline.

Loops whose length a query decides call `count_work`, so a search that has run out of time frees its
thread. A unit of work is a posting, a position, or a step of similar cost. Counts do not depend on
the machine: tests bound them.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from searchkit.errors import SearchTimeout

_TOO_LONG = "the search took longer than {:g} seconds; ask for fewer words or prefixes, or allow it more time"


class Work:
    """Counts the units of work of one search.

    Attributes:
        units: The units so far.
    """

    def __init__(self, seconds: float | None = None) -> None:
        """Begin to count.

        Args:
            seconds: After so many, `check` raises `SearchTimeout`; None for no deadline.
        """
        self.units = 0
        self._seconds = seconds
        self._deadline = None if seconds is None else time.monotonic() + seconds

    def add(self, units: int) -> None:
        """Count units, and look at the deadline."""
        self.units += units
        self.check()

    def check(self) -> None:
        """Raise `SearchTimeout` after the deadline."""
        if self._deadline is not None and time.monotonic() > self._deadline:
            raise SearchTimeout(_TOO_LONG.format(self._seconds))


class _InnerWork(Work):
    """Counts work that another count includes: the earlier deadline of the two holds."""

    def __init__(self, seconds: float, outer: Work) -> None:
        super().__init__(seconds)
        self._outer = outer

    def add(self, units: int) -> None:
        self._outer.add(units)
        super().add(units)


_current: ContextVar[Work | None] = ContextVar("work", default=None)


@contextmanager
def counted(work: Work) -> Iterator[Work]:
    """Count the work of the block in `work`."""
    before = _current.set(work)
    try:
        yield work
    finally:
        _current.reset(before)


@contextmanager
def within(deadline: float | None) -> Iterator[None]:
    """End the work of the block after so many seconds; None leaves a deadline around it alone."""
    if deadline is None:
        yield
        return
    outer = _current.get()
    with counted(Work(deadline) if outer is None else _InnerWork(deadline, outer)):
        yield


def count_work(units: int = 1) -> None:
    """Count units of work of the present search; raises `SearchTimeout` after its deadline."""
    work = _current.get()
    if work is not None:
        work.add(units)
