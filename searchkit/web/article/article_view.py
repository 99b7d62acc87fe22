"""One article for reading: paragraphs with their languages and marks."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from collections.abc import Iterator
from itertools import pairwise, takewhile
from typing import NamedTuple

from searchkit.parts import Part
from searchkit.results import HighlightedDocument, Snippet


class NumberedPart(NamedTuple):
    """A page or a chapter, and its number in the article, from 1."""

    number: int
    part: Part


class ArticleParagraph(NamedTuple):
    """A line of an article that is not blank; one that runs on in the next part is two."""

    text: Snippet
    language: str
    """An ISO 639-1 code, or empty where the language is unknown."""
    parts: tuple[NumberedPart, ...]
    """The parts of the article that begin with it; all but the last are blank."""


def paragraphs(article: HighlightedDocument) -> Iterator[ArticleParagraph]:
    """Yield the paragraphs of an article's text."""
    document = article.document
    languages, upcoming = iter(document.languages), deque(map(NumberedPart._make, enumerate(document.parts, 1)))
    starts = [part.start for part in document.parts]
    start = 0
    for line in article.text.text.splitlines(keepends=True):
        end = start + len(line)
        language = next(languages, "") if line.strip() else ""
        bounds = [start, *starts[bisect_right(starts, start) : bisect_left(starts, end)], end]
        for first, last in pairwise(bounds):
            piece = _cut(article.text, first, last)
            if piece.text:
                begun = list(takewhile(lambda each: each.part.start <= first, upcoming))  # noqa: B023
                yield ArticleParagraph(piece, language, tuple(upcoming.popleft() for _ in begun))
        start = end


def _cut(whole: Snippet, start: int, end: int) -> Snippet:
    """Return the text from `start` to `end` with the marks that begin in it."""
    marks = ((a - start, min(b, end) - start) for a, b in whole.marks if start <= a < end)
    return Snippet(whole.text[start:end].rstrip(), tuple(marks))
