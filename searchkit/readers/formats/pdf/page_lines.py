"""The lines of a PDF page: text, place, size and font of each.

A PDF has no lines, only pieces of text at places. pypdf puts pieces on one height together; the
places and sizes of the lines tell paragraphs and headings apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, starmap
from math import hypot
from typing import Any, NamedTuple

_MEAN_WIDTH = 0.6
"""The width of a letter, as a share of its height: rather too much."""
_CELL_GAP = 2.0
"""Cells of a table are apart by so many heights of their letters."""


class Style(NamedTuple):
    """How a piece of text looks."""

    size: float
    """The height of its letters in points, rounded to halves."""
    is_bold: bool


@dataclass(slots=True)
class PdfLine:
    """A line of text on a page, places in points from the lower left corner."""

    text: str
    style: Style
    x: float
    y: float
    is_row: bool = False
    """Whether wide gaps part its text into cells."""

    @property
    def size(self) -> float:
        """The height of its letters in points."""
        return self.style.size


class _Piece(NamedTuple):
    text: str
    style: Style
    x: float
    y: float


class LineCollector:
    """Collects the pieces that pypdf finds on one page into lines."""

    def __init__(self) -> None:
        self.lines: list[PdfLine] = []
        self._pieces: list[_Piece] = []

    def __call__(
        self, text: str, page_matrix: Sequence[float], text_matrix: Sequence[float], font: Any, size: float
    ) -> None:
        """Take a piece of text, as pypdf's `visitor_text` does."""
        for piece in text.splitlines(keepends=True):
            if piece.strip():
                x, y, scale = _placed(page_matrix, text_matrix)
                style = Style(round(2 * abs(size) * scale) / 2, _is_bold(font))
                self._pieces.append(_Piece(piece.rstrip("\r\n"), style, x, y))
            elif self._pieces:
                self._pieces[-1] = self._pieces[-1]._replace(text=self._pieces[-1].text + " ")
            if piece.endswith(("\n", "\r")):
                self.end_line()

    def end_line(self) -> None:
        """Make a line of the pieces that are left."""
        text = " ".join("".join(piece.text for piece in self._pieces).split())
        if text:
            main = max(self._pieces, key=lambda piece: len(piece.text))
            text = text.encode("utf-8", "replace").decode()
            is_row = any(starmap(_are_cells, pairwise(self._pieces)))
            self.lines.append(PdfLine(text, main.style, self._pieces[0].x, self._pieces[0].y, is_row))
        self._pieces = []


def page_lines(page: Any) -> list[PdfLine]:
    """Return the lines of a page, in the order in which they were written."""
    collector = LineCollector()
    page.extract_text(visitor_text=collector)
    collector.end_line()
    return collector.lines


def _are_cells(one: _Piece, other: _Piece) -> bool:
    """Whether there is much space between two pieces."""
    size = one.style.size
    return other.x - one.x > size * (_MEAN_WIDTH * len(one.text.strip()) + _CELL_GAP)


def _placed(page: Sequence[float], text: Sequence[float]) -> tuple[float, float, float]:
    """Return where a piece stands on its page, and how much its letters are enlarged."""
    a, b, c, d, e, f = page[:6]
    up = hypot(text[2] * a + text[3] * c, text[2] * b + text[3] * d)
    return text[4] * a + text[5] * c + e, text[4] * b + text[5] * d + f, up


def _is_bold(font: Any) -> bool:
    name = str(font.get("/BaseFont", "")).lower() if font else ""
    return any(word in name for word in ("bold", "black", "heavy", "demi"))
