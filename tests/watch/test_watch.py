"""Watching folders: what is whole, and real processes that index what arrives."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from searchkit import Index, SearchkitError
from searchkit.watch.pending_files import MAX_WAIT_SECONDS, RETRY_SECONDS, SETTLE_SECONDS, PendingFiles
from searchkit.watch.watch import Watch
from tests.watch.watching import Watching, counts


class Clock:
    """Time that goes by when a test says so."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_file_is_whole_when_it_keeps_still(tmp_path: Path, clock: Clock) -> None:
    path, pending = tmp_path / "a.txt", PendingFiles(clock)
    path.write_text("Бірінші", "utf-8")
    pending.add([str(path)])
    assert pending.take_whole() == set()
    clock.now = SETTLE_SECONDS
    path.write_text("Бірінші жол", "utf-8")
    assert pending.take_whole() == set()
    clock.now = 2 * SETTLE_SECONDS
    assert pending.take_whole() == {str(path)}
    assert pending.take_whole() == set()


def test_a_burst_is_one_batch(tmp_path: Path, clock: Clock) -> None:
    pending = PendingFiles(clock)
    for number in range(3):
        pending.add([str(tmp_path / f"{number}")])
        assert pending.take_whole() == set()
        clock.now += SETTLE_SECONDS / 2
    clock.now += SETTLE_SECONDS
    assert len(pending.take_whole()) == 3


def test_nobody_waits_for_ever(tmp_path: Path, clock: Clock) -> None:
    still, busy, pending = tmp_path / "still", tmp_path / "busy", PendingFiles(clock)
    pending.add([str(still), str(busy)])
    while clock.now < MAX_WAIT_SECONDS:
        busy.write_text("x" * int(1 + clock.now * 10))
        assert pending.take_whole() == set()
        clock.now += SETTLE_SECONDS / 2
    assert pending.take_whole() == {str(still)}


def test_a_file_that_failed_is_given_longer(tmp_path: Path, clock: Clock) -> None:
    pending = PendingFiles(clock)
    pending.add([str(tmp_path / "a")], RETRY_SECONDS)
    clock.now = RETRY_SECONDS - 0.1
    assert pending.take_whole() == set()
    clock.now = RETRY_SECONDS
    assert pending.take_whole() == {str(tmp_path / "a")}


def test_only_folders_are_watched(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Мәтін", "utf-8")
    with pytest.raises(SearchkitError, match="only folders can be watched"):
        Watch(Index.open(tmp_path / "index"), [str(tmp_path / "a.txt")], print)


def test_new_changed_and_removed(watch: Callable[..., Watching], folder: Path, tmp_path: Path) -> None:
    watching = watch("--prune")
    assert counts(watching.first) == (1, 0, 0, 0)
    (folder / "2024").mkdir()
    (folder / "2024" / "new.txt").write_text("Жаңа мақала\n\nКөпір.", "utf-8")
    assert counts(watching.next()) == (1, 0, 0, 0)
    (folder / "old.txt").write_text("Ескі мақала\n\nМұражай.", "utf-8")
    assert counts(watching.next()) == (0, 1, 0, 0)
    (folder / "old.txt").unlink()
    assert counts(watching.next()) == (0, 0, 1, 0)
    with Index.open(tmp_path / "index") as index:
        assert index.document("2024/new.txt").title == "Жаңа мақала"
        assert index.stats().documents == 1
    assert watching.end() == (0, "")


def test_a_folder_moved_in_and_a_burst(watch: Callable[..., Watching], folder: Path, tmp_path: Path) -> None:
    (tmp_path / "away" / "deep").mkdir(parents=True)
    for number in range(200):
        (tmp_path / "away" / "deep" / f"{number}.txt").write_text(f"Мақала {number}\n\nМәтін.", "utf-8")
    watching = watch()
    (tmp_path / "away").rename(folder / "here")
    assert counts(watching.next()) == (200, 0, 0, 0)
    for number in range(300):
        (folder / f"{number}.txt").write_text(f"Тағы {number}\n\nМәтін.", "utf-8")
    batches = watching.until(lambda batches: sum(int(str(batch["added"])) for batch in batches) == 300)
    assert len(batches) <= 5


def test_a_file_that_is_written_slowly(watch: Callable[..., Watching], folder: Path) -> None:
    watching = watch()
    with (folder / "slow.json").open("w", encoding="utf-8") as file:
        for part in ('{\n"title": "Жаңа",', '"text":', '"Мақала"', "}"):
            file.write(part)
            file.flush()
            time.sleep(SETTLE_SECONDS * 1.6)
    assert counts(watching.next()) == (1, 0, 0, 0)
    assert watching.end() == (0, "")


def test_a_broken_file_is_told_once_and_tried_again(watch: Callable[..., Watching], folder: Path) -> None:
    watching = watch()
    (folder / "a.json").write_text("broken", "utf-8")
    batch = watching.next()
    assert (counts(batch), batch["failures"]) == (
        (0, 0, 0, 1), [{"path": str(folder / "a.json"), "error": "line 1 is not JSON"}]
    )  # fmt: skip
    (folder / "a.json").write_text('{"text": "Мақала"}', "utf-8")
    assert counts(watching.next()) == (1, 0, 0, 0)
    assert watching.end() == (0, f"searchkit: {folder}/a.json: line 1 is not JSON\n")


def test_hidden_files_and_the_index_itself_are_left_alone(watch: Callable[..., Watching], folder: Path) -> None:
    watching = watch("--index", str(folder / "index"))
    (folder / ".hidden.txt").write_text("Жасырын", "utf-8")
    (folder / "photo.jpg").write_bytes(b"\xff")
    assert watching.is_silent(3 * SETTLE_SECONDS)
    (folder / "new.txt").write_text("Жаңа мақала", "utf-8")
    assert counts(watching.next()) == (1, 0, 0, 0)
    assert watching.is_silent(3 * SETTLE_SECONDS)
    assert watching.end(signal.SIGTERM)[1] == ""
