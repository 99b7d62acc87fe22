"""Results as files that other programs open."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO
from pathlib import Path
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from starlette.testclient import TestClient

from searchkit import Document, Index
from searchkit.web.app import create
from searchkit.web.settings import Settings
from tests.web.test_pages import hits

QUERY = "?q=тасқын&lang=kk&ui=en"


def cells(workbook: bytes) -> list[list[str]]:
    """Return the rows of the first sheet of a workbook."""
    sheet = ElementTree.fromstring(ZipFile(BytesIO(workbook)).read("xl/worksheets/sheet1.xml"))
    return [["".join(cell.itertext()) for cell in row] for row in sheet.iterfind(".//{*}row")]


def test_csv_and_workbook_hold_the_same_rows_as_the_page(client: TestClient) -> None:
    response = client.get("/export.csv" + QUERY)
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"] == 'attachment; filename="articles.csv"'
    header, *rows = csv.reader(StringIO(response.content.decode("utf-8-sig")))
    assert header == ["№", "Title", "Date", "Source", "Author", "Language", "Passage", "Address", "id"]
    page = client.get("/" + QUERY + "&per=50").text
    titles = [each.replace("<mark>", "").replace("</mark>", "") for each in hits(page)]
    assert [row[1] for row in rows] == titles
    assert [row[0] for row in rows] == [str(n) for n in range(1, len(rows) + 1)]
    assert cells(client.get("/export.xlsx" + QUERY).content) == [header, *rows]


def test_a_page_for_word_has_passages_with_marks(client: TestClient) -> None:
    page = client.get("/export.html" + QUERY)
    assert page.headers["content-disposition"].endswith('"articles.html"')
    assert "<mark>тасқын" in page.text
    assert "<script" not in page.text
    assert "stylesheet" not in page.text


@pytest.mark.parametrize("title", ["=HYPERLINK(1)", "+7 701", "-тасқын", "@тасқын"])
def test_no_cell_of_a_csv_file_is_a_formula(tmp_path: Path, title: str) -> None:
    with Index.open(tmp_path / "index") as index:
        index.update([Document(id="1", title=title, text="Тасқын\x00 <басталды> & бітті")])
    client = TestClient(create(Settings(tmp_path / "index")), base_url="http://localhost")
    _, row = csv.reader(StringIO(client.get("/export.csv?q=тасқын").content.decode("utf-8-sig")))
    assert row[1] == f"'{title}"
    _, cell = cells(client.get("/export.xlsx?q=тасқын").content)
    assert cell[1] == title
    assert cell[6] == "Тасқын  <басталды> & бітті"


def test_too_long_a_query_is_no_file(client: TestClient) -> None:
    assert client.get("/export.csv?q=" + "а" * 501).status_code == 422
