"""When Python collects cyclic garbage.

Seldom while documents are read, and not while they are written.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_THRESHOLD = 2_000
"""New objects before a collection, in place of 700 (Python 3.13 has 2,000 by itself).

HTML pages leave cycles behind that hold far more memory than their count tells: with 50,000,
indexing 2,000 mixed files took 900 MB, not 420."""


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Collect garbage seldom in the block, which reads documents."""
    before = gc.get_threshold()
    gc.set_threshold(max(_THRESHOLD, before[0]), *before[1:])
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


@contextmanager
def uncollected() -> Iterator[None]:
    """Collect no garbage in the block, which analyzes and writes documents.

    The objects that exist at its end are first looked through after the block of
    `seldom_collected` around it. Analyzing and writing make millions of small objects that stay,
    and hardly a cycle (34 objects for 7,000 documents): to look through them again and again takes
    a sixth of the time, once afterwards a thirtieth.
    """
    gc.collect(1)  # the pages that were just read have left some
    with never_collected():
        yield


@contextmanager
def never_collected() -> Iterator[None]:
    """Collect no garbage in the block, nor ever among its objects.

    Importing modules, or answering one query, makes a hundred thousand objects that stay. To look
    through them again and again, and twice more when Python ends, takes longer than the answer.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()
