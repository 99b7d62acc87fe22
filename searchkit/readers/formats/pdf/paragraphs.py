"""Lines of a PDF become paragraphs: where a line ends, and the sentence does not.

A line goes on in the next one if that is written alike, below it at the usual distance and not
indented, and begins with a small letter or with a word that had no more room.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from searchkit.readers.formats.pdf.page_lines import PdfLine, Style
from searchkit.readers.letters import CAPITALS, SMALL_CYRILLIC
from searchkit.readers.mending.line_ends import TextWords, sign_between

_ENDED = re.compile(r"[.!?…][)»”\"’]*$|:$")
_SMALL = re.compile(rf"[(«„“\"]?[^\W\d_{CAPITALS}]|[–—-]\s[^\W\d_{CAPITALS}]")
_SENTENCE = re.compile(r"[.…][)»”\"’]*$")
_ITEM = re.compile(r"[•●▪■‣◦*]\s?|[–—-]\s|\d{1,3}[.)]\s|[^\W\d_][.)]\s")
_HYPHEN = re.compile(r"(?<=\w)[\u00ad\u00ac\u2010-]$")
_SMALL_LETTER = re.compile(rf"[{SMALL_CYRILLIC}]")
_LETTER = re.compile(r"[^\W\d_]")
_FIRST_WORD = re.compile(r"\S+\s?")
_SIZES_ALIKE = 0.1
_WIDE_GAP = 1.4
"""A line is a new paragraph at so many times the usual distance between lines."""
_INDENT = 0.7
"""A line is indented by this share of the height of its letters."""
_CELL = 5
"""A line is another cell of a table if it begins further left by so many heights of its letters."""
_SAME_HEIGHT = 0.3
_FULL = 0.9
"""A line had no more room if it and the next word fill so much of the longest line."""
_FEWEST_LINES = 3
"""A page of fewer lines does not go on in the next one, unless with a small letter."""
_MOST_LINES_OF_A_HEADING = 6
LONGEST_HEADING = 300
"""The most code points of a heading."""


class PagedText(NamedTuple):
    """The text of all pages, in paragraphs."""

    text: str
    starts: list[int]
    """The offset at which each page begins."""
    words_joined: int
    """How many words the ends of lines divided."""


class Layout:
    """The usual distances and lengths of a document's lines."""

    def __init__(self, pages: Sequence[Sequence[PdfLine]]) -> None:
        letters: Counter[Style] = Counter()
        gaps: dict[float, list[float]] = {}
        self._longest: dict[float, int] = {}
        for page in pages:
            for line in page:
                letters[line.style] += len(line.text)
                self._longest[line.size] = max(self._longest.get(line.size, 0), len(line.text))
            for one, other in pairwise(page):
                if one.size == other.size and 0 < one.y - other.y < 3 * one.size:
                    gaps.setdefault(one.size, []).append(one.y - other.y)
        self.body = letters.most_common(1)[0][0] if letters else Style(0.0, False)
        """The style that most of the text is written in."""
        self._gaps = {size: sorted(found)[len(found) // 4] for size, found in gaps.items()}

    def goes_on(self, one: PdfLine, other: PdfLine) -> bool:
        """Whether the sentence or table row of a line goes on in another, which follows it."""
        if abs(one.y - other.y) < _SAME_HEIGHT * one.size and other.x > one.x:
            return True
        if abs(one.size - other.size) > _SIZES_ALIKE * one.size or _is_apart(one, other, self._gaps.get(one.size)):
            return False
        if _ends_in_hyphen(one, other):
            return True
        if one.is_row and other.is_row:
            return False
        is_full = self.is_full(one, other)
        if _ENDED.search(one.text):
            return is_full and one.text[-1] == "." and bool(_SMALL.match(other.text))
        if _SMALL.match(other.text):
            return is_full or not _ITEM.match(other.text)
        return is_full and one.style.is_bold == other.style.is_bold and not _ITEM.match(other.text)

    def is_full(self, one: PdfLine, other: PdfLine) -> bool:
        """Whether the first word of another line had no room in a line."""
        word, *_ = other.text.split(maxsplit=1)
        return len(one.text) + 1 + len(word) > _FULL * self._longest.get(one.size, 0)


def _is_apart(one: PdfLine, other: PdfLine, usual_gap: float | None) -> bool:
    """Whether space or an indent parts two lines."""
    gap = one.y - other.y
    if gap < -one.size:  # the top of another column or page
        return False
    if gap > _WIDE_GAP * (usual_gap or 2 * one.size):
        return True
    is_elsewhere = not -_CELL * one.size <= other.x - one.x <= _INDENT * one.size
    return gap > 0 and is_elsewhere and not _SMALL.match(other.text)


def _ends_in_hyphen(one: PdfLine, other: PdfLine) -> bool:
    return bool(_HYPHEN.search(one.text) and _SMALL_LETTER.match(other.text))


def first_block(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Return the lines at the top of a page that are written alike, close together."""
    block = list(lines[:1])
    for one, other in pairwise(lines):
        gap = one.y - other.y
        if one.style != other.style or not 0 < gap <= 2.2 * one.size:
            break
        if len(block) > 1 and gap > 1.2 * (block[0].y - block[1].y):
            break
        block.append(other)
    return block


def is_heading(block: Sequence[PdfLine], page: Sequence[PdfLine]) -> bool:
    """Whether the first block of a page may be a heading, by form and space below it."""
    if not 1 < len(block) <= _MOST_LINES_OF_A_HEADING or len(block) == len(page):
        return False
    if any(_SENTENCE.search(line.text) or _ITEM.match(line.text) for line in block):
        return False
    following = page[len(block)]
    gap = block[-1].y - following.y
    is_parted = following.style != block[0].style or not 0 < gap <= 1.2 * (block[0].y - block[1].y)
    return is_parted and sum(len(line.text) for line in block) <= LONGEST_HEADING


def joined(lines: Sequence[PdfLine]) -> str:
    """Return the text of lines that are one paragraph."""
    text = _GrowingText(_words([lines]))
    for line in lines:
        text.add(line.text, goes_on=True)
    return str(text)


def paged_text(pages: Sequence[Sequence[PdfLine]], heading: Sequence[PdfLine] = ()) -> PagedText:
    """Return the text of pages in paragraphs; the lines of the heading are one of them."""
    text, starts = _GrowingText(_words(pages)), []
    inside = {id(line) for line in heading[1:]}
    layout = Layout([[line for line in page if line not in heading] for page in pages])
    last: PdfLine | None = None
    is_full_page = True
    for page in pages:
        starts.append(text.length)
        for number, line in enumerate(page):
            is_apart = last is None or (bool(heading) and (line is heading[0] or last is heading[-1]))
            is_apart = is_apart or (number == 0 and not is_full_page and not _SMALL.match(line.text))
            goes_on = id(line) in inside or (not (is_apart or last is None) and layout.goes_on(last, line))
            start = text.add(line.text, goes_on)
            if number == 0:
                starts[-1] = start
            last = line
        is_full_page = len(page) >= _FEWEST_LINES
    return PagedText(str(text), starts, text.words_joined)


def _words(pages: Sequence[Sequence[PdfLine]]) -> TextWords:
    return TextWords("\n".join(line.text for page in pages for line in page))


class _GrowingText:
    """A text that grows by lines."""

    def __init__(self, words: TextWords) -> None:
        self._words = words
        self._pieces: list[str] = []
        self.length = 0
        self.words_joined = 0

    def __str__(self) -> str:
        return "".join(self._pieces)

    def add(self, line: str, goes_on: bool) -> int:
        """Add a line, and return where its first whole word begins."""
        is_divided = False
        if goes_on and self._pieces:
            is_divided = self._join(line)
        elif self._pieces:
            self._append("\n")
        start = self.length
        self._append(line)
        rest = _FIRST_WORD.match(line) if is_divided else None
        return start + (rest.end() if rest else 0)

    def _join(self, line: str) -> bool:
        """Prepare the end of the text for the next line; return whether that goes on in a word."""
        last = self._pieces[-1]
        sign = sign_between(last, line, self._words) if _HYPHEN.search(last) else None
        if sign is not None:
            self._pieces[-1] = last[:-1] + sign
            self.length += len(sign) - 1
            self.words_joined += 1
        elif not _HYPHEN.search(last) or _SMALL_LETTER.match(line) or not _LETTER.match(line):
            self._append(" ")
            return False
        return True

    def _append(self, piece: str) -> None:
        self._pieces.append(piece)
        self.length += len(piece)
