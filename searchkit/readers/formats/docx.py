"""Word documents, ``.docx``: paragraphs and tables in their order."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.formats import text
from searchkit.readers.sources.files import File, with_content
from searchkit.readers.sources.unpack_budget import UnpackBudget


def read(file: File) -> Iterator[Document]:
    """Yield the one article in `file`; raises `ArticleError`."""
    import docx  # 0.1 s: only where there are Word documents

    data = file.read()
    _check(data)
    word_document = docx.Document(BytesIO(data))
    content = "\n".join(_lines(word_document)).strip()
    if not content:
        raise ArticleError("is empty")
    properties = word_document.core_properties
    for document in text.read(with_content(file, content.encode("utf-8", "replace"))):
        created = properties.created.date().isoformat() if properties.created else ""
        author = document.author or properties.author or ""
        yield replace(document, date=document.date or created, author=author)


def _check(data: bytes) -> None:
    """Raise `ArticleError` for data that cannot be unpacked safely."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            UnpackBudget(len(data)).reserve(len(members), sum(member.file_size for member in members))
    except zipfile.BadZipFile as error:
        raise ArticleError("is no Word document, or a broken one") from error


def _lines(word_document: Any) -> Iterator[str]:
    for block in word_document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                yield " ".join(dict.fromkeys(cell.text for cell in row.cells))
        else:
            yield block.text
