"""RSS, RDF and Atom feeds saved to disk: an article for each entry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import Any

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.boilerplate.authors import author_names
from searchkit.readers.boilerplate.dates.declared import read_first_day
from searchkit.readers.formats.feeds import wordpress
from searchkit.readers.formats.feeds.texts import longest_text, texts_of_entries, texts_of_feedparser
from searchkit.readers.formats.html_text import strip_tags
from searchkit.readers.mending.excess import with_fewer_attributes
from searchkit.readers.sources.charset import charset_of, decode_declared
from searchkit.readers.sources.files import File
from searchkit.readers.sources.item_stream import BROKEN, head_of
from searchkit.readers.tags import split_tags

_DATES = ("published", "updated", "created", "issued", "date", "pubdate")
"""The names under which feedparser keeps dates, in order of preference."""
_ADDRESS = re.compile(r"\S+@\S+\s*\((.+)\)", re.DOTALL)
"""An author as RSS has it: the name stands behind the address."""
_DECLARED = re.compile(rb"""\A(\s*<\?xml[^>]{0,99}encoding\s*=\s*["'])([\w.:-]+)(["'])""")
_HARMLESS = ("undefined entity", "unbound prefix")
_EMPTY = "feed entries without title and text left out"


def read(file: File) -> Iterator[Document]:
    """Yield the articles in `file`.

    Raises:
        ArticleError: The file is no feed, or a broken one; then the readable entries come first.
    """
    if wordpress.is_export(head_of(file)):
        yield from wordpress.read(file)
        return
    data, is_whole = _in_utf8(file.read())
    data = _with_fewer_attributes(data)
    feed = _parsed(data)
    texts = texts_of_entries(data, feed.get("encoding") or "utf-8")
    if len(texts) != len(feed.entries):  # broken XML that feedparser alone understands
        texts = [[] for _ in feed.entries]
    for number, (entry, markups) in enumerate(zip(feed.entries, texts, strict=True), 1):
        yield from _article(entry, markups, f"{file.id}:{number}", feed, file)
    if not feed.entries:
        raise ArticleError("is a feed without articles")
    if not is_whole:
        raise ArticleError(f"is broken UTF-8{BROKEN}")
    if feed.bozo and _has_broken_xml(feed):
        raise ArticleError(f"is a broken feed{BROKEN}")


def _article(entry: Any, markups: Sequence[str], default_id: str, feed: Any, file: File) -> Iterator[Document]:
    """Yield the article of an entry, unless it has neither title nor text."""
    title = " ".join(strip_tags(entry.get("title") or entry.get("turbo_topic", "")).split())
    text = longest_text([*markups, *texts_of_feedparser(entry)], title)
    if not (title or text):
        file.remark(_EMPTY)
        return
    yield Document(
        id=entry.get("id") or entry.get("link") or default_id,
        title=title,
        text=text,
        date=read_first_day([value for name in _DATES if isinstance(value := dict.get(entry, name), str)], file),
        source=str(entry.get("source", {}).get("title") or feed.feed.get("title", "")),
        author=_author(entry),
        url=entry.get("link", ""),
        path=file.absolute_path,
        tags=split_tags([strip_tags(tag.term) for tag in entry.get("tags", ()) if tag.get("term")]),
    )


def _with_fewer_attributes(data: bytes) -> bytes:
    """Return a feed whose tags have no more attributes than parsers can take."""
    markup = data.decode("latin-1")  # any bytes, back and forth
    return with_fewer_attributes(markup).encode("latin-1")


def _in_utf8(data: bytes) -> tuple[bytes, bool]:
    """Return a feed in UTF-8 that declares nothing else, and whether all its bytes are text.

    The bytes tell, then the declaration, then a guess.
    """
    try:
        text, is_whole = data.decode("utf-8"), True
    except UnicodeDecodeError:
        is_whole = charset_of(BytesIO(data)) != "utf-8"
        declared = _DECLARED.match(data)
        text = (
            decode_declared(data, declared[2].decode() if declared else "")
            if is_whole
            else data.decode("utf-8", "replace")
        )
    return _DECLARED.sub(rb"\1utf-8\3", text.encode("utf-8", "replace"), count=1), is_whole


def _parsed(data: bytes) -> Any:
    """Parse a feed without following its own entities and addresses."""
    import feedparser

    feed = feedparser.parse(BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not feed.version:
        is_broken = feed.bozo and _has_broken_xml(feed)
        raise ArticleError("is broken XML" if is_broken else "is XML, but no RSS or Atom feed")
    return feed


def _has_broken_xml(feed: Any) -> bool:
    """Whether the XML of a feed is broken, not only its declared charset.

    Names of HTML for signs and undeclared prefixes cost no text.
    """
    from xml.sax import SAXException

    problem = feed.bozo_exception
    return isinstance(problem, SAXException) and not any(harmless in str(problem) for harmless in _HARMLESS)


def _author(entry: Any) -> str:
    """Return the names of the authors, or their addresses where there are no names."""
    address = _ADDRESS.fullmatch(entry.get("author", ""))
    names = [address[1]] if address else [author.get("name", "") for author in entry.get("authors", ())]
    return author_names(strip_tags("; ".join(filter(None, names)) or entry.get("author", "")))
