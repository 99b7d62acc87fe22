"""Files keep their ids, and no two files share one."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit import (
    Articles,
    Index,
)
from tests.samples import counts


def test_a_feed_with_two_records_of_one_id_settles(index: Index, tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_text('{"id": "1", "text": "Бірінші нұсқа"}\n{"id": "1", "text": "Екінші нұсқа"}\n', "utf-8")
    first = index.update(Articles(feed))
    assert counts(first) == (1, 0, 0, 0)
    assert [str(each) for each in first.replaced] == [
        f"feed.jsonl#1 stands in {feed} more than once, and the last of them counts"
    ]
    for _ in range(3):
        assert counts(index.update(Articles(feed))) == (0, 0, 0, 1)
        assert index.document("feed.jsonl#1").text == "Екінші нұсқа"


def test_lines_without_ids_keep_their_numbers(index: Index, tmp_path: Path) -> None:
    feed = tmp_path / "feed.jsonl"
    feed.write_text('{"text": "Бірінші"}\n{"text": "Екінші"}\n', "utf-8")
    assert counts(index.update(Articles(feed))) == (2, 0, 0, 0)
    assert counts(index.update(Articles(feed))) == (0, 0, 0, 2)
    assert index.document("feed.jsonl:2").text == "Екінші"


def test_however_a_path_is_written_it_is_the_same(
    index: Index, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.update(Articles(folder))
    (tmp_path / "link").symlink_to(folder, target_is_directory=True)
    monkeypatch.chdir(folder / "2024")
    for written in ("..", "../../articles", str(tmp_path / "link"), f"{folder}/../articles"):
        assert counts(index.update(Articles(written), prune=True)) == (0, 0, 0, 3)
    (folder / "1.txt").unlink()
    assert counts(index.update(Articles("../*.txt"), prune=True)) == (0, 0, 1, 1)


def test_a_file_keeps_its_id_when_indexed_from_a_folder_below(index: Index, folder: Path) -> None:
    index.update(Articles(folder))
    assert counts(index.update(Articles(folder / "2024"))) == (0, 0, 0, 1)
    assert counts(index.update(Articles(folder / "2024" / "3.txt"))) == (0, 0, 0, 1)
    assert index.stats().documents == 3


def test_a_name_that_is_not_utf8(index: Index, folder: Path) -> None:
    (folder / "bad\udcff.txt").write_text("Жаман ат\n\nМәтін бар.", "utf-8")
    assert counts(index.update(Articles(folder))) == (4, 0, 0, 0)
    assert index.document("bad\\xff.txt").title == "Жаман ат"
    assert counts(index.update(Articles(folder), prune=True)) == (0, 0, 0, 4)


def test_two_files_of_one_name_are_both_kept(index: Index, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "1.txt").write_text("Другая\n\nСовсем другая статья.", "utf-8")
    for _ in range(2):
        changes = index.update(Articles([folder, other]), prune=True)
        assert (changes.read, changes.removed, changes.failed) == (4, 0, 0)
        assert index.document("1.txt").title == "Бірінші"
        assert index.document("other/1.txt").title == "Другая"
    assert counts(index.update(Articles(other))) == (0, 0, 0, 1)


def test_a_folder_below_first_and_its_parent_later(index: Index, folder: Path) -> None:
    (folder / "2024" / "1.txt").write_text("Төртінші\n\nБасқа мақала.", "utf-8")
    assert counts(index.update(Articles(folder / "2024"))) == (2, 0, 0, 0)
    assert counts(index.update(Articles(folder), prune=True)) == (2, 0, 0, 2)
    assert counts(index.update(Articles(folder), prune=True)) == (0, 0, 0, 4)
    assert {index.document(id_).title for id_ in ("1.txt", "3.txt", "2.txt", "articles/1.txt")} == {
        "Бірінші", "Вторая", "Третья", "Төртінші",
    }  # fmt: skip


def test_one_file_named_twice_is_one_article(index: Index, folder: Path) -> None:
    assert counts(index.update(Articles([folder, folder / "2024", folder / "1.txt"]))) == (3, 0, 0, 0)
    assert index.stats().documents == 3


def test_a_moved_archive_keeps_its_ids(index: Index, folder: Path) -> None:
    index.update(Articles([str(folder)]))
    moved = folder.rename(folder.with_name("moved"))
    assert counts(index.update(Articles([str(moved)]))) == (0, 3, 0, 0)
    assert index.document("1.txt").path == str(moved / "1.txt")
