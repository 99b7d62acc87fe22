"""Word documents, ``.docx``: paragraphs and tables in their order. Needs the extra ``formats``."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.formats import text
from searchkit.readers.formats.optional import library
from searchkit.readers.sources.archives import Budget
from searchkit.readers.sources.files import File, standing_for


def read(file: File) -> Iterator[Document]:
    """Yield the one article in `file`; raises `ArticleError`."""
    docx = library("docx")
    data = file.read()
    _check(data)
    document = docx.Document(BytesIO(data))
    shown = "\n".join(_lines(document)).strip()
    if not shown:
        raise ArticleError("is empty")
    facts = document.core_properties
    for found in text.read(standing_for(file, shown.encode("utf-8", "replace"))):
        day = facts.created.date().isoformat() if facts.created else ""
        yield replace(found, date=found.date or day, author=found.author or facts.author or "")


def _check(data: bytes) -> None:
    """Raise `ArticleError` for what is no archive, as which such documents are kept, or would unpack to too much."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            Budget(len(data)).announce(len(parts.infolist()), sum(part.file_size for part in parts.infolist()))
    except zipfile.BadZipFile as error:
        raise ArticleError("is no Word document, or a broken one") from error


def _lines(document: Any) -> Iterator[str]:
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                yield " ".join(dict.fromkeys(cell.text for cell in row.cells))
        else:
            yield block.text
