"""A prune removes no archive whose disk is not mounted, and says so."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from searchkit import Articles, Document, Index, RefusedPrune
from searchkit.indexing import folder_devices
from searchkit.storage import device_file
from tests.samples import counts

NOTHING_READ = "has no article that can be read"


def write(folder: Path, *numbers: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number in numbers:
        (folder / f"{number}.txt").write_text(f"Мақала {number}\n\nМәтін {number}.", "utf-8")


@pytest.fixture
def share(tmp_path: Path) -> Path:
    write(tmp_path / "share", *range(10))
    return tmp_path / "share"


def refusal(changes: Any) -> str:
    """Return the one sentence of a prune that was refused."""
    assert changes.removed == 0
    (failure,) = changes.failures
    assert isinstance(failure, RefusedPrune)
    return failure.error


def empty(folder: Path) -> None:
    for file in folder.glob("*.txt"):
        file.unlink()


@pytest.mark.parametrize("left", [[], ["README.jpg"], [".mounted"]])
@pytest.mark.parametrize("name", ["share", "share/*.txt", "share/**/*.txt"])
def test_an_empty_root_is_not_pruned(
    index: Index, share: Path, left: list[str], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(share.parent)
    index.update(Articles(name))
    empty(share)
    for file in left:
        (share / file).write_bytes(b"\xff")
    assert f"{NOTHING_READ}, although the index has 10 articles from it, and nothing is removed" in refusal(
        index.update(Articles(name), prune=True)
    )
    assert len(index) == 10
    assert index.update(Articles(name), prune_all=True).removed == 10


def test_without_pruning_an_empty_root_is_told_too(index: Index, share: Path) -> None:
    index.update(Articles(share))
    empty(share)
    (failure,) = index.update(Articles(share)).failures
    assert failure.error == f"{NOTHING_READ}, although the index has 10 articles from it"
    assert not isinstance(failure, RefusedPrune)


@pytest.mark.parametrize("damage", ["missing", "file", "closed pipe"])
def test_a_root_that_is_none_is_not_pruned_even_on_request(index: Index, share: Path, damage: str) -> None:
    index.update(Articles(share))
    share.rename(share.with_name("away"))
    if damage == "file":
        share.write_bytes(b"")
    elif damage == "closed pipe":
        os.mkfifo(share)
    for how in ({"prune": True}, {"prune_all": True}):
        assert "although the index has 10 articles from it, and nothing is removed" in refusal(
            index.update(Articles(share), **how)
        )


@pytest.mark.parametrize(("known", "gone", "is_refused"), [
    (1, 1, True), (2, 1, False), (3, 2, False), (4, 3, False), (4, 4, True), (5, 1, False), (5, 2, True),
    (8, 2, False), (8, 3, True), (10, 9, True), (40, 10, False), (40, 11, True),
])  # fmt: skip
def test_more_than_a_quarter_is_not_removed(
    index: Index, tmp_path: Path, known: int, gone: int, is_refused: bool
) -> None:
    write(tmp_path / "share", *range(known))
    index.update(Articles(tmp_path / "share"))
    for number in range(gone):
        (tmp_path / "share" / f"{number}.txt").unlink()
    changes = index.update(Articles(tmp_path / "share"), prune=True)
    if not is_refused:
        assert (changes.removed, changes.failures) == (gone, [])
        return
    sentence = refusal(changes)
    assert "--prune-all" in sentence
    assert gone == known or f"has lost {gone} articles of {known}, more than a quarter" in sentence
    assert counts(index.update(Articles(tmp_path / "share"), prune_all=True)) == (0, 0, gone, known - gone)


def test_new_articles_do_not_hide_what_is_gone(index: Index, share: Path) -> None:
    """Another disk in the place of the share is no reason to forget the share."""
    index.update(Articles(share))
    empty(share)
    write(share, *range(100, 200))
    changes = index.update(Articles(share), prune=True)
    assert "has lost 10 articles of 10" in refusal(changes)
    assert (changes.added, len(index)) == (100, 110)


def test_one_refused_root_keeps_the_others(index: Index, share: Path) -> None:
    write(share.with_name("other"), *range(20, 40))
    both = [share, share.with_name("other")]
    index.update(Articles(both))
    empty(share)
    (share.with_name("other") / "20.txt").unlink()
    assert refusal(index.update(Articles(both), prune=True))
    assert index.update(Articles(both[1]), prune=True).removed == 1


def test_a_feed_that_lost_its_lines_is_not_pruned(index: Index, tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    lines = [f'{{"id": "urn:a:{n}", "text": "Мақала {n}"}}\n' for n in range(20)]
    feed.write_text("".join(lines), "utf-8")
    index.update(Articles(feed))
    feed.write_text("".join(lines[:10]), "utf-8")
    assert "has lost 10 articles of 20" in refusal(index.update(Articles(feed), prune=True))
    feed.write_text("".join(lines[:15]), "utf-8")
    assert index.update(Articles(feed), prune=True).removed == 5


def test_an_iterable_is_held_to_the_same(index: Index) -> None:
    documents = [Document(id=str(n), text=f"Мақала {n}") for n in range(10)]
    index.update(documents)
    assert NOTHING_READ in refusal(index.update([], prune=True))
    assert "has lost 3 articles of 10" in refusal(index.update(documents[3:], prune=True))
    assert index.update(documents[2:], prune=True).removed == 2
    assert index.update([], prune_all=True).removed == 8


class Trouble:
    """A file system on which some files answer with an error."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, below: Path, code: int) -> None:
        self._below, self._code = str(below), code
        for name in ("stat", "lstat", "scandir", "listdir"):
            monkeypatch.setattr(os, name, self._failing(getattr(os, name)))

    def _failing(self, call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapper(path: Any = ".", *args: Any, **kwargs: Any) -> Any:
            if not isinstance(path, int) and os.fspath(path).startswith(self._below):
                raise OSError(self._code, os.strerror(self._code), os.fspath(path))
            return call(path, *args, **kwargs)

        return wrapper


@pytest.mark.parametrize("code", [errno.EIO, errno.ESTALE, errno.EACCES, errno.ETIMEDOUT, errno.ENOTCONN])
@pytest.mark.parametrize("pattern", ["", "*/*.txt"])
def test_what_does_not_answer_is_not_gone(
    index: Index, share: Path, code: int, pattern: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(share / "2024", 20)
    named = [share, share / pattern] if pattern else [share]
    index.update(Articles(named))
    with monkeypatch.context() as patched:
        Trouble(patched, share / "2024", code)
        changes = index.update(Articles(named), prune=True)
    assert (changes.removed, changes.unchanged, len(index)) == (0, 10, 11)
    assert not any(
        isinstance(failure, RefusedPrune) and NOTHING_READ in failure.error for failure in changes.failures[1:]
    )


def test_a_file_that_vanishes_while_others_are_read_is_not_gone(index: Index, share: Path) -> None:
    index.update(Articles(share))
    articles = Articles(share)
    (share / "9.txt").unlink()
    changes = index.update(articles, prune=True)
    assert (changes.removed, changes.failed) == (0, 1)
    assert index.update(Articles(share), prune=True).removed == 1


@pytest.fixture
def devices(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Return the devices of folders; all others are on the first one."""
    found: dict[str, str] = {}

    def device_of(path: str) -> str:
        around = [folder for folder in found if path.startswith(folder)]
        return found[max(around, key=len)] if around else "1:100"

    monkeypatch.setattr(folder_devices, "device_of", device_of)
    return found


@pytest.mark.parametrize("mounted", ["share", "share/2024", "share/2024/05"])
def test_articles_of_another_device_are_not_gone(
    index: Index, share: Path, devices: dict[str, str], mounted: str
) -> None:
    write(share / "2024" / "05", *range(20, 24))
    devices[str(share.parent / mounted)] = "2:200"
    index.update(Articles(share))
    del devices[str(share.parent / mounted)]
    (share / "2024" / "05" / "20.txt").unlink()
    assert "lies on another device than before, where one article of 14 are missing" in refusal(
        index.update(Articles(share), prune=True)
    )
    assert refusal(index.update(Articles(share / "2024"), prune=True))
    assert index.update(Articles(share), prune_all=True).removed == 1
    (share / "2024" / "05" / "21.txt").unlink()
    assert index.update(Articles(share), prune=True).removed == 1, "the new device is known from now on"


def test_a_disk_mounted_over_a_folder_is_another_device(index: Index, share: Path, devices: dict[str, str]) -> None:
    write(share / "2024", 20)
    index.update(Articles(share))
    devices[str(share / "2024")] = "2:200"
    (share / "2024" / "20.txt").rename(share / "2024" / "21.txt")
    index.update(Articles(share))  # does not get used to the new device while something is missing
    assert "another device" in refusal(index.update(Articles(share), prune=True))


def test_the_same_articles_on_another_device_are_accepted(index: Index, share: Path, devices: dict[str, str]) -> None:
    index.update(Articles(share))
    devices[str(share)] = "2:200"
    assert index.update(Articles(share)).unchanged == 10
    (share / "9.txt").unlink()
    assert index.update(Articles(share), prune=True).removed == 1


def test_an_empty_folder_on_another_device_is_not_pruned_even_on_request(
    index: Index, share: Path, devices: dict[str, str]
) -> None:
    devices[str(share)] = "2:200"
    index.update(Articles(share))
    del devices[str(share)]
    empty(share)
    assert "is its disk mounted?" in refusal(index.update(Articles(share), prune_all=True))


def test_a_file_system_keeps_its_identity_under_another_number(
    index: Index, share: Path, devices: dict[str, str]
) -> None:
    for before, after, is_refused in (("2:200", "3:200", False), ("2:200", "2:300", True), ("2:0", "3:0", True)):
        devices[str(share)] = before
        write(share, 9)
        index.rebuild(Articles(share))
        devices[str(share)] = after
        (share / "9.txt").unlink()
        changes = index.update(Articles(share), prune=True)
        assert (changes.removed, bool(changes.failures)) == (int(not is_refused), is_refused)


def test_an_older_index_learns_the_devices(index: Index, share: Path, devices: dict[str, str]) -> None:
    index.update(Articles(share))
    (generation,) = (share.parent / "index").glob("g*")
    (generation / "devices.json").unlink()
    index.update(Articles(share))
    assert device_file.read(generation) == {str(share): "1:100"}


def test_devices_outlive_upgrades_and_damage_is_told(index: Index, share: Path, devices: dict[str, str]) -> None:
    index.update(Articles(share))
    index.restore()
    (generation,) = (share.parent / "index").glob("g*")
    assert device_file.read(generation) == {str(share): "1:100"}
    file = generation / "devices.json"
    file.write_bytes(file.read_bytes().replace(b"100", b"101"))
    assert device_file.read(generation) == {}
    assert any("devices.json" in problem for problem in index.verify())
    index.update(Articles(share))
    assert list(index.verify()) == []


def test_moved_articles_keep_their_ids(index: Index, share: Path) -> None:
    index.update(Articles(share))
    moved = share.rename(share.with_name("archive"))
    assert counts(index.update(Articles(moved), prune=True)) == (0, 10, 0, 0)
    (moved / "9.txt").unlink()
    assert index.update(Articles(moved), prune=True).removed == 1


@pytest.mark.parametrize("named", [["share"], ["share", "other"]])
def test_a_rebuild_loses_no_root(index: Index, share: Path, named: list[str]) -> None:
    write(share.with_name("other"), 20)
    index.update(Articles([share, share.with_name("other")]))
    empty(share)
    changes = index.rebuild(Articles([share.parent / name for name in named]))
    assert counts(changes) == (0, 0, 0, 0)
    assert [failure.error for failure in changes.failures] == [f"{NOTHING_READ}, so the index stays as it was"]
    assert len(index) == 11
    assert len(list((share.parent / "index").glob("g*"))) == 1
