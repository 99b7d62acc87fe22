from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from searchkit import Articles

KAZAKH = "Жаңа мектеп ашылды\n\nТүркістанда жаңа мектеп пайдалануға берілді. Оқушылар қуанышты."
RUSSIAN = "Открыта новая школа\n\nВ Туркестане открылась новая школа. Ученики довольны, учителя тоже."


def articles(*paths: Path | str) -> Articles:
    return Articles([str(path) for path in paths])


def failures(*paths: Path | str) -> dict[str, str]:
    found = articles(*paths)
    assert list(found) == []
    return {failure.path: failure.error for failure in found.failures}


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "kz1048", "ptcp154"])
def test_charsets_of_kazakh(tmp_path: Path, charset: str) -> None:
    (tmp_path / "a.txt").write_bytes(KAZAKH.encode(charset))
    (document,) = articles(tmp_path)
    assert (document.title, document.language) == ("Жаңа мектеп ашылды", "kk")
    assert "пайдалануға" in document.text


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "utf-16-le", "cp1251", "koi8-r", "cp866"])
def test_charsets_of_russian(tmp_path: Path, charset: str) -> None:
    (tmp_path / "a.txt").write_bytes(RUSSIAN.encode(charset))
    (document,) = articles(tmp_path)
    assert (document.title, document.language) == ("Открыта новая школа", "ru")
    assert "открылась" in document.text


@pytest.mark.parametrize("name", ["Сенат 22.09", "a.TXT ", "б"])
def test_names_without_an_ending_are_read_as_text(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(RUSSIAN, "utf-8")
    assert [document.id for document in articles(tmp_path)] == [name]


def test_reading_twice_notes_a_failure_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    found = articles(tmp_path, tmp_path / "nothing")
    for _ in range(2):
        assert list(found) == []
        assert [failure.error for failure in found.failures] == ["no such file or folder", "is empty"]


def test_line_ends_and_title(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("\r\n\r\n Тақырып \r\n\r\nМәтін.\r\nТағы.\r\n".encode())
    (document,) = articles(tmp_path)
    assert (document.title, document.text) == ("Тақырып", "Мәтін.\nТағы.")


def test_a_long_first_line_is_no_title(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Сөз " * 200 + "\nМәтін.", "utf-8")
    (document,) = articles(tmp_path)
    assert document.title == ""
    assert document.text.endswith("Мәтін.")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"\xef\xbb\xbf\n", "is empty"),
        (b"\x01\x02\x03" * 30, "is not text, or is in a charset that is not known here"),
        (bytes(range(256)) * 20, "is not text, or is in a charset that is not known here"),
        (gzip.compress(RUSSIAN.encode() * 9, mtime=0), "is not text, or is in a charset that is not known here"),
        (b"\x89PNG\r\n\x1a\n" + b"\0\1\2\3" * 99, "is not text, or is in a charset that is not known here"),
        (KAZAKH.encode()[:-30] + b"\xd0" + KAZAKH.encode()[-30:], "is broken UTF-8 (byte 131)"),
        (RUSSIAN.encode("utf-16")[:-1], "is broken UTF-16 (byte 185)"),
    ],
)
def test_what_is_no_text_gets_one_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    found = failures(path)
    assert list(found) == [str(path)]
    assert found[str(path)].split(" (byte")[0] == sentence.split(" (byte")[0]


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(200 * 2**20)
    assert failures(path) == {str(path): "is too large for one article (200 MB, at most 64)"}


def test_a_missing_path(tmp_path: Path) -> None:
    assert failures(tmp_path / "no.txt") == {str(tmp_path / "no.txt"): "no such file or folder"}
    assert failures(f"{tmp_path}/*.txt") == {f"{tmp_path}/*.txt": "no such file or folder"}


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_folder(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    assert list(failures(tmp_path)) == [str(tmp_path / "closed")]


def test_an_unreadable_folder_as_the_system_tells_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_a_link_that_leads_back_ends(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.txt").write_text(RUSSIAN, "utf-8")
    (tmp_path / "a" / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert [document.id for document in articles(tmp_path)] == ["a/1.txt"]


def test_a_link_to_nowhere_and_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "no.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    found = failures(tmp_path)
    assert set(found) == {str(tmp_path / "gone.txt"), str(tmp_path / "pipe.txt")}


def test_patterns_and_files(tmp_path: Path) -> None:
    for name in ("x/a.txt", "x/b.txt", "x/c.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(RUSSIAN, "utf-8")
    assert [d.id for d in articles(f"{tmp_path}/x/*.txt")] == ["a.txt", "b.txt"]
    assert [d.id for d in articles(f"{tmp_path}/**/*.txt")] == ["x/a.txt", "x/b.txt"]
    assert [d.id for d in articles(tmp_path / "x" / "c.md")] == ["c.md"]


def test_what_is_gone_from_what_was_named_is_covered(tmp_path: Path) -> None:
    found = articles(tmp_path)
    assert found.covers("a.txt", str(tmp_path / "a.txt"))
    assert found.covers("b/a.txt", str(tmp_path / "b" / "a.txt"))
    assert not found.covers("a.txt", str(tmp_path.parent / "a.txt"))
    assert not found.covers("a", "")
    (tmp_path / "a.txt").write_text("Осында", "utf-8")
    assert not found.covers("a.txt", str(tmp_path / "a.txt"))


def test_a_name_too_long_for_the_system(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(RUSSIAN, "utf-8")
    found = articles("б" * 300, tmp_path)
    assert len(list(found)) == 1
    assert [failure.error for failure in found.failures] == ["cannot be read: file name too long"]
