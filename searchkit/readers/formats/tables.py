"""Tables, ``.csv`` and ``.tsv``: an article a row, read row by row. The first row names the columns: see `records`.

Commas, semicolons, tabs and bars part columns, whichever of them gives the names that are looked for. All charsets of
text files are known.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.formats import records
from searchkit.readers.sources.charset import charset_of
from searchkit.readers.sources.files import LARGEST_ARTICLE, File

_DELIMITERS = ",;\t|"
_SAMPLE = 64 * 1024
_BROKEN = re.compile("[\udc80-\udcff]")
"""What bytes become that are no text in the charset of the file."""


def read(file: File) -> Iterator[Document]:
    """Yield the articles in `file`; raises `ArticleError`, after all good rows, if any was bad."""
    with file.open() as stream:
        sample = stream.read(_SAMPLE)
        if not sample.strip():
            raise ArticleError("is empty")
        charset = charset_of(sample)
    with file.open() as stream, io.TextIOWrapper(stream, charset, "surrogateescape", newline="") as text:
        yield from _rows(file, text)


def _rows(file: File, text: io.TextIOWrapper) -> Iterator[Document]:
    csv.field_size_limit(LARGEST_ARTICLE)
    names, delimiter = _heading(text.readline(LARGEST_ARTICLE), file.columns)
    rows, bad = _counted(csv.reader(text, delimiter=delimiter)), []
    for number, row in rows:
        file.consumed += sum(map(len, row))
        try:
            if any(map(str.strip, row)):
                yield records.document(_values(names, row), file, f"{file.id}:{number}")
        except ArticleError as error:
            bad.append(f"row {number} {error}")
    records.tell(bad, "rows")


def _counted(rows: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Yield rows with their numbers: the names of the columns are row 1."""
    try:
        yield from enumerate(rows, 2)
    except (csv.Error, UnicodeError) as error:
        raise ArticleError(f"is no table that can be read to its end: {error}") from error


def _heading(line: str, columns: Mapping[str, str]) -> tuple[list[str], str]:
    """Return the names of the columns and what parts them; raises `ArticleError` where none holds a title or text."""

    def found(delimiter: str) -> set[str]:
        return records.fields(_names(line, delimiter), columns)

    delimiter = max(_DELIMITERS, key=lambda each: (len(found(each)), line.count(each)))
    names = _names(line, delimiter)
    if not found(delimiter) & {"title", "text"}:
        shown = ", ".join(name.strip() for name in names)[:200]
        raise ArticleError(f"has no column for the text; name it, as in --columns text=NAME (there are: {shown})")
    return names, delimiter


def _names(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line.strip("\ufeff\r\n")], delimiter=delimiter), [])


def _values(names: list[str], row: list[str]) -> dict[str, str]:
    if any(map(_BROKEN.search, row)):
        raise ArticleError("is not in the charset of the rest")
    return dict(zip(names, row, strict=False))
