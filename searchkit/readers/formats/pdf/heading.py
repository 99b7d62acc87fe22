"""The title of a PDF: the heading of its first page, or the title among its properties.

The heading is what is written largest, or bold, or apart from the text, with all its lines. The
property often names a file or a program instead, so it counts only where there is no heading, or
where the two agree and it is the longer one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from searchkit.readers.boilerplate.phrase_lists import words_of
from searchkit.readers.boilerplate.sites import site_name
from searchkit.readers.formats.pdf.page_lines import PdfLine
from searchkit.readers.formats.pdf.paragraphs import LONGEST_HEADING, Layout, first_block, is_heading, joined

_LARGER = 1.15
"""A heading is larger than the text by this factor."""
_FEWEST_LETTERS = 4
"""Fewer letters are an initial, or a page number."""


class Heading(NamedTuple):
    """The title, and the lines of the first page that show it."""

    title: str
    lines: Sequence[PdfLine] = ()


def find_heading(pages: Sequence[Sequence[PdfLine]], declared: str, heads: Collection[str] = ()) -> Heading:
    """Return the title of a document.

    Args:
        pages: The lines of its pages.
        declared: The title among the properties of the file; empty if it has none.
        heads: The words of running heads, which name the newspaper or the book.
    """
    page = next((page for page in pages if page), [])
    names = {words_of(head) for head in heads}
    lines = _heading_lines([line for line in page if not _is_name(line.text, names)], Layout(pages))
    heading = joined(lines)
    shown, property_ = words_of(heading), words_of(declared)
    if property_ and (not shown or _contains(property_, shown)):
        return Heading(declared, lines or _lines_of(page, property_))
    return Heading(heading, lines)


def _is_name(text: str, names: Collection[Sequence[str]]) -> bool:
    """Whether a line is the name of a site, or a running head."""
    return bool(site_name(text)) or words_of(text) in names


def _heading_lines(page: Sequence[PdfLine], layout: Layout) -> Sequence[PdfLine]:
    blocks = [block for block in _blocks(page) if _may_be_heading(block)]
    largest = max(blocks, key=lambda block: block[0].size, default=None)
    if largest and _is_larger(largest, layout):
        return largest
    first = first_block(page)
    if first and _is_bolder(first, layout) and _may_be_heading(first):
        return first
    return first if is_heading(first, page) else ()


def _is_larger(block: Sequence[PdfLine], layout: Layout) -> bool:
    return block[0].size >= _LARGER * layout.body.size


def _is_bolder(block: Sequence[PdfLine], layout: Layout) -> bool:
    return block[0].style.is_bold and not layout.body.is_bold


def _blocks(page: Sequence[PdfLine]) -> Iterator[list[PdfLine]]:
    """Yield runs of lines that are written alike and stand close together."""
    block = list(page[:1])
    for one, other in pairwise(page):
        if one.style != other.style or not 0 < one.y - other.y <= 2.2 * one.size:
            yield block
            block = []
        block.append(other)
    if block:
        yield block


def _may_be_heading(block: Sequence[PdfLine]) -> bool:
    text = "".join(line.text for line in block)
    return sum(map(str.isalpha, text)) >= _FEWEST_LETTERS and len(text) <= LONGEST_HEADING


def _contains(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether words begin or end with others."""
    return words[: len(others)] == others or words[-len(others) :] == others


def _lines_of(page: Sequence[PdfLine], words: Sequence[str]) -> Sequence[PdfLine]:
    """Return the first lines of a page that show exactly these words."""
    for start in range(len(page)):
        shown: tuple[str, ...] = ()
        for end in range(start + 1, len(page) + 1):
            shown = words_of(joined(page[start:end]))
            if shown == words:
                return page[start:end]
            if len(shown) >= len(words):
                break
    return ()
