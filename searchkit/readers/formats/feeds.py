"""RSS, RDF and Atom feeds that were saved to disk: an article an entry."""

from __future__ import annotations

from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.formats import html_text, records
from searchkit.readers.sources.files import File


def read(file: File) -> Iterator[Document]:
    """Yield the articles in `file`; raises `ArticleError` where it is no feed, or broken, after what could be read."""
    feed = _parsed(file.read())
    for number, entry in enumerate(feed.entries, 1):
        title, text = html_text.plain(entry.get("title", "")), html_text.plain(_text(entry))
        if title or text:
            yield Document(
                id=entry.get("id") or entry.get("link") or f"{file.id}:{number}",
                title=" ".join(title.split()),
                text=text,
                date=_day(entry),
                source=_source(entry, feed),
                author=entry.get("author", ""),
                url=entry.get("link", ""),
                path=file.absolute,
                tags=tuple(tag.term for tag in entry.get("tags", ()) if tag.get("term")),
            )
    if not feed.entries:
        raise ArticleError("is a feed without articles")
    if feed.bozo and _is_cut(feed):
        raise ArticleError("is a broken feed; what could be read of it was taken")


def _parsed(data: bytes) -> Any:
    """Read a feed, of any version; entities of its own and addresses in it lead nowhere."""
    import feedparser

    feed = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.version:
        raise ArticleError("is broken XML" if feed.bozo and _is_cut(feed) else "is XML, but no RSS or Atom feed")
    return feed


def _is_cut(feed: Any) -> bool:
    """Whether what is wrong with a feed is its XML, and not only what it says of its charset or type."""
    from xml.sax import SAXException

    return isinstance(feed.bozo_exception, SAXException)


def _text(entry: Any) -> str:
    """Return the longest that an entry has of its text: some have it whole, some but a summary."""
    values = [content.get("value", "") for content in entry.get("content", ())]
    return str(max([*values, entry.get("summary", "")], key=len))


def _day(entry: Any) -> str:
    """Return the day of publication where the article was published: no other time zone is put in its place."""
    text = entry.get("published") or entry.get("updated") or ""
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except ValueError:
        return records.day(text)


def _source(entry: Any, feed: Any) -> str:
    return str(entry.get("source", {}).get("title") or feed.feed.get("title", ""))
