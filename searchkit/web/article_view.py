"""One article for reading: paragraphs with their languages and marks, and a safe link."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from searchkit.results import HighlightedDocument, Snippet


class ArticleParagraph(NamedTuple):
    """A line of an article that is not blank."""

    text: Snippet
    language: str
    """An ISO 639-1 code, or empty where the language is unknown."""


def paragraphs(article: HighlightedDocument) -> Iterator[ArticleParagraph]:
    """Yield the paragraphs of an article's text."""
    languages = iter(article.document.languages)
    start = 0
    for line in article.text.text.splitlines(keepends=True):
        end = start + len(line)
        if line.strip():
            yield ArticleParagraph(_cut(article.text, start, end), next(languages, ""))
        start = end


def _cut(whole: Snippet, start: int, end: int) -> Snippet:
    """Return the text from `start` to `end` with the marks that begin in it."""
    marks = ((a - start, min(b, end) - start) for a, b in whole.marks if start <= a < end)
    return Snippet(whole.text[start:end].rstrip(), tuple(marks))


def safe_link(url: str) -> str:
    """Return a URL that a page may link to, or an empty string.

    ``javascript:`` and similar schemes would run code.
    """
    try:
        parts = urlsplit(url.strip())
        return url.strip() if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""
