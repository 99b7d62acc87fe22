"""Files, folders and patterns are walked in order; unreachable ones fail."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path

import pytest

from searchkit import Articles, Index
from searchkit.readers.sources.passed_over import BACKUPS
from searchkit.readers.sources.paths import is_walked
from searchkit.readers.sources.walk import LINKS
from tests.conftest import cases
from tests.readers.reading import KAZAKH, RUSSIAN, articles, failures


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


@pytest.mark.parametrize(("name", "is_read"), cases(Path(__file__).with_name("passed_over.txt")))
@pytest.mark.parametrize("is_packed", [False, True])
def test_leftovers_of_programs_are_passed_over(name: str, is_read: str, is_packed: bool, tmp_path: Path) -> None:
    path = tmp_path / name.replace("\\r", "\r")
    if is_packed:
        with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
            archive.writestr(name.replace("\\r", "\r"), RUSSIAN)
    else:
        path.parent.mkdir(exist_ok=True)
        path.write_text(RUSSIAN, "utf-8")
    found = articles(tmp_path)
    assert len(list(found)) == (is_read == "yes")
    assert found.failures == []
    if not is_packed and not name.startswith("."):
        assert (BACKUPS in found.remarks) == (is_read == "no")
    if not is_packed and path.is_file():
        assert is_walked(str(tmp_path), str(path)) == (is_read == "yes")
        assert not articles(path).skipped and articles(path).total_bytes  # named itself, it is read


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """Return a folder with links into it, out of it, and through it."""
    outside, inside = tmp_path / "outside", tmp_path / "share"
    for folder in (outside, outside / "deep", inside, inside / "sub", tmp_path / "share2"):
        folder.mkdir()
    for path in (outside / "secret.txt", outside / "deep" / "b.txt", inside / "own.txt", tmp_path / "share2" / "c.txt"):
        path.write_text(RUSSIAN, "utf-8")
    (inside / "file.txt").symlink_to(outside / "secret.txt")
    (inside / "relative.txt").symlink_to("../share2/c.txt")
    (inside / "folder").symlink_to(outside, target_is_directory=True)
    (inside / "sub" / "chain.txt").symlink_to(inside / "file.txt")
    (inside / "sub" / "neighbour.txt").symlink_to(inside / "own.txt")
    return inside


def test_links_out_of_a_folder_are_refused_and_counted(linked: Path) -> None:
    found = articles(linked)
    for _ in range(2):
        assert [document.id for document in found] == ["own.txt", "sub/neighbour.txt"]
        assert found.remarks == {LINKS: 4}
        assert found.failures == []


def test_links_out_of_a_folder_are_followed_on_demand(linked: Path) -> None:
    found = Articles(linked, follow_links=True)
    assert [document.id for document in found] == [
        "file.txt", "own.txt", "relative.txt", "folder/secret.txt", "folder/deep/b.txt", "sub/chain.txt",
        "sub/neighbour.txt",
    ]  # fmt: skip
    assert found.remarks == {}


def test_links_behind_a_pattern_are_refused(linked: Path) -> None:
    for pattern in (f"{linked}/*.txt", f"{linked}/**/*.txt"):
        assert {"file.txt", "folder/secret.txt"}.isdisjoint(document.id for document in articles(pattern))
    assert len(list(articles(f"{linked}/*.txt"))) == 1


def test_a_link_that_is_named_itself_is_followed(linked: Path) -> None:
    assert len(list(articles(linked / "file.txt"))) == 1
    assert [document.id for document in articles(linked / "folder")] == ["secret.txt", "deep/b.txt"]


def test_links_that_change_are_refused_too(linked: Path) -> None:
    paths = [str(linked / name) for name in ("own.txt", "file.txt", "folder/secret.txt")]
    touched = Articles.touched([str(linked)], paths)
    assert [document.id for document in touched] == ["own.txt"]


def test_articles_behind_refused_links_are_not_gone(linked: Path) -> None:
    with Index.open(linked.parent / "index") as index:
        index.update(Articles(linked, follow_links=True))
        assert index.update(Articles(linked), prune=True).removed == 0


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX systems")
@pytest.mark.parametrize("name", [b"\xff.txt", b"\xec\xe0\xf2.txt", b"d\xfe/a.txt", b"\\xff\xff.txt"])
def test_a_file_whose_name_is_no_utf_8_is_not_gone(name: bytes, tmp_path: Path) -> None:
    folder = tmp_path / "a"
    path = folder / os.fsdecode(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(RUSSIAN, "utf-8")
    (folder / "b.txt").write_text(KAZAKH, "utf-8")
    with Index.open(tmp_path / "index") as index:
        assert index.update(articles(folder)).added == 2
        (stored,) = [document for document in articles(folder) if document.id != "b.txt"]
        found = articles(folder)
        assert not found.covers(stored.id, stored.path)
        path.write_bytes(b"")  # it cannot be read now
        assert index.update(articles(folder), prune=True).removed == 0
        path.unlink()
        assert articles(folder).covers(stored.id, stored.path)
        assert index.update(articles(folder), prune=True, prune_all=True).removed == 1


@pytest.mark.skipif(os.name != "posix", reason="names are bytes on POSIX systems")
def test_a_member_of_an_archive_whose_name_is_no_utf_8_is_not_gone(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode(b"\xff.zip")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", RUSSIAN)
    (document,) = articles(tmp_path)
    assert not articles(tmp_path).covers(document.id, document.path)
    path.unlink()
    assert articles(tmp_path).covers(document.id, document.path)


def test_many_bad_members_of_an_archive_are_one_failure(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for number in range(5_000):
            archive.writestr(f"{number}.txt", "")
        archive.writestr("good.txt", RUSSIAN)
    found = articles(tmp_path)
    assert [document.id for document in found] == ["a.zip/good.txt"]
    (failure,) = found.failures
    assert failure.path == str(tmp_path / "a.zip")
    assert failure.error.startswith("holds 5,000 files that cannot be read (0.txt, 1.txt, ")
    assert failure.error.endswith("9.txt and 4,990 more); the first is empty")
    assert found.partly_read == {failure.path}
