"""Python's search for cyclic garbage, done seldom where much is made that stays, and never where all of it does."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_NEW_OBJECTS = 2_000
"""After so many new ones Python looks for garbage, instead of after 700. Pages of HTML leave cycles behind that hold
far more than their objects tell: with 50,000 here, indexing 2,000 mixed files took 900 MB instead of 420."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Collect seldom until the end of the block: enough where articles are read."""
    before = gc.get_threshold()
    gc.set_threshold(_NEW_OBJECTS, *before[1:])
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


@contextmanager
def uncollected() -> Iterator[None]:
    """Look for no cycles in the block, nor among what is there at its end before that of `seldom_collected`.

    To analyse and write articles makes millions of small objects that stay, and hardly a cycle (34 objects for 7,000
    articles): to look through them again and again takes a sixth of the time, and once afterwards a thirtieth.
    """
    gc.collect(1)  # pages that were read just now have left some
    with never_collected():
        yield


@contextmanager
def never_collected() -> Iterator[None]:
    """Look for no cycles in the block, nor ever among what is there at its end.

    To import modules, or to answer one question, makes a hundred thousand objects that stay. To look through them again
    and again, and twice more as Python ends, takes longer than the answer.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()
