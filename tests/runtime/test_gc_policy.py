"""Garbage is collected seldom while documents are read, and not while they are written."""

from __future__ import annotations

import gc
from weakref import ref

import pytest

from searchkit.runtime.gc_policy import never_collected, seldom_collected, uncollected


class Circle:
    itself: Circle


def _is_looked_through(made: object) -> bool:
    return any(each is made for each in gc.get_objects())


def test_garbage_is_collected_seldom_in_the_block() -> None:
    before = gc.get_threshold()
    with seldom_collected():
        assert gc.get_threshold()[0] == max(2_000, before[0])
        assert gc.get_threshold()[1:] == before[1:]
    assert gc.get_threshold() == before


def test_an_error_restores_the_threshold() -> None:
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="broken"), seldom_collected():
        raise ValueError("broken")
    assert gc.get_threshold() == before


def test_objects_of_a_short_command_are_never_looked_through() -> None:
    try:
        with never_collected():
            assert not gc.isenabled()
            made = [[]]
        assert gc.isenabled()
        assert not _is_looked_through(made)
    finally:
        gc.unfreeze()


def test_objects_of_a_commit_are_not_looked_through_before_the_run_ends() -> None:
    with seldom_collected():
        with uncollected():
            assert not gc.isenabled()
            with uncollected():
                pass
            assert not gc.isenabled()
            made = [[]]
        assert gc.isenabled()
        assert not _is_looked_through(made)
    assert _is_looked_through(made)


def test_pages_read_before_a_commit_are_collected() -> None:
    circle = Circle()
    circle.itself, seen = circle, ref(circle)
    del circle
    with seldom_collected(), uncollected():
        assert seen() is None


def test_an_error_enables_collection_again() -> None:
    with pytest.raises(ValueError, match="broken"), uncollected():
        raise ValueError("broken")
    assert gc.isenabled()
