"""What a page says about its article in the lines that are not the article: date, author, office, source, tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from searchkit.readers.boilerplate import dates, sites
from searchkit.readers.boilerplate.line import Line, is_name, is_phrase
from searchkit.readers.boilerplate.phrase_lists import Kind

_FIRST_LINES = 5
"""Where articles name their own site, if they do: *деп хабарлайды El.kz*."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about an article; empty where nothing is."""

    title: str = ""
    date: str = ""
    author: str = ""
    office: str = ""
    source: str = ""
    url: str = ""
    tags: tuple[str, ...] = ()

    def or_else(self, other: Metadata) -> Metadata:
        """Return these facts, and those of `other` where nothing is known."""
        return Metadata(
            **{field.name: getattr(self, field.name) or getattr(other, field.name) for field in fields(Metadata)}
        )


NOTHING = Metadata()


def told(lines: Iterable[Line]) -> Metadata:
    """Return what lines about an article say; of two that say the same, the first."""
    facts = NOTHING
    for line in lines:
        facts = facts.or_else(_told(line))
    return facts


def of_place(path: str, url: str) -> Metadata:
    """Return what an address and a path say."""
    address = Metadata(date=dates.in_path(url), source=sites.of_address(url) if url else "")
    return address.or_else(Metadata(date=dates.in_path(path)))


def of_text(lines: Iterable[str]) -> Metadata:
    """Return the site that an article names as its own in its first lines."""
    first = [line for line in lines if line.strip()][:_FIRST_LINES]
    return Metadata(source=next(filter(None, map(sites.cited, first)), ""))


def of_notices(lines: Iterable[Line]) -> Metadata:
    """Return the site whose address stands in the small print."""
    small = [line.text for line in lines if line.has(Kind.NOTICE, Kind.COLOPHON) or "©" in line.text]
    return Metadata(source=next(filter(None, map(sites.mentioned, small)), ""))


def _told(line: Line) -> Metadata:
    authors = list(filter(is_name, line.texts(Kind.AUTHOR))) or line.texts(Kind.NAME)
    is_published = not line.has(Kind.UPDATED) or line.has(Kind.PUBLISHED)
    return Metadata(
        date=line.dated.date if is_published and line.has(Kind.DATE) else "",
        author=", ".join(authors),
        office=", ".join(line.texts(Kind.OFFICE)),
        source=_source(line),
        url=next((text for text in line.texts(Kind.CONTACT) if text.startswith("http")), ""),
        tags=tuple(_tags(line)),
    )


def _source(line: Line) -> str:
    labelled = [text for text in line.texts(Kind.SOURCE) if not is_phrase(text)]
    alone = [piece.text for piece in line.pieces if piece.kinds == {Kind.SITE}]
    return next((sites.named(text) or text for text in (*labelled, *alone) if text), "")


def _tags(line: Line) -> Iterator[str]:
    for text in (text for text in line.texts(Kind.TAGS) if text.startswith("#") or not is_phrase(text)):
        parts = text.split("#") if text.startswith("#") else text.replace(";", ",").replace("|", ",").split(",")
        yield from filter(None, (part.strip(" .#") for part in parts))
