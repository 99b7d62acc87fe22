"""Pruning removes the documents that are gone from the source, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit import (
    ArticleNotFound,
    Articles,
    Index,
)
from tests.samples import SCHOOL, THEATRE, counts


def test_prune_removes_what_is_not_given(index: Index) -> None:
    index.update([SCHOOL, THEATRE])
    assert counts(index.update([SCHOOL])) == (0, 0, 0, 1)
    assert counts(index.update([SCHOOL], prune=True)) == (0, 0, 1, 1)
    assert [d.id for d in (index.document("a"),)] == ["a"]
    with pytest.raises(ArticleNotFound):
        index.document("b")


def test_prune_keeps_to_the_given_paths(index: Index, folder: Path) -> None:
    index.update([SCHOOL])
    index.update(Articles([str(folder)]))
    (folder / "1.txt").unlink()
    (folder / "2024" / "3.txt").rename(folder / "2024" / "4.txt")
    assert counts(index.update(Articles([str(folder / "2024")]), prune=True)) == (1, 0, 1, 0)
    assert counts(index.update(Articles([str(folder)]), prune=True)) == (0, 0, 1, 2)
    assert index.document("a") == SCHOOL


def test_prune_keeps_what_could_not_be_read(index: Index, folder: Path) -> None:
    index.update(Articles([str(folder)]))
    (folder / "1.txt").write_bytes(b"")
    changes = index.update(Articles([str(folder)]), prune=True)
    assert (counts(changes), changes.failed) == ((0, 0, 0, 2), 1)
    assert index.document("1.txt").title == "Бірінші"


def test_prune_of_a_missing_folder_removes_nothing(index: Index, folder: Path) -> None:
    index.update(Articles([str(folder)]))
    folder.rename(folder.with_name("away"))
    changes = index.update(Articles([str(folder)]), prune=True)
    assert (changes.removed, changes.failed) == (0, 1)


def test_prune_with_a_name_too_long_for_the_system(index: Index, folder: Path) -> None:
    index.update(Articles(folder))
    (folder / "1.txt").unlink()
    changes = index.update(Articles(["б" * 300, folder]), prune=True)
    assert (counts(changes), changes.failed) == ((0, 0, 1, 2), 1)


def test_prune_keeps_what_is_there_though_it_was_not_met(index: Index, folder: Path) -> None:
    (folder / ".hidden.txt").write_text("Жасырын\n\nМәтін.", "utf-8")
    (folder / "notes.rtf").write_text("Жазба\n\nМәтін.", "utf-8")
    index.update(Articles([folder / ".hidden.txt", folder / "notes.rtf", folder]))
    assert counts(index.update(Articles(folder), prune=True)) == (0, 0, 0, 3)


def test_prune_sees_what_is_gone_from_patterns_links_and_feeds(index: Index, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "else").mkdir()
    (tmp_path / "else" / "4.txt").write_text("Төртінші\n\nМәтін.", "utf-8")
    (folder / "link").symlink_to(tmp_path / "else", target_is_directory=True)
    feed = folder / "feed.jsonl"
    feed.write_text('{"id": "x", "text": "Бір"}\n{"id": "y", "text": "Екі"}\n', "utf-8")
    index.update(Articles(folder, follow_links=True))
    (folder / "1.txt").unlink()
    assert counts(index.update(Articles(f"{folder}/**/*.txt", follow_links=True), prune=True)) == (0, 0, 1, 3)
    (tmp_path / "else" / "4.txt").unlink()
    feed.write_text('{"id": "x", "text": "Бір"}\n', "utf-8")
    assert counts(index.update(Articles(folder, follow_links=True), prune_all=True)) == (0, 0, 2, 3)


def test_a_dangling_link_does_not_keep_its_article(index: Index, folder: Path, tmp_path: Path) -> None:
    for name in ("4.txt", "5.txt"):
        (tmp_path / name).write_text(f"Төртінші {name}\n\nМәтін.", "utf-8")
        (folder / name).symlink_to(tmp_path / name)
    (folder / "also.txt").symlink_to(folder / "1.txt")
    assert counts(index.update(Articles(folder, follow_links=True))) == (6, 0, 0, 0)
    (tmp_path / "4.txt").unlink()
    (folder / "1.txt").unlink()
    changes = index.update(Articles(folder, follow_links=True), prune_all=True)
    assert counts(changes) == (0, 0, 3, 3)
    assert {failure.error for failure in changes.failures} == {"cannot be read: a link to a file that is gone"}
    (folder / "5.txt").unlink()
    (folder / "5.txt").symlink_to("5.txt")
    assert index.update(Articles(folder, follow_links=True), prune=True).removed == 1
