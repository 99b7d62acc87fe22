"""Cuts an article into windows that a model reads at once, at ends of paragraphs and sentences."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from searchkit.document import Document

WINDOW_CHARS = 1_500
"""The length of a window: about 400 tokens of Kazakh or Russian, with its title."""
_MIN_SHARE = 0.5
"""A window ends at a paragraph if at least this share of it comes before; else at a sentence."""
_MAX_WINDOWS = 64
"""Further windows of a long article are left out: a book would take minutes."""
_TITLE_CHARS = 200

Span = tuple[int, int]


def windows_of(document: Document) -> list[Span]:
    """Return the start and end of each window, in code points of the text; at least one."""
    text, spans, start = document.text, list[Span](), 0
    while start < len(text) and len(spans) < _MAX_WINDOWS:
        end = _end_of_window(document, start)
        if text[start:end].strip():
            spans.append((start, end))
        start = end
    return spans or [(0, len(text))]


def embedded_text(document: Document, span: Span) -> str:
    """Return the text that the model reads for a window: the title comes before it."""
    start, end = span
    return f"{document.title[:_TITLE_CHARS]}\n{document.text[start:end].strip()}".strip()


def text_key(document: Document) -> bytes:
    """Return a digest of all that is embedded of an article: 16 bytes."""
    from hashlib import blake2b

    embedded = f"{WINDOW_CHARS}\0{document.title[:_TITLE_CHARS]}\0{document.text}"
    return blake2b(embedded.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _end_of_window(document: Document, start: int) -> int:
    text, limit = document.text, start + WINDOW_CHARS
    if limit >= len(text):
        return len(text)
    enough = start + int(WINDOW_CHARS * _MIN_SHARE)
    paragraph = text.rfind("\n", enough, limit)
    if paragraph >= 0:
        return paragraph + 1
    ends = document.sentence_ends
    sentence = ends[bisect_right(ends, limit) - 1] if ends and ends[0] <= limit else start
    if sentence > enough:
        return sentence
    space = text.rfind(" ", enough, limit)
    return space + 1 if space >= 0 else limit
