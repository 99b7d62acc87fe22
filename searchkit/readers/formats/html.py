"""HTML pages: trafilatura finds the article among menus and footers, and metadata says what it is about.

What is left around the article in trafilatura's text is cut by the rules for pages of text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.boilerplate import html_metadata, page
from searchkit.readers.sources.charset import decode
from searchkit.readers.sources.files import File

_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DATES = {"original_date": True, "extensive_search": False}
"""Only dates that the page gives as those of its publication: a year in a footer is none."""
_CHARSETS = {
    "windows-1251": "kz1048",
    "cp1251": "kz1048",
    "kz-1048": "kz1048",
    "ptcp154": "ptcp154",
    "koi8-r": "koi8_r",
    "iso-8859-5": "iso8859_5",
    "ibm866": "cp866",
    "cp866": "cp866",
}
"""What pages of before UTF-8 say. Kazakh ones called their cp1251 so too, and the Russian letters are the same."""


def read(file: File) -> Iterator[Document]:
    """Yield the one article in `file`; raises `ArticleError` where the page holds no article."""
    import trafilatura  # half a second: only where there is HTML

    source = _page(file)
    found: Any = trafilatura.bare_extraction(
        source, with_metadata=True, include_comments=False, date_extraction_params=_DATES
    )
    if found is None or not (found.text or "").strip():
        raise ArticleError("has no article in it")
    yield page.document(found.text, file, html_metadata.facts(source, found))


def _page(file: File) -> str:
    """UTF-8 shows by itself; then the page may say its charset; else the bytes have to tell."""
    data = file.read()
    declared = _CHARSET.search(data[:4096])
    charset = _CHARSETS.get(declared[1].decode().lower()) if declared else None
    if charset:
        with suppress(UnicodeDecodeError):
            return data.decode("utf-8")
        with suppress(UnicodeDecodeError):
            return data.decode(charset)
    return decode(data)
