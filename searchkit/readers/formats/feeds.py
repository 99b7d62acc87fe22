"""RSS, RDF and Atom feeds saved to disk: an article for each entry."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.boilerplate.dates.declared import read_day
from searchkit.readers.formats.html_text import strip_tags
from searchkit.readers.sources.files import File
from searchkit.readers.tags import split_tags


def read(file: File) -> Iterator[Document]:
    """Yield the articles in `file`.

    Raises:
        ArticleError: The file is no feed, or a broken one; then the readable entries come first.
    """
    feed = _parsed(file.read())
    for number, entry in enumerate(feed.entries, 1):
        title, text = strip_tags(entry.get("title", "")), strip_tags(_longest_text(entry))
        if title or text:
            yield Document(
                id=entry.get("id") or entry.get("link") or f"{file.id}:{number}",
                title=" ".join(title.split()),
                text=text,
                date=read_day(entry.get("published") or entry.get("updated") or "", file),
                source=_source(entry, feed),
                author=entry.get("author", ""),
                url=entry.get("link", ""),
                path=file.absolute_path,
                tags=split_tags([tag.term for tag in entry.get("tags", ()) if tag.get("term")]),
            )
    if not feed.entries:
        raise ArticleError("is a feed without articles")
    if feed.bozo and _has_broken_xml(feed):
        raise ArticleError("is a broken feed; what could be read of it was taken")


def _parsed(data: bytes) -> Any:
    """Parse a feed without following its own entities and addresses."""
    import feedparser

    feed = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.version:
        is_broken = feed.bozo and _has_broken_xml(feed)
        raise ArticleError("is broken XML" if is_broken else "is XML, but no RSS or Atom feed")
    return feed


def _has_broken_xml(feed: Any) -> bool:
    """Whether the XML of a feed is broken, not only its declared charset."""
    from xml.sax import SAXException

    return isinstance(feed.bozo_exception, SAXException)


def _longest_text(entry: Any) -> str:
    """Return the longest text of an entry: its content or its summary."""
    values = [content.get("value", "") for content in entry.get("content", ())]
    return str(max([*values, entry.get("summary", "")], key=len))


def _source(entry: Any, feed: Any) -> str:
    return str(entry.get("source", {}).get("title") or feed.feed.get("title", ""))
