"""OpenDocument files are read as they are shown, in packages and flat."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit import Articles, Document
from tests.conftest import cases
from tests.readers.formats.office.made_files import zipped
from tests.readers.formats.office.made_odf import flat, packed

CASES = cases(Path(__file__).with_name("odf.txt"))


def read(tmp_path: Path, data: bytes, name: str) -> tuple[list[Document], list[str]]:
    (tmp_path / name).write_bytes(data)
    articles = Articles([tmp_path])
    return list(articles), [failure.error for failure in articles.failures]


@pytest.mark.parametrize("suffix", [".odt", ".fodt"])
@pytest.mark.parametrize(("body", "text"), CASES)
def test_all_that_is_shown_is_text(tmp_path: Path, body: str, text: str, suffix: str) -> None:
    body = f"<text:h>Хаттама</text:h>{body}"
    data = packed(body) if suffix == ".odt" else flat(body).encode()
    (document,), failures = read(tmp_path, data, f"a{suffix}")
    assert (document.title, document.text) == ("Хаттама", text.replace("⏎", "\n"))
    assert (document.author, document.date, document.tags, failures) == ("Әсел", "2019-03-04", ("су",), [])


def cell(text: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}><text:p>{text}</text:p></table:table-cell>"


def test_rows_of_a_spreadsheet_are_articles(tmp_path: Path) -> None:
    day = cell("12.09.18", 'office:date-value="2018-09-12"')
    blank = '<table:table-cell table:number-columns-repeated="16000"/>'
    rows = [cell("Дата") + cell("Текст") + blank, day + cell("Көпір ашылды."), blank]
    table = "".join(f"<table:table-row>{each}</table:table-row>" for each in rows)
    (document,), failures = read(
        tmp_path, packed(f'<table:table table:name="Парақ">{table}</table:table>', "spreadsheet"), "a.ods"
    )
    assert (document.text, document.date, document.id) == ("Көпір ашылды.", "2018-09-12", "a.ods#Парақ:2")
    assert failures == []


BROKEN = {
    "encrypted": (packed("", manifest="<manifest:encryption-data/>"), "is encrypted"),
    "nothing": (packed("<text:p/>"), "has no text in it"),
    "another zip": (zipped({"a": "b"}), "is no OpenDocument file, or a broken one: it has no content.xml"),
    "other XML": (b"<a/>", "is XML, but no OpenDocument file"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_fail_in_a_sentence(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, BROKEN[name][0], "a.odt") == ([], [BROKEN[name][1]])
