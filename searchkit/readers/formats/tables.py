"""Tables, ``.csv`` and ``.tsv``, hold an article in each row.

The first row names the columns. Commas, semicolons, tabs and bars are tried as delimiters; the one
that yields the most known names wins. All charsets of text files are known. Rows are read one by
one.
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
_DELIMITER_NOTE = re.compile(r'\ufeff?"?sep=.?"?\s*$', re.IGNORECASE)
_UNDECODABLE = re.compile("[\udc80-\udcff]")
"""The characters that stand for bytes that are no text in the charset of the file."""


def read(file: File) -> Iterator[Document]:
    """Yield the articles in `file`.

    Raises:
        ArticleError: Some rows are bad; all good ones come first.
    """
    with file.open() as stream:
        charset = charset_of(stream)
    with file.open() as stream, io.TextIOWrapper(stream, charset, "surrogateescape", newline="") as text:
        yield from _read_rows(file, text)


def _read_rows(file: File, text: io.TextIOWrapper) -> Iterator[Document]:
    csv.field_size_limit(LARGEST_ARTICLE)
    columns, delimiter = _header(_first_line(text), file.columns)
    problems = []
    for number, row in _numbered(csv.reader(_lines(text), delimiter=delimiter)):
        file.bytes_read += sum(map(len, row))
        try:
            if any(map(str.strip, row)):
                yield records.to_document(_record(columns, row), file, f"{file.id}:{number}")
        except ArticleError as error:
            problems.append(f"row {number} {error}")
    records.raise_problems(problems, "rows")


def _numbered(rows: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows with their numbers; the header is row 1."""
    try:
        yield from enumerate(rows, 2)
    except (csv.Error, UnicodeError) as error:
        raise ArticleError(f"is no table that can be read to its end: {error}") from error


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    """Yield lines; raises `ArticleError` where one does not end."""
    for line in iter(lambda: text.readline(LARGEST_ARTICLE + 1), ""):
        if len(line) > LARGEST_ARTICLE:
            raise ArticleError(f"holds a line of more than {LARGEST_ARTICLE // 2**20} MB")
        yield line


def _first_line(text: io.TextIOWrapper) -> str:
    """Return the first line that is not empty, and is no note of Excel on the delimiter."""
    lines = iter(lambda: text.readline(LARGEST_ARTICLE), "")
    return next((line for line in lines if line.strip("\ufeff\r\n \t") and not _DELIMITER_NOTE.match(line)), "")


def _header(line: str, given_columns: Mapping[str, str]) -> tuple[list[str], str]:
    """Return the column names and the delimiter; raises `ArticleError` without title and text."""

    def known(delimiter: str) -> set[str]:
        return records.known_fields(_split(line, delimiter), given_columns)

    delimiter = max(_DELIMITERS, key=lambda each: (len(known(each)), line.count(each)))
    columns = _split(line, delimiter)
    if not known(delimiter) & {"title", "text"}:
        listed = ", ".join(name.strip() for name in columns)[:200]
        raise ArticleError(f"has no column for the text; name it, as in --columns text=NAME (there are: {listed})")
    return columns, delimiter


def _split(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line.strip("\ufeff\r\n")], delimiter=delimiter), [])


def _record(columns: list[str], row: list[str]) -> dict[str, str]:
    if any(map(_UNDECODABLE.search, row)):
        raise ArticleError("is not in the charset of the rest")
    return dict(zip(columns, row, strict=False))
