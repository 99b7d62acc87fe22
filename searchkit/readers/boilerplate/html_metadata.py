"""Read the metadata that an HTML page declares.

They are in JSON-LD, OpenGraph and other ``meta`` elements, ``<time>`` and the URL. trafilatura
reads titles, authors, sites and tags; it knows days only, so this module reads the time of
publication.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from searchkit.readers.boilerplate.dates.declared import parse_moment
from searchkit.readers.boilerplate.metadata import Metadata
from searchkit.readers.tags import split_tags

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "publish_date", "publication_date", "pubdate", "og:published_time", "mediator_published_time",
)  # fmt: skip
"""The names of ``meta`` elements that hold the time of publication, lower-case."""


def extract(source: str, extracted: Any) -> Metadata:
    """Return the metadata of a page.

    Args:
        source: The HTML of the page.
        extracted: The document that trafilatura extracted from it.
    """
    return Metadata(
        title=extracted.title or "",
        date=_published(source) or extracted.date or "",
        author=_authors(extracted.author or ""),
        source=extracted.sitename or extracted.hostname or "",
        url=extracted.url or "",
        tags=split_tags(extracted.tags),
    )


def _published(source: str) -> str:
    """Return the first moment of publication that a page declares, or nothing."""
    from lxml import html

    with suppress(ValueError, html.etree.ParserError):
        tree = html.document_fromstring(source.encode(), parser=html.HTMLParser(encoding="utf-8"))
        return next(filter(None, map(parse_moment, _declared_moments(tree))), "")
    return ""


def _declared_moments(tree: Any) -> Iterator[str]:
    """Yield the declared times of publication, the most trustworthy first."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        yield from _moments_in_json(script.text or "")
    for meta in tree.iterfind(".//meta[@content]"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if name.lower() in _PUBLISHED:
            yield meta.get("content")
    for element in tree.iterfind(".//*[@itemprop='datePublished']"):
        yield element.get("datetime") or element.get("content") or ""
    times = {element.get("datetime") for element in tree.iterfind(".//article//time[@datetime]")}
    if len(times) == 1:  # several belong to other articles, too
        yield times.pop()


def _moments_in_json(text: str) -> Iterator[str]:
    """Yield each ``datePublished`` of JSON-LD."""
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


def _authors(semicolon_separated: str) -> str:
    """Return several authors, which trafilatura separates by semicolons, with commas."""
    return ", ".join(filter(None, map(str.strip, semicolon_separated.split(";"))))
