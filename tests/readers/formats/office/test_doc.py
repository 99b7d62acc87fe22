"""Old Word documents are read, whatever their suffix promises."""

from __future__ import annotations

from pathlib import Path
from struct import pack

import pytest

from searchkit import Articles
from searchkit.readers.formats.office.doc_properties import from_stream
from tests.readers.formats.office.made_doc import compound_file, word_6, word_97
from tests.readers.formats.office.made_files import word
from tests.readers.formats.office.test_word import TITLE, xml

MAIN = (
    "Акт\rСрок \x13 MERGEFIELD x \x14қазан\x15 көрсетілген\x02.\x05\rсотый двухсотый\r"
    'а\x07б\x07\x07ДЕЛАВЭР \x13 HYPERLINK "a" \x01\x14ссылка\x15\x0bстрока\x1fне\x1eраз\r'
)
PARTS = (MAIN, "\x02 Сноска.\r", "Колонтитул\r", "", "Замечание\r", "\x02 Концевая.\r", "Надпись.\r")


def read(tmp_path: Path, data: bytes, name: str = "a.doc") -> Articles:
    (tmp_path / name).write_bytes(data)
    return Articles([tmp_path])


def test_word_97(tmp_path: Path) -> None:
    articles = read(tmp_path, word_97(PARTS, deleted="сотый "))
    (document,) = articles
    lines = [line.strip() for line in document.text.split("\n") if line.strip()]
    assert document.title == "Акт"
    assert lines == [
        "Срок қазан көрсетілген.", "двухсотый", "а б", "ДЕЛАВЭР ссылка", "строка\u00adне-раз",
        "Сноска.", "Концевая.", "Надпись.",
    ]  # fmt: skip
    assert articles.failures == []
    assert articles.remarks == {"comments beside Word documents left out": 1}


@pytest.mark.parametrize("count", [1, 2**31])
def test_properties_that_are_damaged_do_no_harm(count: int) -> None:
    section = pack("<II", 0, count) + pack("<II", 4, 16) + pack("<II", 30, 6) + "Асел\0\0".encode("cp1251")
    properties = from_stream(bytes(44) + pack("<I", 48) + section)
    assert properties.author in ("Асел", "")


def test_word_6(tmp_path: Path) -> None:
    (document,) = read(tmp_path, word_6("Акт\rОткрыт мост через реку.\r"))
    assert (document.title, document.text) == ("Акт", "Открыт мост через реку.")


@pytest.mark.parametrize(
    "data",
    [
        word(TITLE + xml("[{Открыт мост через реку.}]")),
        r"{\rtf1\ansi\ansicpg1251 \'c0\'ea\'f2\par \'ce\'f2\'ea\'f0\'fb\'f2 \'ec\'ee\'f1\'f2 \'f7\'e5\'f0\'e5\'e7 "
        r"\'f0\'e5\'ea\'f3.\par}",
        "<html><head><title>Акт</title></head><body><h1>Акт</h1><p>Открыт мост через реку.</p></body></html>",
    ],
)
@pytest.mark.parametrize("name", ["a.doc", "a.rtf", "a.docx"])
def test_programs_give_the_suffix_to_other_formats(tmp_path: Path, data: bytes | str, name: str) -> None:
    (document,) = read(tmp_path, data if isinstance(data, bytes) else data.encode(), name)
    assert (document.title, document.text.strip()) == ("Акт", "Открыт мост через реку.")


BROKEN = {
    "encrypted": (word_97(PARTS, flags=0x0100), "is encrypted"),
    "encrypted docx": (compound_file({"EncryptedPackage": b"x"}), "is encrypted"),
    "excel": (compound_file({"Workbook": b"x"}), "is an old Excel workbook; save it as .xlsx"),
    "other": (compound_file({"Other": b"x"}), "is no Word document, or a broken one"),
    "the name of a file": (b"/etc/passwd", "is no Word document, or a broken one"),
    "no more than the first bytes": (word_97(PARTS)[:9], "is no Word document, or a broken one"),
    "cut": (word_97(PARTS)[:2000], "is no Word document, or a broken one"),
    "nothing": (word_97(["\r"]), "has no text in it"),
    "no pieces": (compound_file({"WordDocument": bytes(64)}), "is a Word document of a version"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_documents_fail_in_a_sentence(tmp_path: Path, name: str) -> None:
    articles = read(tmp_path, BROKEN[name][0])
    assert list(articles) == []
    (failure,) = articles.failures
    assert failure.error.startswith(BROKEN[name][1])
