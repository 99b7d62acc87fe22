"""Read the metadata of an article from the lines around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from searchkit.readers.boilerplate.authors import author_names
from searchkit.readers.boilerplate.dates.in_lines import date_in_path
from searchkit.readers.boilerplate.line import Line
from searchkit.readers.boilerplate.line_parts import is_phrase
from searchkit.readers.boilerplate.person_names import is_person_name
from searchkit.readers.boilerplate.phrase_lists import Kind
from searchkit.readers.boilerplate.sites import cited_site, mentioned_site, site_name, site_of_url

_FIRST_LINES = 5
"""The first lines of an article, which may cite its own site: *деп хабарлайды El.kz*."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """The known metadata of an article; unknown fields are empty."""

    title: str = ""
    date: str = ""
    author: str = ""
    office: str = ""
    source: str = ""
    url: str = ""
    tags: tuple[str, ...] = ()

    def or_else(self, other: Metadata) -> Metadata:
        """Return this metadata with unknown fields filled from `other`."""
        return Metadata(
            **{field.name: getattr(self, field.name) or getattr(other, field.name) for field in fields(Metadata)}
        )


EMPTY = Metadata()


def from_lines(lines: Iterable[Line]) -> Metadata:
    """Return the metadata in lines; the first of several values counts."""
    metadata = EMPTY
    for line in dict.fromkeys(lines):  # equal lines tell nothing new
        metadata = metadata.or_else(_from_line(line))
    return metadata


def from_location(path: str, url: str) -> Metadata:
    """Return the metadata in a URL and a path."""
    from_url = Metadata(date=date_in_path(url), source=site_of_url(url) if url else "")
    return from_url.or_else(Metadata(date=date_in_path(path)))


def from_article(lines: Iterable[str]) -> Metadata:
    """Return the site that the first lines cite as their own."""
    first = [line for line in lines if line.strip()][:_FIRST_LINES]
    return Metadata(source=next(filter(None, map(cited_site, first)), ""))


def from_small_print(lines: Iterable[Line]) -> Metadata:
    """Return the site whose address is in the small print."""
    small = [line.text for line in lines if line.has(Kind.NOTICE, Kind.COLOPHON) or "©" in line.text]
    return Metadata(source=next(filter(None, map(mentioned_site, small)), ""))


def _from_line(line: Line) -> Metadata:
    authors = list(filter(is_person_name, line.texts(Kind.AUTHOR))) or line.texts(Kind.NAME)
    return Metadata(
        date=line.date_match.date if line.has(Kind.DATE) and not line.date_match.is_update else "",
        author=", ".join(map(author_names, authors)),
        office=", ".join(line.texts(Kind.OFFICE)),
        source=_source(line),
        url=next((text for text in line.texts(Kind.CONTACT) if text.startswith("http")), ""),
        tags=tuple(_tags(line)),
    )


def _source(line: Line) -> str:
    labelled = [text for text in line.texts(Kind.SOURCE) if not is_phrase(text)]
    alone = [part.text for part in line.parts if part.kinds == {Kind.SITE}]
    return next((site_name(text) or text for text in (*labelled, *alone) if text), "")


def _tags(line: Line) -> Iterator[str]:
    for text in (text for text in line.texts(Kind.TAGS) if text.startswith("#") or not is_phrase(text)):
        tags = text.split("#") if text.startswith("#") else text.replace(";", ",").replace("|", ",").split(",")
        yield from filter(None, (tag.strip(" .#") for tag in tags))
