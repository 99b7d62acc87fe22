"""Child processes that wait a while for the next run: a start takes a fifth of a second."""

from __future__ import annotations

import os
from threading import Timer

from searchkit.readers.reading.child_process import ChildProcess
from searchkit.readers.reading.limits import FileLimits
from searchkit_analyzers.forks import ForkSafeLock

IDLE_SECONDS = 20.0
"""So long a child waits before it ends."""

_lock = ForkSafeLock()
_idle: list[tuple[int, ChildProcess]] = []
"""By the process that has started it: a fork has no part in the children of its parent."""


def take(limits: FileLimits) -> ChildProcess:
    """Return a child with certain limits, which waited or is started now.

    Raises:
        OSError: No child can be started.
    """
    with _lock:
        own = (pair for pair in _idle if pair[0] == os.getpid() and pair[1].serves(limits))
        pair = next(own, None)
        if pair:
            _idle.remove(pair)
    return pair[1] if pair else ChildProcess(limits)


def give_back(child: ChildProcess) -> None:
    """Let a child wait that has answered all that it was asked."""
    pair = os.getpid(), child
    with _lock:
        _idle.append(pair)
    timer = Timer(IDLE_SECONDS, _end, [pair])
    timer.daemon = True
    timer.start()


def _end(pair: tuple[int, ChildProcess]) -> None:
    with _lock:
        if pair not in _idle:
            return
        _idle.remove(pair)
    pair[1].end()
