"""Power cuts and full disks at any step leave the old or new state."""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import pytest

from searchkit import Index
from searchkit.engines.whoosh.indexing import merge_policy
from searchkit.errors import IndexWarning, StorageError
from searchkit.indexing import update
from tests.reliability.conftest import article, texts, texts_in, times
from tests.reliability.disk import FullDisk, WatchedDisk


def _long_run(index: Index, n: int) -> None:
    """Index articles in a run that merges segments at its end."""
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore", IndexWarning)  # of a disk that has no room for the merge
        patch.setattr(update, "_LONG_RUN", 1)
        index.update([article(f"ұзақ{n}-{m}") for m in range(3)])


CHANGES: dict[str, Callable[[Index, int], object]] = {
    "add": lambda index, n: index.update([article(f"жаңа{n}-{m}") for m in range(3)]),
    "change": lambda index, n: index.update([article("1", n), article("2", n)]),
    "long run": _long_run,
    "prune": lambda index, n: index.update([article("5")], prune_all=True),
    "rebuild": lambda index, n: index.rebuild([article(str(m), n) for m in range(5)]),
    "restore": lambda index, n: index.restore(),
}
"""Changes of one commit each, or of one that changes articles.

The number makes each run differ from the one before.
"""


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    """Return an index of several commits that merges segments often."""
    monkeypatch.setattr(merge_policy, "_TIER_SIZES", ())
    monkeypatch.setattr(merge_policy, "_ROOM", (3,))
    with Index.open(tmp_path / "disk" / "index") as index:
        for n in range(7):
            index.update([article(str(n))])
        yield index


@pytest.mark.parametrize("change", CHANGES)
def test_a_power_cut_leaves_the_state_before_or_after(
    index: Index, change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance, cuts, before = random.Random(change), tmp_path / "cuts", texts(index)
    cuts.mkdir()
    disk = WatchedDisk(tmp_path / "disk", monkeypatch)

    def cut(step: str) -> None:
        if step != "write" or chance.random() < times(5, 100) / 100:
            disk.cut_power(cuts / str(len(list(cuts.iterdir()))), chance)

    disk.step = cut
    CHANGES[change](index, 1)
    disk.step = lambda _: None
    after = texts(index)
    left = [texts_in(copy / "index") for copy in cuts.iterdir()]
    assert all(state in (before, after) for state in left)
    assert len(left) > 1
    disk.cut_power(tmp_path / "last", chance)
    assert texts_in(tmp_path / "last" / "index") == after


@pytest.mark.parametrize("change", CHANGES)
def test_a_disk_that_fills_up_leaves_the_state_before_or_after(
    index: Index, change: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = WatchedDisk(tmp_path / "disk", monkeypatch)
    for steps in chain(range(0, 10), range(10, 10_000, times(40, 1))):
        before, disk.step = texts(index), FullDisk(steps)
        try:
            CHANGES[change](index, steps + 1)
            break
        except (StorageError, OSError):
            disk.step = lambda _: None
            assert texts(index) == texts_in(tmp_path / "disk" / "index") == before
    assert steps > 5
    disk.step = lambda _: None
    after = texts(index)
    assert texts_in(tmp_path / "disk" / "index") == after


def test_creating_an_index_succeeds_after_power_cuts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chance, root = random.Random(1), tmp_path / "disk"
    root.mkdir()
    disk = WatchedDisk(root, monkeypatch)
    copies = (tmp_path / str(n) for n in range(10_000))
    disk.step = lambda step: step == "write" or disk.cut_power(next(copies), chance)
    with Index.open(root / "deep" / "index") as index:
        index.update([article("1")])
        disk.step = lambda _: None
        made = texts(index)
    for copy in filter(Path.exists, (tmp_path / str(n) for n in range(30))):
        assert texts_in(copy / "deep" / "index") in ({}, made)
        with Index.open(copy / "deep" / "index") as index:
            index.update([article("1")])
            assert texts(index) == made
