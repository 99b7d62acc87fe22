"""Exports of WordPress: the published posts and pages.

An export is a feed with fields of its own, of any size: it is read item by item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import RawIOBase
from itertools import chain
from typing import Any

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.boilerplate.authors import author_names
from searchkit.readers.boilerplate.dates.declared import read_first_day
from searchkit.readers.formats.feeds.shortcodes import without_shortcodes
from searchkit.readers.formats.html_text import strip_tags
from searchkit.readers.formats.xml_tree import local_name
from searchkit.readers.sources.files import File
from searchkit.readers.sources.item_stream import BROKEN, ItemStream

_NAMESPACE = re.compile(rb"https?://wordpress\.org/export/\d")
_OWN_FIELDS = re.compile(rb"<wp:\w")
"""Fields of exports; other feeds may declare the namespace, too."""
_CONTROLS = bytes(sorted({*range(0x20)} - set(b"\t\n\r")))
"""Bytes that XML forbids, and that old posts hold."""
_BREAKS_OFF = ("ERR_TAG_NOT_FINISHED", "ERR_DOCUMENT_END", "ERR_CDATA_NOT_FINISHED")
"""The errors of lxml at the end of a file that breaks off; it mends others."""
_KINDS = {"attachment": "WordPress attachments left out", "nav_menu_item": "WordPress menu items left out"}
_STATES = {
    "private": "private WordPress posts left out",
    "trash": "deleted WordPress posts left out",
}
_OTHER_KIND = "WordPress items that are neither posts nor pages left out"
_OTHER_STATE = "WordPress drafts left out"
_PROTECTED = "WordPress posts with a password left out"
_EMPTY = "WordPress posts without title and text left out"
_TAGS = frozenset({"", "category", "post_tag", "tag"})
"""The taxonomies whose terms become tags."""
_OUTSIDE_TAGS = re.compile(r"<[^<>]*>|\s*\n\s*\n\s*|\n")
_NO_DATE = ("0000", "1970-01-01", "Thu, 01 Jan 1970", "Wed, 30 Nov -0001", "Mon, 30 Nov -0001")
"""The beginnings of dates that stand for none."""


def is_export(head: bytes) -> bool:
    """Whether a file that begins with `head` is an export of WordPress."""
    return bool(_NAMESPACE.search(head) and _OWN_FIELDS.search(head))


def read(file: File) -> Iterator[Document]:
    """Yield the published posts and pages; raises `ArticleError` if the file breaks off."""
    from lxml import etree

    with ItemStream(file) as stream:
        events = etree.iterparse(
            _CleanStream(stream), events=("end",), recover=True, resolve_entities=False, no_network=True,
            huge_tree=False, load_dtd=False,
        )  # fmt: skip
        site, authors = "", dict[str, str]()
        for _, element in events:
            name = local_name(element)
            if name == "author" and "wordpress.org" in element.tag:
                authors[_field(element, "author_login")] = _field(element, "author_display_name")
            elif name == "title" and not site:
                site = "".join(element.itertext()).strip()
            elif name == "item":
                yield from _post(element, site, authors, file)
                stream.begin_item()
                _forget(element)
    if any(error.type_name in _BREAKS_OFF for error in events.error_log):
        raise ArticleError(f"is a broken feed{BROKEN}")


class _CleanStream(RawIOBase):
    """A stream without the bytes that XML forbids."""

    def __init__(self, stream: ItemStream) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` bytes; nothing only at the end."""
        data = self._stream.read(size) or b""
        while data and not (clean := data.translate(None, _CONTROLS)):
            data = self._stream.read(size) or b""
        return clean if data else b""


def _post(item: Any, site: str, authors: dict[str, str], file: File) -> Iterator[Document]:
    """Yield the article of an item, or count why it is none."""
    reason = _left_out(item)
    title = " ".join(strip_tags(_field(item, "title")).split())
    text = max(map(_text, chain(_fields(item, "encoded"), _fields(item, "description"))), key=len, default="")
    if reason or not (title or text):
        file.remark(reason or _EMPTY)
        return
    login, link = _field(item, "creator"), _field(item, "link")
    yield Document(
        id=_field(item, "guid") or link or f"{file.id}:{_field(item, 'post_id')}",
        title=title,
        text=text,
        date=_date(item, file),
        source=site,
        author=author_names(authors.get(login) or login),
        url=link,
        path=file.absolute_path,
        tags=tuple(_tags(item)),
    )


def _left_out(item: Any) -> str:
    """Return the remark on an item that is no published post or page, or nothing."""
    kind, state = _field(item, "post_type") or "post", _field(item, "status") or "publish"
    if kind not in ("post", "page"):
        return _KINDS.get(kind, _OTHER_KIND)
    if state != "publish":
        return _STATES.get(state, _OTHER_STATE)
    return _PROTECTED if _field(item, "post_password") else ""


def _date(item: Any, file: File) -> str:
    """Return the day on the site's own calendar, or else that of the feed."""
    values = [_field(item, name) for name in ("post_date", "pubDate", "post_date_gmt")]
    return read_first_day((value for value in values if not value.startswith(_NO_DATE)), file)


def _tags(item: Any) -> Iterator[str]:
    """Yield categories and tags, each once."""
    terms = [element for element in item if local_name(element) == "category" and element.get("domain", "") in _TAGS]
    yield from dict.fromkeys(filter(None, (strip_tags(element.text or "").strip() for element in terms)))


def _text(content: str) -> str:
    """Return the text of a post, whose line ends WordPress would make visible."""
    is_of_blocks = "<!-- wp:" in content  # editors of blocks write the tags of all paragraphs
    marked = _OUTSIDE_TAGS.sub(lambda match: _line_end(match[0], is_of_blocks), without_shortcodes(content).strip())
    return strip_tags(marked)


def _line_end(found: str, is_of_blocks: bool) -> str:
    if found.startswith("<") or (is_of_blocks and found == "\n"):
        return found
    return "<br/>"


def _field(parent: Any, name: str) -> str:
    return next(_fields(parent, name), "")


def _fields(parent: Any, name: str) -> Iterator[str]:
    """Yield the texts of the children of a name, in any namespace."""
    return ("".join(element.itertext()).strip() for element in parent if local_name(element) == name)


def _forget(item: Any) -> None:
    """Free an item that was read, and those before it."""
    item.clear()
    while item.getprevious() is not None:
        del item.getparent()[0]
