"""Results as a table, and the table as CSV or as a workbook for Excel."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

from searchkit.printable import harmless_cell, safe_link
from searchkit.results import Hit, Results
from searchkit.web.translations import Translations

Row = Sequence[str | int]

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MAX_CELL = 32_767
"""Characters of a cell in Excel."""

_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>'
)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="{type}" Target="{target}"/></Relationships>'
)
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_WORKBOOK = (
    f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
    '<sheets><sheet name="1" sheetId="1" r:id="rId1"/></sheets></workbook>'
)
_SHEET = (
    f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>'
    '<cols><col min="2" max="2" width="60"/><col min="3" max="6" width="20"/><col min="7" max="7" width="80"/></cols>'
    "<sheetData>{rows}</sheetData></worksheet>"
)


def rows(results: Results, texts: Translations) -> Iterator[Row]:
    """Yield the names of the columns, then a row for each hit."""
    names = ("title_column", "date_column", "source", "author", "language", "passage", "address")
    yield ("№", *map(texts, names), "id")
    yield from (_row(hit, texts) for hit in results)


def _row(hit: Hit, texts: Translations) -> Row:
    language = texts.article_language(hit.language)
    facts = (hit.title, hit.date, hit.source, hit.author, language, hit.snippet.text, safe_link(hit.url), hit.id)
    return (hit.rank, *facts)


def as_csv(table: Iterable[Row]) -> bytes:
    """Return a table as CSV that Excel opens as UTF-8, in which no cell is a formula."""
    written = StringIO()
    csv.writer(written).writerows(
        [harmless_cell(cell) if isinstance(cell, str) else cell for cell in row] for row in table
    )
    return written.getvalue().encode("utf-8-sig", "replace")


def as_workbook(table: Iterable[Row]) -> bytes:
    """Return a table as a workbook with one sheet, whose first row stays in view."""
    files = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _RELATIONS.format(type=f"{_OFFICE}/officeDocument", target="xl/workbook.xml"),
        "xl/workbook.xml": _WORKBOOK,
        "xl/_rels/workbook.xml.rels": _RELATIONS.format(type=f"{_OFFICE}/worksheet", target="worksheets/sheet1.xml"),
        "xl/worksheets/sheet1.xml": _SHEET.format(rows="".join(map(_sheet_row, table))),
    }
    written = BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, xml in files.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{xml}'.encode())
    return written.getvalue()


def _sheet_row(row: Row) -> str:
    return f"<row>{''.join(map(_sheet_cell, row))}</row>"


def _sheet_cell(cell: str | int) -> str:
    if isinstance(cell, int):
        return f"<c><v>{cell}</v></c>"
    text = escape(_NOT_IN_XML.sub(" ", cell)[:_MAX_CELL], quote=False)
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
