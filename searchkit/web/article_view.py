"""An article as it is read: its paragraphs, each with its language and its marks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from searchkit.results import HighlightedDocument, Snippet


class ArticleParagraph(NamedTuple):
    """A line of an article with something on it."""

    text: Snippet
    language: str
    """``kk``, ``ru``, or nothing where nothing tells."""


def paragraphs(article: HighlightedDocument) -> Iterator[ArticleParagraph]:
    """Yield the paragraphs of an article's text."""
    languages = iter(article.document.languages)
    start = 0
    for line in article.text.text.splitlines(keepends=True):
        end = start + len(line)
        if line.strip():
            yield ArticleParagraph(_stretch(article.text, start, end), next(languages, ""))
        start = end


def _stretch(whole: Snippet, start: int, end: int) -> Snippet:
    """Return a stretch of a text with the marks that begin in it."""
    inside = ((a - start, min(b, end) - start) for a, b in whole.marks if start <= a < end)
    return Snippet(whole.text[start:end].rstrip(), tuple(inside))


def link(url: str) -> str:
    """Return an address that a browser may be sent to, or nothing: ``javascript:`` and its kin are none."""
    try:
        parts = urlsplit(url.strip())
        return url.strip() if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""
