"""HTML pages: trafilatura finds the article among menus and footers, and its title, date, author and site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.charset import decode
from searchkit.readers.files import File


def read(file: File) -> Iterator[Document]:
    """Yield the one article in `file`; raises `ArticleError` where the page holds no article."""
    import trafilatura  # half a second: only where there is HTML

    page: Any = trafilatura.bare_extraction(_page(file), with_metadata=True, include_comments=False)
    if page is None or not (page.text or "").strip():
        raise ArticleError("has no article in it")
    yield Document(
        id=file.id,
        title=page.title or "",
        text=page.text,
        date=page.date or "",
        source=page.sitename or page.hostname or "",
        author=page.author or "",
        url=page.url or "",
        path=file.absolute,
        tags=tuple(page.tags or ()),
    )


def _page(file: File) -> str | bytes:
    """A page may say its own charset, so bytes that are not UTF-8 go to the library as they are."""
    data = file.read()
    try:
        return decode(data)
    except ArticleError:
        return data
