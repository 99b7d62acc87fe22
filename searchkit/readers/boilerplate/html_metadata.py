"""What an HTML page says about itself: JSON-LD, OpenGraph and other ``meta`` elements, ``<time>``, its address.

trafilatura reads titles, authors, sites and tags; it knows days only, so the time of publication is looked up here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from searchkit.readers.boilerplate import dates
from searchkit.readers.boilerplate.metadata import Metadata

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "publish_date", "publication_date", "pubdate", "og:published_time", "mediator_published_time",
)  # fmt: skip
"""Names of ``meta`` elements that hold the time of publication, lower-case."""


def extract(source: str, found: Any) -> Metadata:
    """Return what the metadata of a page says; `found` is what trafilatura made of it."""
    from lxml import html

    tree = None
    with suppress(ValueError, html.etree.ParserError):
        tree = html.document_fromstring(source.encode(), parser=html.HTMLParser(encoding="utf-8"))
    moments = [] if tree is None else [moment for text in _published(tree) if (moment := dates.iso(text))]
    return Metadata(
        title=found.title or "",
        date=next(iter(moments), "") or found.date or "",
        author=_names(found.author or ""),
        source=found.sitename or found.hostname or "",
        url=found.url or "",
        tags=tuple(found.tags or ()),
    )


def _published(tree: Any) -> Iterator[str]:
    """Yield what a page gives as the time of its publication, the most trustworthy first."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        yield from _in_json(script.text or "")
    for meta in tree.iterfind(".//meta[@content]"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if name.lower() in _PUBLISHED:
            yield meta.get("content")
    for element in tree.iterfind(".//*[@itemprop='datePublished']"):
        yield element.get("datetime") or element.get("content") or ""
    times = {element.get("datetime") for element in tree.iterfind(".//article//time[@datetime]")}
    if len(times) == 1:  # several are those of other articles too
        yield times.pop()


def _in_json(text: str) -> Iterator[str]:
    """Yield each ``datePublished`` in JSON-LD."""
    with suppress(ValueError, RecursionError):
        yield from _values(json.loads(text), "datePublished")


def _values(data: Any, name: str) -> Iterator[str]:
    if isinstance(data, list):
        for item in data:
            yield from _values(item, name)
    elif isinstance(data, dict):
        if isinstance(data.get(name), str):
            yield data[name]
        yield from _values(list(data.get("@graph", [])), name)


def _names(authors: str) -> str:
    """trafilatura parts several authors with semicolons."""
    return ", ".join(filter(None, map(str.strip, authors.split(";"))))
