"""RTF is read as Word shows it: each construct of `rtf.txt`, and whole documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit import Articles, Document
from tests.conftest import cases

CASES = cases(Path(__file__).with_name("rtf.txt"))
FONTS = r"{\fonttbl{\f0\fnil\fcharset0 Arial;}{\f1\froman\fcharset204{\*\panose 02}Times{\*\falt T};}{\f2\fnil Other;}}"
HEAD = r"{\rtf1\ansi\ansicpg1252\deff0" + FONTS + r"{\colortbl;\red0;}{\stylesheet{\s0 Normal;}}"


def read(tmp_path: Path, data: bytes) -> tuple[Document, list[str]]:
    (tmp_path / "a.rtf").write_bytes(data)
    articles = Articles([tmp_path])
    (document,) = articles
    return document, [failure.error for failure in articles.failures]


@pytest.mark.parametrize(("body", "text"), CASES)
def test_all_that_is_shown_is_text(tmp_path: Path, body: str, text: str) -> None:
    document, failures = read(tmp_path, (HEAD + rf"\pard Title line\par {body}\par}}").replace("⏎", "\r\n").encode())
    assert document.title == "Title line"
    assert document.text == text.replace("⏎", "\n")
    assert failures == []


def test_the_charset_and_the_properties_of_a_document(tmp_path: Path) -> None:
    info = rb"{\info{\title x}{\author \'c0\'ef\'e0 \'cb\'f3\'e3\'ee\'e2\'e0}{\creatim\yr2018\mo9\dy12\hr1}}"
    head = rb"{\rtf1\ansi\ansicpg1251{\fonttbl{\f0\fnil Arial;}}" + info
    document, _ = read(
        tmp_path, head + b"\\f0 \\'cf\\'ee\\'f0\\'f2\\par " + "Открыт мост.".encode("cp1251") + b"\\par}\0"
    )
    assert (document.title, document.text) == ("Порт", "Открыт мост.")
    assert (document.author, document.date) == ("Апа Лугова", "2018-09-12")


def test_a_document_that_is_cut_off(tmp_path: Path) -> None:
    document, failures = read(tmp_path, (HEAD + r"\pard Title line\par The rest is {\b los").encode())
    assert document.text == "The rest is los"
    assert failures == ["is cut off; what could be read of it was taken"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (rb"{\rtf1\ansi{\pict 89504e47}}", "has no text in it"),
        (b"plain words", "is no RTF document, or a broken one"),
        (b"{\\rtf1" + b"{" * 100_000, "has no text in it"),
    ],
)
def test_broken_documents_fail_in_a_sentence(tmp_path: Path, data: bytes, sentence: str) -> None:
    (tmp_path / "a.rtf").write_bytes(data)
    articles = Articles([tmp_path])
    assert (list(articles), [failure.error for failure in articles.failures]) == ([], [sentence])
