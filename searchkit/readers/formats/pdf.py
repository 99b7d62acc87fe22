"""PDF: the text of all pages, where there is text and not pictures of it. Needs the extra ``formats``."""

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
from searchkit.readers.formats.optional import library
from searchkit.readers.sources.files import LARGEST_ARTICLE, File, standing_for

_HYPHEN = re.compile(r"(\w)[\u00ad\u2010-]\n(?=[а-яёәғқңөұүһі])")
"""A word parted at the end of a line."""
_LINE_END = re.compile(r"(?<![.!?…:»”\"])\n(?=[^\W\d_A-ZА-ЯЁӘҒҚҢӨҰҮҺІ])")
"""A line end inside a sentence: the next line goes on with a small letter."""


def read(file: File) -> Iterator[Document]:
    """Yield the one article in `file`; raises `ArticleError`."""
    pypdf = library("pypdf")
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it says on stderr what it could put right by itself
    data = BytesIO(file.read())
    try:
        pdf = pypdf.PdfReader(data)
        if pdf.is_encrypted and not pdf.decrypt(""):
            raise ArticleError("is encrypted")
        pages = "\n\n".join(_pages(pdf)).strip()
    except pypdf.errors.PyPdfError as error:
        raise ArticleError(f"is no PDF, or a broken one ({error})") from error
    if not pages:
        raise ArticleError("has no text in it, only pictures")
    for document in text.read(standing_for(file, _LINE_END.sub(" ", _HYPHEN.sub(r"\1", pages)).encode())):
        yield replace(document, date=document.date or _day(pdf), author=document.author or _author(pdf))


def _pages(pdf: Any) -> Iterator[str]:
    sizes = 0
    for page in pdf.pages:
        shown = page.extract_text()
        sizes += len(shown)
        if sizes > LARGEST_ARTICLE:
            raise ArticleError("is too large for one article")
        yield shown.encode("utf-8", "replace").decode()


def _author(pdf: Any) -> str:
    return str(pdf.metadata.author or "") if pdf.metadata else ""


def _day(pdf: Any) -> str:
    try:
        made = pdf.metadata.creation_date if pdf.metadata else None
    except ValueError:
        return ""
    return made.date().isoformat() if made else ""
