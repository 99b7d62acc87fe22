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

from searchkit.readers.boilerplate.authors import author_names
from searchkit.readers.boilerplate.dates.declared import NOT_UNDERSTOOD, parse_moment
from searchkit.readers.boilerplate.metadata import Metadata
from searchkit.readers.sources.files import File
from searchkit.readers.tags import split_tags

_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
    "publish_date", "publication_date", "pubdate", "og:published_time", "mediator_published_time",
)  # fmt: skip
"""The names of ``meta`` elements that hold the time of publication, lower-case."""


def extract(tree: Any, extracted: Any, file: File) -> Metadata:
    """Return the metadata of a page.

    Args:
        tree: The element tree of the page.
        extracted: The document that trafilatura extracted from it.
        file: The file of the page; it counts the dates that are not understood.
    """
    return Metadata(
        title=extracted.title or "",
        date=_published(tree, extracted.date or "", file),
        author=author_names(extracted.author or ""),
        source=extracted.sitename or extracted.hostname or "",
        url=extracted.url or "",
        tags=split_tags(extracted.tags),
    )


def _published(tree: Any, day: str, file: File) -> str:
    """Return the first moment of publication that a page declares, or else the day."""
    declared = [moment for moment in _declared_moments(tree) if moment.strip()]
    date = next(filter(None, map(parse_moment, declared)), day)
    if declared and not date:
        file.remark(NOT_UNDERSTOOD)
    return date


def _declared_moments(tree: Any) -> Iterator[str]:
    """Yield the declared times of publication, the most trustworthy first."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        yield from _moments_in_json(script.text or "")
    for meta in tree.iterfind(".//meta[@content]"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        if name.lower() in _PUBLISHED:
            yield meta.get("content")
    for element in tree.iterfind(".//*[@itemprop='datePublished']"):
        yield element.get("datetime") or element.get("content") or element.text_content()
    times = {element.get("datetime") or element.text_content() for element in tree.iterfind(".//article//time")}
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
