"""Files, folders and patterns are walked in order; unreachable ones fail."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.readers.reading import RUSSIAN, articles, failures


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(200 * 2**20)
    assert failures(path) == {str(path): "is too large for one article (200 MB, at most 64)"}


def test_a_missing_path_fails(tmp_path: Path) -> None:
    assert failures(tmp_path / "no.txt") == {str(tmp_path / "no.txt"): "no such file or folder"}
    assert failures(f"{tmp_path}/*.txt") == {f"{tmp_path}/*.txt": "no such file or folder"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_folder(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    assert list(failures(tmp_path)) == [str(tmp_path / "closed")]


def test_an_unreadable_folder_fails_with_the_system_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    real = os.scandir

    def scandir(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert failures(tmp_path) == {str(tmp_path / "closed"): "cannot be read: permission denied"}


def test_folders_are_walked_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".git/x.txt", "b/.y.txt", "photo.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(RUSSIAN, "utf-8")
    found = articles(tmp_path)
    assert [document.id for document in found] == ["a.txt", "b/1.txt", "b/2.txt"]
    assert found.skipped == {".jpg": 1}
    assert found.failures == []


def test_a_cyclic_link_is_walked_once(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.txt").write_text(RUSSIAN, "utf-8")
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert [document.id for document in articles(tmp_path)] == ["a/1.txt"]


def test_broken_links_and_pipes_fail(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "no.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    found = failures(tmp_path)
    assert set(found) == {str(tmp_path / "gone.txt"), str(tmp_path / "pipe.txt")}


def test_patterns_and_single_files(tmp_path: Path) -> None:
    for name in ("x/a.txt", "x/b.txt", "x/c.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(RUSSIAN, "utf-8")
    assert [d.id for d in articles(f"{tmp_path}/x/*.txt")] == ["a.txt", "b.txt"]
    assert [d.id for d in articles(f"{tmp_path}/**/*.txt")] == ["x/a.txt", "x/b.txt"]
    assert [d.id for d in articles(tmp_path / "x" / "c.md")] == ["c.md"]


def test_a_name_too_long_for_the_system_fails(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RUSSIAN, "utf-8")
    found = articles("б" * 300, tmp_path)
    assert len(list(found)) == 1
    assert [failure.error for failure in found.failures] == ["cannot be read: file name too long"]
