"""Excel workbooks, ``.xlsx``: the cells of all sheets as they are stored.

openpyxl and calamine refuse workbooks whose parts are bound a little otherwise than Excel does it,
and calamine fills the whole rectangle between distant cells; here rows are read one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.formats import xml_tree
from searchkit.readers.formats.office import sheets
from searchkit.readers.formats.office.opc import links_of, target_of
from searchkit.readers.formats.xml_tree import attribute, child, descendants, local_name
from searchkit.readers.formats.zip_package import ZipPackage
from searchkit.readers.sources.files import File

_DATE_FORMATS = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""The numbers of the formats of dates and times that Excel has built in."""
_LITERALS = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]')
"""What a number format shows as it stands, its colours and its conditions."""
_LETTERS = re.compile(r"[A-Z]{1,3}")
_EPOCH, _EPOCH_OF_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_MOST_COLUMNS = 1000
_LAST_DAY = 2_958_465
"""The 31st of December 9999."""


def read(file: File) -> Iterator[Document]:
    """Yield the articles in `file`; raises `ArticleError`, if possible after all good ones."""
    workbook = Workbook(ZipPackage(file.read(), "Excel workbook"))
    yield from sheets.to_documents(workbook.sheets(), file)
    if workbook.is_incomplete:
        file.remark("workbooks without sheets, of which only the texts were taken")


@dataclass(frozen=True, slots=True)
class _Dates:
    """Which styles of cells show numbers as dates, and from which day on."""

    styles: frozenset[int]
    epoch: datetime

    def shown(self, number: str, style: str) -> str:
        """Return a number as it is read: a whole one, a decimal one, a day, a time."""
        try:
            value = float(number)
        except ValueError:
            return number
        if style.isdecimal() and int(style) in self.styles and 0 <= value < _LAST_DAY:
            moment = self.epoch + timedelta(seconds=round(value * 86400))
            return moment.strftime("%H:%M") if value < 1 else moment.isoformat().removesuffix("T00:00:00")
        return f"{value:.15g}" if abs(value) < 1e15 else number


class Workbook:
    """The sheets of a workbook."""

    def __init__(self, package: ZipPackage) -> None:
        """Find the parts of a workbook; raises `ArticleError` where there are none."""
        self._package = package
        self._part = target_of(links_of(package, ""), "officeDocument", "xl/workbook.xml")
        self._links = links_of(package, self._part)
        self._strings = list(self._shared_strings())
        self._sheet_parts = dict(self._named_sheets()) or dict(self._found_sheets())
        self.is_incomplete = not self._sheet_parts
        """Whether the texts of the cells are there, but no sheets."""
        if not (self._sheet_parts or self._strings):
            raise ArticleError("is no Excel workbook, or a broken one")
        self._dates = self._read_dates()

    def sheets(self) -> Iterator[sheets.Sheet]:
        """Yield the sheets in their order."""
        for name, part in self._sheet_parts.items():
            yield sheets.Sheet(name, self._rows(part))
        if self.is_incomplete:
            yield sheets.Sheet("", ([text] for text in self._strings))

    def _named_sheets(self) -> Iterator[tuple[str, str]]:
        root = self._package.xml_or_none(self._part)
        for sheet in descendants(root, "sheet") if root is not None else ():
            link = self._links.get(attribute(sheet, "id"))
            if link and link.kind == "worksheet" and link.target in self._package:
                yield attribute(sheet, "name"), link.target

    def _found_sheets(self) -> Iterator[tuple[str, str]]:
        parts = (name for name in self._package.names if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name))
        for number, part in enumerate(sorted(parts, key=lambda name: (len(name), name)), 1):
            yield str(number), part

    def _shared_strings(self) -> Iterator[str]:
        part = target_of(self._links, "sharedStrings", "xl/sharedStrings.xml")
        if part in self._package:
            yield from map(_text, xml_tree.stream(self._package.read(part), "si"))

    def _read_dates(self) -> _Dates:
        root = self._package.xml_or_none(target_of(self._links, "styles", "xl/styles.xml"))
        workbook = self._package.xml_or_none(self._part)
        properties = child(workbook, "workbookPr")
        is_1904 = properties is not None and attribute(properties, "date1904") in ("1", "true")
        formats = child(root, "cellXfs")
        own = {
            attribute(each, "numFmtId"): attribute(each, "formatCode")
            for each in (descendants(root, "numFmt") if root is not None else ())
        }
        return _Dates(
            frozenset(
                number
                for number, each in enumerate(() if formats is None else formats)
                if _is_date(attribute(each, "numFmtId"), own)
            ),
            _EPOCH_OF_1904 if is_1904 else _EPOCH,
        )

    def _rows(self, part: str) -> Iterator[list[str]]:
        """Yield the texts of the cells of each row; cells behind the first row are not apart."""
        columns: Sequence[int] | None = None
        for row in xml_tree.stream(self._package.read(part), "row"):
            cells: dict[int, str] = {}
            for cell in row:
                column = _column(attribute(cell, "r"), len(cells))
                cells[column] = self._cell(cell)
            if any(cells.values()):
                columns = _columns(cells) if columns is None else columns
                others = cells.keys() - set(columns) if max(cells) >= len(columns) else ()
                yield [cells.get(column, "") for column in columns] + [cells[column] for column in sorted(others)]

    def _cell(self, cell: Any) -> str:
        value, kind = child(cell, "v"), attribute(cell, "t")
        text = "" if value is None else value.text or ""
        if kind == "inlineStr":
            return _text(cell)
        if kind == "s":
            with suppress(ValueError, IndexError):
                return self._strings[int(text)]
            return ""
        return self._dates.shown(text, attribute(cell, "s")) if kind in ("", "n") else text


def _columns(cells: Mapping[int, str]) -> Sequence[int]:
    """Return the columns of a sheet's first row; of very many, those that are used."""
    return range(max(cells) + 1) if max(cells) < _MOST_COLUMNS else sorted(cells)


def _is_date(number: str, own: dict[str, str]) -> bool:
    if number in own:
        return bool(re.search("[ymdhs]", _LITERALS.sub("", own[number]), re.IGNORECASE))
    return number.isdecimal() and int(number) in _DATE_FORMATS


def _text(element: Any) -> str:
    """Return the text of a string, without the readings of its characters."""
    return "".join(
        each.text or "" for each in descendants(element, "t") if local_name(each.getparent()) != "rPh"
    ).strip()


def _column(reference: str, default: int) -> int:
    """Return the number of the column of a cell such as ``AB12``, from 0."""
    letters = _LETTERS.match(reference)
    if letters is None:
        return default
    number = 0
    for letter in letters[0]:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
