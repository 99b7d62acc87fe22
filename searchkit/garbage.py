"""Python's search for cyclic garbage, done seldom where much is made that stays, and never where all of it does."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_NEW_OBJECTS = 2_000
"""After so many new ones Python looks for garbage, instead of after 700. Pages of HTML leave cycles behind that hold
far more than their objects tell: with 50,000 here, indexing 2,000 mixed files took 900 MB instead of 420."""


def collect_seldom() -> None:
    """Let Python look for cycles seldom, for the rest of the process.

    Analysis makes millions of small objects and hardly a cycle. To look through them again and again takes a sixth of
    the time of indexing, and finds nothing.
    """
    gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Collect seldom until the end of the block."""
    before = gc.get_threshold()
    collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def uncollected() -> Iterator[None]:
    """Do not look for cycles in the block, nor ever among what is there at its end.

    To import modules, or to answer one question, makes a hundred thousand objects that stay. To look through them again
    and again, and twice more as Python ends, takes longer than the answer.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
