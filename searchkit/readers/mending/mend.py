"""Mend an article: respell letters of old fonts, join divided words; both are counted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from searchkit.document import Document
from searchkit.parts import Part
from searchkit.readers.mending.edits import apply, moved
from searchkit.readers.mending.line_ends import find_joins
from searchkit_analyzers import old_font_of

Remark = Callable[[str, int], None]
"""Counts a kind of things that were left out or mended."""

JOINED = "words joined that line ends divided"
RESPELLED = "texts respelled from fonts older than Unicode"
_NAMES = ("title", "source", "author", "office")


def mended(text: str, remark: Remark) -> str:
    """Return a text with Kazakh letters and whole words, told to `remark`."""
    respell = _font_of(text)
    if respell:
        remark(RESPELLED, 1)
        text = respell(text)
    joins = find_joins(text)
    if joins:
        remark(JOINED, len(joins))
    return apply(joins, text)


def respelled(texts: Sequence[str], remark: Remark) -> list[str]:
    """Return the lines or fields of one text with Kazakh letters, told to `remark`."""
    respell = _font_of("\n".join(texts))
    if not respell:
        return list(texts)
    remark(RESPELLED, 1)
    return [respell(text) for text in texts]


def mended_document(document: Document, remark: Remark) -> Document:
    """Return a document with its fields mended; most are returned as they are."""
    document = _respelled(document, remark)
    if document.cut:  # a page whose text was mended before its lines were told apart
        return document
    joins = find_joins(document.text)
    if not joins:
        return document
    remark(JOINED, len(joins))
    starts = moved([part.start for part in document.parts], joins)
    parts = tuple(part._replace(start=start) for part, start in zip(document.parts, starts, strict=True))
    return replace(document, text=apply(joins, document.text), parts=parts)


def _respelled(document: Document, remark: Remark) -> Document:
    fields = [document.title, document.text, *document.tags, *(getattr(document, name) for name in _NAMES)]
    respell = _font_of("\n".join(fields))
    if not respell:
        return document
    remark(RESPELLED, 1)
    names: dict[str, Any] = {name: respell(getattr(document, name)) for name in _NAMES}
    return replace(
        document,
        **names,
        text=respell(document.text),
        language="",
        tags=tuple(map(respell, document.tags)),
        parts=tuple(Part(respell(part.name), part.start, part.kind) for part in document.parts),
        cut=tuple((line, respell(text)) for line, text in document.cut),
    )


def _font_of(text: str) -> Callable[[str], str] | None:
    """Return what respells a text, if it was typed in an old font."""
    font = old_font_of(text)
    return font.respell if font else None
