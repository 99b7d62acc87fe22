"""Colours of a terminal, and lines that break between words."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from re import finditer
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from searchkit.results import Snippet

_NARROWEST = 20
"""Columns that a line takes in any case."""


class Color(StrEnum):
    """When output has colours."""

    auto = "auto"
    always = "always"
    never = "never"


ColorOption = Annotated[Color, typer.Option("--color", help="Colours: on a terminal, always, never.")]


@dataclass(frozen=True, slots=True)
class LineStyle:
    """How lines look: text around matches and around less important lines, and their width."""

    mark: tuple[str, str]
    """Text before and after a match."""
    dim: tuple[str, str]
    """Text before and after a less important line."""
    mark_columns: int
    """Columns that both texts of a match take."""
    columns: int | None = None
    """The width of a line, or None in a pipe, whose reader sees to that."""

    def wrapped(self, snippet: Snippet, indent: str) -> Snippet:
        """Return text in which line breaks stand in place of some spaces, with the same marks.

        Args:
            snippet: One line of text.
            indent: What will stand before each further line.
        """
        if self.columns is None:
            return snippet
        room = max(self.columns - len(indent), _NARROWEST)
        letters = list(snippet.text)
        for at in self._breaks(snippet, room):
            letters[at] = "\n"
        return replace(snippet, text="".join(letters))

    def _breaks(self, snippet: Snippet, room: int) -> Iterator[int]:
        """Yield the offsets of the spaces at which a line ends."""
        begin, space = 0, None
        for match in finditer(r"\S+", snippet.text):
            if space is not None and self._columns_of(snippet, begin, match.end()) > room:
                yield space
                begin = match.start()
            space = match.end()

    def _columns_of(self, snippet: Snippet, start: int, end: int) -> int:
        """Return the columns of a part of a text with the signs around its matches."""
        marks = sum(1 for first, last in snippet.marks if start <= first and last <= end)
        return end - start + marks * self.mark_columns


_COLORS = LineStyle(("\x1b[1;33m", "\x1b[0m"), ("\x1b[2m", "\x1b[0m"), 0)
_ASTERISKS = LineStyle(("**", "**"), ("", ""), 4)


def chosen_style(color: Color) -> LineStyle:
    """Return the style for standard output."""
    style = _COLORS if _has_colors(color) else _ASTERISKS
    return replace(style, columns=shutil.get_terminal_size().columns) if sys.stdout.isatty() else style


def _has_colors(color: Color) -> bool:
    """Whether output has colours: see https://no-color.org and https://force-color.org."""
    if color is not Color.auto:
        return color is Color.always
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or (sys.stdout.isatty() and os.environ.get("TERM") != "dumb")
