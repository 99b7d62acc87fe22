"""Folders that vanish, come back, are other ones, or change where no event tells it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from searchkit import Changes, Index, RefusedPrune
from searchkit.watch.file_states import FileStates
from searchkit.watch.folder_events import FolderEvents
from searchkit.watch.watch import Watch
from tests.watch.watching import Watching, counts

GONE = "is gone; its articles stay in the index, and it is watched again when it is back"


def write(folder: Path, *numbers: int) -> None:
    folder.mkdir(exist_ok=True)
    for number in numbers:
        (folder / f"{number}.txt").write_text(f"Мақала {number}\n\nМәтін {number}.", "utf-8")


def errors(batch: dict[str, object]) -> list[str]:
    failures = batch["failures"]
    assert isinstance(failures, list)
    return [failure["error"] for failure in failures]


def size(index: Path) -> int:
    with Index.open(index) as opened:
        return len(opened)


@pytest.mark.parametrize("options", [[], ["--prune"], ["--prune-all"]])
def test_a_folder_that_goes_and_comes_back(
    watch: Callable[..., Watching], folder: Path, tmp_path: Path, options: list[str]
) -> None:
    watching = watch(*options)
    for round_ in range(2):
        folder.rename(tmp_path / "away")
        assert errors(watching.next()) == [GONE]
        assert size(tmp_path / "index") == 1 + round_
        (tmp_path / "away").rename(folder)
        back = watching.next()
        assert (counts(back), back["remarks"]) == ((0, 0, 0, 0), {"folders that are watched anew": 1})
        (folder / f"new{round_}.txt").write_text("Жаңа мақала", "utf-8")
        assert counts(watching.next()) == (1, 0, 0, 0)
    code, told = watching.end()
    assert (code, told.count(GONE)) == (0, 2)


def test_a_folder_that_is_deleted_and_made_again(watch: Callable[..., Watching], folder: Path, tmp_path: Path) -> None:
    write(folder, *range(9))
    watching = watch("--prune")
    shutil.rmtree(folder)
    write(folder, 100)
    batches = watching.until(lambda batches: any(batch["added"] for batch in batches))
    assert sum(int(str(batch["removed"])) for batch in batches) == 0
    told = " ".join(error for batch in batches for error in errors(batch))
    assert "has lost 10 articles of 10" in told or "although the index has 10 articles from it" in told
    write(folder, 101)
    assert counts(watching.next())[:3] == (1, 0, 0)
    assert size(tmp_path / "index") == 12


def test_most_files_deleted_at_once_are_not_removed(
    watch: Callable[..., Watching], folder: Path, tmp_path: Path
) -> None:
    write(folder, *range(9))
    watching = watch("--prune", "--walk-every", "1")
    for number in range(6):
        (folder / f"{number}.txt").unlink()
    batch = watching.next()
    assert "has lost 6 articles of 10, more than a quarter, and nothing is removed" in errors(batch)[0]
    assert watching.is_silent(3)  # told once, not after each walk
    assert size(tmp_path / "index") == 10


def test_a_disk_that_is_unmounted(watch: Callable[..., Watching], folder: Path, tmp_path: Path) -> None:
    command = ["mount", "-t", "tmpfs", "none", str(folder)]
    if sys.platform != "linux" or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("disks cannot be mounted here")
    try:
        write(folder, *range(10))
        watching = watch("--prune")
        (folder / "9.txt").write_text("Қайта жазылды", "utf-8")
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
    (folder / "old.txt").unlink()
    batches = watching.until(lambda batches: any(batch["failures"] for batch in batches))
    assert {batch["removed"] for batch in batches} == {0}
    assert size(tmp_path / "index") >= 10
    subprocess.run(command, check=True)
    try:
        write(folder, 50)
        watching.until(lambda batches: any(batch["added"] for batch in batches))
        assert size(tmp_path / "index") >= 11
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


class Ended(Exception):
    """Ends a watch."""


def test_a_walk_finds_what_no_event_tells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such as a change that another machine makes on a share."""
    write(tmp_path / "news", *range(10))
    told: list[Changes] = []

    def deaf(events: FolderEvents) -> object:
        while True:
            yield set()
            time.sleep(0.05)

    def tell(changes: Changes) -> None:
        told.append(changes)
        news = tmp_path / "news"
        if len(told) == 1:
            write(news, 20)
        elif changes.added:
            (news / "20.txt").write_text("Жаңа мәтін", "utf-8")
        elif changes.changed:
            (news / "0.txt").unlink()
        elif changes.removed:
            for number in range(1, 6):
                (news / f"{number}.txt").unlink()
        else:
            raise Ended

    monkeypatch.setattr(FolderEvents, "__iter__", deaf)
    with Index.open(tmp_path / "index") as index:
        with pytest.raises(Ended):
            Watch(index, [str(tmp_path / "news")], tell, prune=True, walk_seconds=0.1).run()
        assert len(index) == 10
    assert [(each.added, each.changed, each.removed, each.failed) for each in told] == [
        (10, 0, 0, 0), (1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1),
    ]  # fmt: skip
    assert isinstance(told[-1].failures[0], RefusedPrune)


def test_states_tell_only_what_has_changed(tmp_path: Path) -> None:
    write(tmp_path / "news", 1, 2)
    states = FileStates([str(tmp_path / "news"), str(tmp_path / "nowhere")])
    assert states.changed() == {str(tmp_path / "news" / f"{number}.txt") for number in (1, 2)}
    assert states.changed() == set()
    write(tmp_path / "news", 3)
    (tmp_path / "news" / "1.txt").write_text("Басқа", "utf-8")
    assert states.changed() == {str(tmp_path / "news" / f"{number}.txt") for number in (1, 3)}
