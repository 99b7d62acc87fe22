"""Spreadsheets: rows are articles where there is a column of texts, else all cells are one."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit import Articles, Document
from tests.readers.formats.office.made_files import zipped
from tests.readers.formats.office.made_workbooks import MAIN, STRICT, inline, number, row, shared, xlsx


def read(tmp_path: Path, data: bytes, name: str = "Қала_көпірі.xlsx") -> tuple[list[Document], Articles]:
    (tmp_path / name).write_bytes(data)
    articles = Articles([tmp_path])
    return list(articles), articles


@pytest.mark.parametrize("namespace", [MAIN, STRICT])
def test_rows_are_articles(tmp_path: Path, namespace: str) -> None:
    rows = (
        row(shared(0, 1, 2, 5)) + row(shared(3, 4), number("43355", 1)) + row() + row(inline("Екі"), inline("Көпір."))
    )
    (first, second), articles = read(tmp_path, xlsx({"Лист1": rows}, namespace))
    assert (first.title, first.text, first.date) == ("Мост открыт", "В Алматы открыт новый мост.", "2018-09-12")
    assert (second.title, second.text) == ("Екі", "Көпір.")
    assert (first.id, articles.failures) == ("Қала_көпірі.xlsx#Лист1:2", [])
    assert articles.remarks == {"columns of spreadsheets left out": 1}


def test_ids_of_several_sheets_do_not_meet(tmp_path: Path) -> None:
    rows = row(inline("id"), inline("text")) + row(number("1"), inline("Көпір."))
    documents, _ = read(tmp_path, xlsx({"А": rows, "Б": rows}), "a.xlsx")
    assert [document.id for document in documents] == ["a.xlsx#1", "a.xlsx#Б:1"]


def test_other_sheets_are_one_article_with_parts(tmp_path: Path) -> None:
    first = row(
        inline("Кесте"), number("35000"), number("0.1"), number("43355.5", 2), number("7", 3), number("0.4375", 4)
    )
    second = row('<c r="XFD9" t="b"><v>1</v></c>', '<c t="str"><f>A1</f><v>нәтиже</v></c>', '<c t="s"><v>99</v></c>')
    (document,), _ = read(tmp_path, xlsx({"Бірінші": first, "Бос": "", "Екінші": second}))
    assert document.title == "Қала көпірі"
    assert document.text == "Кесте 35000 0.1 2018-09-12T12:00:00 7 10:30\nнәтиже 1"
    assert [part.name for part in document.parts] == ["Бірінші", "Екінші"]


def test_workbooks_that_are_bound_badly(tmp_path: Path) -> None:
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{row(shared(3))}</sheetData></worksheet>'
    strings = (
        f'<sst xmlns="{MAIN}"><si><t>а</t></si><si><t>б</t></si><si><t>в</t></si><si><t>Көпір ашылды</t></si></sst>'
    )
    (document,), _ = read(tmp_path, zipped({"xl/worksheets/sheet1.xml": sheet, "xl/sharedStrings.xml": strings}))
    assert document.text == "Көпір ашылды"
    (document,), articles = read(tmp_path, zipped({"xl/sharedStrings.xml": strings}))
    assert document.text == "а\nб\nв\nКөпір ашылды"
    assert articles.remarks == {"workbooks without sheets, of which only the texts were taken": 1}
    assert articles.failures == []


BROKEN = {
    "empty": (xlsx({"A": ""}, others={"xl/sharedStrings.xml": "<sst/>"}), "has no text in it"),
    "not a workbook": (zipped({"a.txt": "x"}), "is no Excel workbook, or a broken one"),
    "broken XML": (xlsx({"A": "<row><c></row>"}), "holds broken XML"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_workbooks_fail_in_a_sentence(tmp_path: Path, name: str) -> None:
    documents, articles = read(tmp_path, BROKEN[name][0])
    assert (documents, [failure.error for failure in articles.failures]) == ([], [BROKEN[name][1]])
