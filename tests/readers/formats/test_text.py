"""Plain text files have their title in the first line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.readers.reading import RUSSIAN, articles


@pytest.mark.parametrize("name", ["Сенат 22.09", "a.TXT ", "б"])
def test_files_without_a_suffix_are_read_as_text(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(RUSSIAN, "utf-8")
    assert [document.id for document in articles(tmp_path)] == [name]


def test_line_ends_and_title(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("\r\n\r\n Тақырып \r\n\r\nМәтін.\r\nТағы.\r\n".encode())
    (document,) = articles(tmp_path)
    assert (document.title, document.text) == ("Тақырып", "Мәтін.\nТағы.")


def test_line_breaks_of_word_processors(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Көпір\n\nЖаңа көпір.\vОл ашылды.\vКөлік жүрді.\v", "utf-8")
    (document,) = articles(tmp_path)
    assert (document.title, document.text.split()) == ("Көпір", "Жаңа көпір. Ол ашылды. Көлік жүрді.".split())


def test_a_long_first_line_is_no_title(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Сөз " * 200 + "\nМәтін.", "utf-8")
    (document,) = articles(tmp_path)
    assert document.title == ""
    assert document.text.endswith("Мәтін.")
