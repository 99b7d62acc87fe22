"""The properties that an office program writes beside a text: author, day, keywords."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from searchkit.document import Document
from searchkit.errors import ArticleError
from searchkit.readers.boilerplate import page
from searchkit.readers.formats.xml_tree import descendants, text_of
from searchkit.readers.sources.files import File


@dataclass(frozen=True, slots=True)
class Properties:
    """The properties of a document; unknown ones are empty."""

    author: str = ""
    created: str = ""
    """The day on which the text was begun: ISO 8601."""
    keywords: str = ""
    """Several of them are separated by commas or semicolons."""
    title: str = ""


def from_xml(root: Any) -> Properties:
    """Return the properties in the core part of Word or the meta part of OpenDocument."""
    if root is None:
        return Properties()
    return Properties(
        author=next(_texts(root, "initial-creator"), next(_texts(root, "creator"), "")),
        created=iso_day(next(_texts(root, "creation-date", "created"), "")),
        keywords=",".join(_texts(root, "keywords", "keyword")),
        title=next(_texts(root, "title"), ""),
    )


def to_documents(content: str, file: File, properties: Properties) -> Iterator[Document]:
    """Yield the article of a written text, whose lines are understood as those of a page.

    Raises:
        ArticleError: There is no text.
    """
    if not content.strip():
        raise ArticleError("has no text in it")
    author = "" if _names_a_program(properties.author) else properties.author
    created = "" if _is_template(properties) else properties.created
    tags = tuple(filter(None, (tag.strip() for tag in properties.keywords.replace(";", ",").split(","))))
    document = page.to_document(content.strip("\n").replace("\0", ""), file, is_written=True)
    yield replace(
        document,
        date=document.date or created,
        author=document.author or author,
        tags=document.tags or tags,
    )


def iso_day(moment: str) -> str:
    """Return the day of a moment such as ``2022-09-15T10:00:00Z``, or nothing."""
    with suppress(ValueError):
        return date.fromisoformat(moment.strip()[:10]).isoformat()
    return ""


def _texts(root: Any, *names: str) -> Iterator[str]:
    return filter(None, map(text_of, descendants(root, *names)))


def _names_a_program(author: str) -> bool:
    return author.strip().casefold() in _program_names()


def _is_template(properties: Properties) -> bool:
    """Whether a library made the file of a template, whose day is that of the template."""
    return properties.author == "python-docx" and properties.created == "2013-12-23"


@cache
def _program_names() -> frozenset[str]:
    lines = (files("searchkit.readers.formats.office") / "program_names.txt").read_text("utf-8").splitlines()
    return frozenset(line.strip().casefold() for line in lines if line.strip() and not line.startswith("#"))
