"""HTML pages: trafilatura extracts the article, metadata describe it.

The rules for pages of text then cut the boilerplate that is left around trafilatura's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.boilerplate import html_metadata, page
from searchkit.readers.boilerplate.dates.in_lines import modification_time
from searchkit.readers.boilerplate.headline import near_headline
from searchkit.readers.boilerplate.metadata import Metadata
from searchkit.readers.formats.chats import telegram_html
from searchkit.readers.formats.html_text import text_of_element
from searchkit.readers.mending.excess import without_excess
from searchkit.readers.mending.markup import plain_letters
from searchkit.readers.mending.mend import mended
from searchkit.readers.sources.charset import decode_declared
from searchkit.readers.sources.files import File

_DECLARED_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE
)
_TAG = re.compile("<[a-zA-Z]")
_MOST_TAGS = 20_000
"""A page with more tags is a book or a register rather than an article."""
WHOLE_PAGES = f"pages of more than {_MOST_TAGS:,} tags read whole, with menus and captions"
"""The remark that counts them."""
_HEAD = 100_000
"""The letters of a long page in which its metadata stand."""
_DATE_OPTIONS = {"original_date": True, "extensive_search": False}
"""Only dates that the page declares as its publication: a year in a footer is none."""


def read(file: File) -> Iterator[Document]:
    """Yield the one article in `file`; raises `ArticleError` if the page holds none."""
    source = _source(file)
    if telegram_html.is_export(source):
        yield from telegram_html.read(source, file)
        return
    source = mended(plain_letters(without_excess(source)), file.remark)
    tree = _tree(source)
    has_few_tags = sum(1 for _ in islice(_TAG.finditer(source), _MOST_TAGS + 1)) <= _MOST_TAGS
    text, extracted = _article(source) if has_few_tags else _whole_page(source, tree, file)
    if not text.strip():
        raise ArticleError("has no article in it")
    yield page.to_document(text, file, _metadata(tree, extracted, file))


def _article(source: str) -> tuple[str, Any]:
    """Return the text of a page's article, and the page's metadata."""
    import trafilatura  # half a second: only where there is HTML

    extracted: Any = trafilatura.bare_extraction(
        source, with_metadata=True, include_comments=False, date_extraction_params=_DATE_OPTIONS
    )
    if extracted is None:
        raise ArticleError("has no article in it")
    return extracted.text or "", extracted


def _whole_page(source: str, tree: Any, file: File) -> tuple[str, Any]:
    """Return the whole text of a page, and its metadata: books have more tags than articles.

    To tell an article from the rest takes time by the square of the tags.
    """
    from trafilatura.metadata import extract_metadata

    file.remark(WHOLE_PAGES)
    return text_of_element(tree), extract_metadata(source[:_HEAD], date_config=_DATE_OPTIONS)


def _tree(source: str) -> Any:
    from lxml import html

    return html.document_fromstring(source.encode(), parser=html.HTMLParser(encoding="utf-8"))


def _metadata(tree: Any, extracted: Any, file: File) -> Metadata:
    """Return the metadata that a page declares, and those that stand around its headline."""
    declared = html_metadata.extract(tree, extracted, file)
    if declared.date and declared.author:
        return declared
    headlines = [declared.title, *(element.text_content() for element in tree.iterfind(".//h1"))]
    modified = file.saved_at or modification_time(Path(file.absolute_path))
    return declared.or_else(near_headline(text_of_element(tree).split("\n"), headlines, modified))


def _source(file: File) -> str:
    """Return the page as text.

    Valid UTF-8 comes first, then the declared charset, then a guess.
    """
    data = file.read()
    declared = _DECLARED_CHARSET.search(data[:4096])
    return decode_declared(data, declared[1].decode() if declared else "")
