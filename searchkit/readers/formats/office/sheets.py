"""The articles of a spreadsheet: its rows where it has a column of texts, else its whole text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.parts import Part
from searchkit.readers.formats import records
from searchkit.readers.record_ids import is_global_id
from searchkit.readers.sources.files import LARGEST_ARTICLE, File


class Sheet(NamedTuple):
    """A sheet of a spreadsheet."""

    name: str
    rows: Iterator[list[str]]
    """The texts of the cells of each row that is not empty."""


def to_documents(sheets: Iterable[Sheet], file: File) -> Iterator[Document]:
    """Yield the articles of a spreadsheet.

    Raises:
        ArticleError: Some rows are bad, or there is no text; all good articles come first.
    """
    problems: list[str] = []
    rest, is_empty = _Rest(), True
    for sheet_number, sheet in enumerate(sheets):
        header = next(sheet.rows, [])
        if "text" in records.known_fields(header, file.columns):
            for document in _records(sheet, header, file, problems):
                is_empty = False
                yield document if sheet_number == 0 else _with_id_of_sheet(document, sheet.name, file)
        else:
            rest.add(sheet, header)
    if rest.lines:
        yield rest.document(file)
    elif is_empty and not problems:
        raise ArticleError("has no text in it")
    records.raise_problems(problems, "rows")


def _records(sheet: Sheet, header: Sequence[str], file: File, problems: list[str]) -> Iterator[Document]:
    unknown = [name for name in header if name and not records.known_fields([name], file.columns)]
    if unknown:
        file.remark("columns of spreadsheets left out", len(unknown))
    for number, row in enumerate(sheet.rows, 2):
        try:
            record = dict(zip(header, row, strict=False))
            yield records.to_document(record, file, f"{file.id}#{sheet.name}:{number}")
        except ArticleError as error:
            problems.append(f"row {number} of the sheet {sheet.name} {error}")


def _with_id_of_sheet(document: Document, sheet: str, file: File) -> Document:
    """Return a document of a further sheet, which may number its rows like the first one."""
    is_distinct = is_global_id(document.id) or document.id.startswith(f"{file.id}#")
    return document if is_distinct else document.with_id(f"{file.id}#{sheet}:{document.id}")


@dataclass
class _Rest:
    """The lines of the sheets that have no column of texts, one after another."""

    lines: list[str] = field(default_factory=list)
    _size: int = 0
    _parts: list[Part] = field(default_factory=list)

    def add(self, sheet: Sheet, first_row: list[str]) -> None:
        """Append a sheet, a line for each row."""
        start = self._size
        for row in chain([first_row], sheet.rows):
            line = " ".join(" ".join(filter(None, row)).split())
            if line:
                self.lines.append(line)
                self._size += len(line) + 1
            if self._size > LARGEST_ARTICLE:
                raise ArticleError("is too large for one article, and has no column for the text of several")
        if self._size > start:
            self._parts.append(Part(sheet.name, start, "chapter"))

    def document(self, file: File) -> Document:
        """Return the article, whose parts are the sheets if there are several."""
        parts = tuple(self._parts) if len(self._parts) > 1 else ()
        return Document(
            id=file.id,
            title=Path(file.id).stem.replace("_", " "),
            text="\n".join(self.lines),
            path=file.absolute_path,
            parts=parts,
        )
