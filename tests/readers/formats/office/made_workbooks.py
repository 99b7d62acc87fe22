"""Make Excel workbooks from rows of cells."""

from __future__ import annotations

from collections.abc import Mapping

from tests.readers.formats.office.made_files import links, zipped

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STYLES = (
    "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='[$-419]dd\\ mmmm\\ yyyy'/>"
    "<numFmt numFmtId='165' formatCode='0.0\" days\"'/></numFmts><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/>"
    "<xf numFmtId='164'/><xf numFmtId='165'/><xf numFmtId='20'/></cellXfs></styleSheet>"
)
STRINGS = ["Заголовок", "Текст", "Дата", "Мост открыт", "В Алматы открыт новый мост.", "Прочее"]


def xlsx(sheets: Mapping[str, str], namespace: str = MAIN, others: Mapping[str, str] | None = None) -> bytes:
    """Return a workbook of sheets, each the XML of its rows."""
    r = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1))
    strings = "".join(
        f"<si><r><t>{text[:3]}</t></r><r><t>{text[3:]}</t></r><rPh><t>жоқ</t></rPh></si>" for text in STRINGS
    )
    members = {
        "_rels/.rels": links(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{namespace}" xmlns:r="{r}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": links(*(("worksheet", f"worksheets/s{n}.xml") for n, _ in enumerate(sheets, 1))),
        "xl/sharedStrings.xml": f'<sst xmlns="{namespace}">{strings}</sst>',
        "xl/styles.xml": STYLES.replace("<styleSheet", f'<styleSheet xmlns="{namespace}"'),
    }
    for number, rows in enumerate(sheets.values(), 1):
        sheet = f'<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData></worksheet>'
        members[f"xl/worksheets/s{number}.xml"] = sheet
    return zipped(members | dict(others or {}))


def row(*cells: str) -> str:
    """Return a row of cells."""
    return f"<row>{''.join(cells)}</row>"


def shared(*numbers: int) -> str:
    """Return cells that name shared texts."""
    return "".join(f'<c t="s"><v>{number}</v></c>' for number in numbers)


def number(value: str, style: int = 0) -> str:
    """Return a cell with a number in a style."""
    return f'<c s="{style}"><v>{value}</v></c>'


def inline(text: str) -> str:
    """Return a cell that has its text in it."""
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'
