"""Running heads and page numbers: what each page repeats at its edge is no text.

A head stands apart from the text, at one height on most pages, in the same words; its page number
counts on. The first of equal heads stays where it is, so that no word is lost.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from searchkit.readers.formats.pdf.page_lines import PdfLine

Page = list[PdfLine]

_FEWEST_PAGES = 3
"""A line that stands at one height on so many pages is a running head; of two pages, on both."""
_FEWEST_LINES = 3
"""A page with fewer lines has no head: its lines may be all that it says."""
_SPACE = 1.7
"""Between a head and the text are so many times the height of its letters."""
_HEIGHT = 6.0
"""The points by which a head may move from page to page."""
_PAGE_NUMBER = re.compile(
    r"[\W_]*(?:(?:page|p|стр|страница|с|бет)\b\.?\s)?(?P<number>\d{1,4})(?:[\s-]?бет)?[\W_]*", re.I
)
_NUMBERED = re.compile(r"(?:(?P<first>\d{1,4})[\s|·•—–-]+)?(?P<words>.*?)(?:[\s|·•—–-]+(?P<last>\d{1,4}))?")


class _Edge(NamedTuple):
    """A line that stands apart at the top or at the bottom of a page."""

    page: int
    line: PdfLine
    words: str
    """Without a page number; empty where there is nothing else."""
    number: int | None


class Headless(NamedTuple):
    """Pages without running heads and page numbers."""

    pages: list[Page]
    heads: list[str]
    """The words of each line that was left out; empty for a page number."""


def without_running_heads(pages: Sequence[Page]) -> Headless:
    """Return the pages without running heads and page numbers, and those."""
    edges = [edge for number, page in enumerate(pages) for edge in _edges(number, page)]
    heads = {id(edge.line): edge.words for edge in _heads(edges, len(pages))}
    return Headless([[line for line in page if id(line) not in heads] for page in pages], list(heads.values()))


def _edges(number: int, page: Page) -> Iterator[_Edge]:
    """Yield the first and the last lines of a page, if they stand apart from the others."""
    lines = sorted(page, key=lambda line: -line.y)
    for inwards in (lines, lines[::-1]):
        if len(lines) >= _FEWEST_LINES:
            outer = [line for line in inwards if abs(line.y - inwards[0].y) < inwards[0].size]
            inner = inwards[len(outer)] if len(outer) < len(inwards) else None
            if inner and abs(outer[-1].y - inner.y) >= _SPACE * max(outer[-1].size, inner.size):
                yield from (_edge(number, line) for line in outer)


def _edge(page: int, line: PdfLine) -> _Edge:
    if match := _PAGE_NUMBER.fullmatch(line.text):
        return _Edge(page, line, "", int(match["number"]))
    match = _NUMBERED.fullmatch(line.text)
    number = match and (match["first"] or match["last"])
    return _Edge(page, line, (match["words"] if match else line.text).casefold(), int(number) if number else None)


def _heads(edges: Sequence[_Edge], page_count: int) -> Iterator[_Edge]:
    """Yield the lines that are running heads or page numbers, but the first of each head."""
    shifts = Counter(edge.number - edge.page for edge in edges if edge.number is not None)
    shift, count = max(shifts.items(), key=lambda each: each[1], default=(0, 0))
    is_counted = count > 1 or shift == 1
    alike: defaultdict[str, list[_Edge]] = defaultdict(list)
    for edge in edges:
        counts_on = is_counted and edge.number is not None and edge.number - edge.page == shift
        if counts_on and not edge.words:
            yield edge
        elif edge.words and (counts_on or edge.number is None):
            alike[edge.words].append(edge)
    for found in alike.values():
        for edge in found[1:]:
            near = {other.page for other in found if abs(other.line.y - edge.line.y) < _HEIGHT}
            if len(near) >= max(2, min(_FEWEST_PAGES, page_count)):
                yield edge
