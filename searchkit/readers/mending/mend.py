"""Mend an article: respell letters of old fonts, join divided words; both are counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from searchkit.document import Document
from searchkit.readers.mending.edits import TextEdit, apply, moved
from searchkit.readers.mending.latin_places import at_cyrillic_places, is_at_latin_places
from searchkit.readers.mending.line_ends import find_joins
from searchkit_analyzers import old_font_of

Remark = Callable[[str, int], None]
"""Counts a kind of things that were left out or mended."""

JOINED = "words joined that line ends divided"
RESPELLED = "texts respelled from fonts older than Unicode"
_FIELDS = ("title", "text", "source", "author", "office")


def mended(text: str, remark: Remark) -> str:
    """Return a text with Kazakh letters and whole words, told to `remark`."""
    (text,) = respelled([text], remark)
    return apply(_joins(text, remark), text)


def respelled(texts: Sequence[str], remark: Remark) -> list[str]:
    """Return the lines or fields of one text with Kazakh letters, told to `remark`."""
    respell = _font_of("\n".join(texts))
    if respell:
        remark(RESPELLED, 1)
    return [respell(text) for text in texts] if respell else list(texts)


def mended_document(document: Document, remark: Remark) -> Document:
    """Return a document with its fields mended; most are returned as they are."""
    document = _respelled_document(document, remark)
    # A page with cut lines was mended before its lines were told apart.
    joins = [] if document.cut else _joins(document.text, remark)
    return _edited(document, joins) if joins else document


def _joins(text: str, remark: Remark) -> list[TextEdit]:
    joins = find_joins(text)
    if joins:
        remark(JOINED, len(joins))
    return joins


def _edited(document: Document, edits: Sequence[TextEdit]) -> Document:
    """Return a document with edits of its text, and its parts where they were."""
    starts = moved([part.start for part in document.parts], edits)
    parts = tuple(part._replace(start=start) for part, start in zip(document.parts, starts, strict=True))
    return replace(document, text=apply(edits, document.text), parts=parts)


def _respelled_document(document: Document, remark: Remark) -> Document:
    respell = _font_of("\n".join([*document.tags, *(getattr(document, name) for name in _FIELDS)]))
    if not respell:
        return document
    remark(RESPELLED, 1)
    return replace(document, language="", **_respelled_fields(document, respell))


def _respelled_fields(document: Document, respell: Callable[[str], str]) -> dict[str, Any]:
    return {name: respell(getattr(document, name)) for name in _FIELDS} | {
        "tags": tuple(map(respell, document.tags)),
        "parts": tuple(part._replace(name=respell(part.name)) for part in document.parts),
        "cut": tuple((line, respell(text)) for line, text in document.cut),
    }


def _font_of(text: str) -> Callable[[str], str] | None:
    """Return what respells a text, if it was typed in an old font."""
    if is_at_latin_places(text):
        respell = _font_of(at_cyrillic_places(text)) or str
        return lambda part: respell(at_cyrillic_places(part))
    font = old_font_of(text)
    return font.respell if font else None
