"""All texts of the entries of a feed: the longest is the article.

feedparser keeps the last of several descriptions; here all of them are compared, wherever an entry
has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from searchkit.errors import ArticleError
from searchkit.readers.formats.feeds.shortcodes import without_shortcodes
from searchkit.readers.formats.html_text import strip_tags
from searchkit.readers.formats.xml_tree import local_name, parse

_TEXTS = frozenset(
    "full-text fulltext full_text content encoded description summary text body article articlebody".split()
)
"""The names of elements that hold a text, without their namespaces, lower-case."""
_GROUPS = frozenset({"group", "content"})
"""Elements of Media RSS around descriptions."""
_MEDIA = "/mrss"
"""A part of the namespace of Media RSS."""
_DEEPEST = 2
_ENTRIES = frozenset({"item", "entry"})
_HEAD = re.compile(r"\A\s*<\?xml[^>]*\?>")
_TEXT_TYPES = ("text", "plain", "html", "xhtml", "application/xhtml", "application/xml")


def longest_text(markups: Iterable[str], title: str) -> str:
    """Return the longest of several texts, without mark-up.

    A first line that repeats the title is left out.
    """
    texts = (strip_tags(without_shortcodes(markup)).strip() for markup in dict.fromkeys(markups))
    text = max(texts, key=len, default="")
    first, _, rest = text.partition("\n")
    return rest if rest and " ".join(first.split()) == title else text


def texts_of_entries(data: bytes, charset: str) -> list[list[str]]:
    """Return the texts of each entry of a feed, as mark-up.

    Args:
        data: The feed; broken XML is read as far as possible.
        charset: The name of its charset.
    """
    source = _HEAD.sub("", data.decode(charset, "replace").lstrip("\ufeff")).encode("utf-8", "replace")
    try:
        root = parse(source, recover=True)
    except ArticleError:
        return []
    return [list(_texts(element)) for element in root.iter() if local_name(element).lower() in _ENTRIES]


def texts_of_feedparser(entry: Any) -> Iterator[str]:
    """Yield the texts that feedparser kept of an entry, those of unknown namespaces too."""
    contents = (content for content in entry.get("content", ()) if content.get("type", "text").startswith(_TEXT_TYPES))
    yield from (content.get("value", "") for content in contents)
    for key, value in entry.items():
        if isinstance(value, str) and key.rpartition("_")[2] in _TEXTS:
            yield value


def _texts(entry: Any, depth: int = 0) -> Iterator[str]:
    """Yield the texts of an entry, and of the groups of media in it."""
    for element in entry:
        name = local_name(element).lower().rpartition(":")[2]
        if name in _GROUPS and _MEDIA in element.tag:
            yield from _texts(element, depth + 1) if depth < _DEEPEST else ()
        elif name in _TEXTS and element.get("type", "text").startswith(_TEXT_TYPES):
            yield _inner(element)


def _inner(element: Any) -> str:
    """Return the content of an element: its text, or the mark-up of its children."""
    from lxml import etree

    children = (etree.tostring(child, encoding="unicode") for child in element)
    return (element.text or "") + "".join(children)
