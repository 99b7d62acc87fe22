"""PDF: the text of all pages, without pictures of text."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.formats import text
from searchkit.readers.letters import CAPITALS
from searchkit.readers.mending.mend import mended
from searchkit.readers.sources.files import LARGEST_ARTICLE, File, with_content

_LINE_END = re.compile(rf"(?<![.!?…:»”\"])\n(?=[^\W\d_{CAPITALS}])")
"""A line end inside a sentence: the next line begins with a small letter."""


def read(file: File) -> Iterator[Document]:
    """Yield the one article in `file`; raises `ArticleError`."""
    import pypdf  # 0.1 s: only where there are PDF files

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it reports on stderr faults that it repairs by itself
    data = BytesIO(file.read())
    try:
        pdf = pypdf.PdfReader(data)
        if pdf.is_encrypted and not pdf.decrypt(""):
            raise ArticleError("is encrypted")
        content = "\n\n".join(_pages(pdf)).strip()
    except pypdf.errors.PyPdfError as error:
        raise ArticleError(f"is no PDF, or a broken one ({error})") from error
    if not content:
        raise ArticleError("has no text in it, only pictures")
    for document in text.read(with_content(file, _LINE_END.sub(" ", mended(content, file.remark)).encode())):
        yield replace(document, date=document.date or _day(pdf), author=document.author or _author(pdf))


def _pages(pdf: Any) -> Iterator[str]:
    size = 0
    for page in pdf.pages:
        content = page.extract_text()
        size += len(content)
        if size > LARGEST_ARTICLE:
            raise ArticleError("is too large for one article")
        yield content.encode("utf-8", "replace").decode()


def _author(pdf: Any) -> str:
    return str(pdf.metadata.author or "") if pdf.metadata else ""


def _day(pdf: Any) -> str:
    try:
        created = pdf.metadata.creation_date if pdf.metadata else None
    except ValueError:
        return ""
    return created.date().isoformat() if created else ""
