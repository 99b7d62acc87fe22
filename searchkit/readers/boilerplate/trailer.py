"""Find the footer of an article, and the menus and comments below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import takewhile
from typing import NamedTuple

from searchkit.readers.boilerplate.line import Line
from searchkit.readers.boilerplate.phrase_lists import Kind
from searchkit.readers.boilerplate.rules import (
    ABOUT,
    BARS,
    Chronicle,
    Lines,
    filled_lines,
    is_boilerplate,
    is_list_item,
    is_menu_heading,
    is_prose,
    is_signature,
    is_small_print,
    is_tag_heading,
)

_FIRST_ITEMS = 2
"""So many lines below a heading tell whether they are a list of the article."""
_BELOW_ARTICLE = (*BARS, *ABOUT, Kind.MORE, Kind.COLOPHON)
"""Kinds of lines that a page may have below its article."""
_WEAK = (Kind.NAME, Kind.RUBRIC, Kind.NUMBER, Kind.CONTACT, Kind.PLACE, Kind.SITE, Kind.LIST, Kind.TAB, Kind.TIME)
"""Kinds that end an article as often as a page: they are cut only beside others."""


def trailer_start(lines: Lines, start: int) -> int:
    """Return the first line of the menus after `start`.

    It is the number of all lines if there are no menus.
    """
    filled = [number for number in filled_lines(lines) if number >= start]
    menus: _Menus | None = None
    article_lines = 0
    for position, number in enumerate(filled):
        if article_lines and is_menu_heading(lines[number]):
            menus = menus or _Menus([lines[each] for each in filled])
            if menus.begin_at(position):
                return number
        article_lines += not is_boilerplate(lines[number])
    return len(lines)


class _Below(NamedTuple):
    """The lines of a page below one of them, without boilerplate."""

    has_items: bool = False
    """Whether any is the item of a list."""
    first_are_items: tuple[bool, ...] = ()
    """Whether each of the first ones is."""


class _Menus:
    """Where only menus follow, found in one pass from the end of a page."""

    def __init__(self, filled: Sequence[Line]) -> None:
        self._lines = filled
        self._last_prose = max((number for number, line in enumerate(filled) if is_prose(line)), default=-1)
        self._below = [_Below()]
        for line in reversed(filled[1:]):
            self._below.append(_with_line(line, self._below[-1]))
        self._below.reverse()

    def begin_at(self, position: int) -> bool:
        """Whether everything below a heading is a menu.

        *Архив* and *Новости* may also be headings of the article.
        """
        heading, below = self._lines[position], self._below[position]
        if self._last_prose > position:
            return heading.has(Kind.COMMENTS) and self._lines[-1].is_all(Kind.COMMENTS)
        if heading.is_all(Kind.MORE) or is_tag_heading(heading):
            return not below.has_items or all(below.first_are_items)
        is_open = heading.text.rstrip().endswith(":")
        return self._last_prose >= 0 and not is_open and not any(below.first_are_items)


def _with_line(line: Line, below: _Below) -> _Below:
    if is_boilerplate(line):
        return below
    is_item = is_list_item(line)
    return _Below(below.has_items or is_item, (is_item, *below.first_are_items)[:_FIRST_ITEMS])


def footer_lines(lines: Lines, start: int, end: int) -> set[int]:
    """Return the numbers of the last lines before `end` that are a footer.

    A footer has share bars, date and author, small print.
    """
    filled = [number for number in filled_lines(lines) if start <= number < end]
    numbers = list(takewhile(lambda number: _may_be_footer(lines[number]), reversed(filled)))[::-1]
    opens_list = len(numbers) < len(filled) and lines[filled[-len(numbers) - 1]].text.rstrip().endswith(":")
    has_company = end < len(lines) or not all(lines[number].is_all(*_WEAK) for number in numbers)
    footer = _Footer([lines[number] for number in numbers], Chronicle(lines), opens_list, has_company)
    first = next(filter(footer.begins_at, range(len(numbers))), len(numbers))
    return set(numbers[first:])


def _may_be_footer(line: Line) -> bool:
    return line.is_all(*_BELOW_ARTICLE) or is_small_print(line)


class _Footer:
    """Lines that may be a footer, from one of them on."""

    def __init__(self, lines: Sequence[Line], chronicle: Chronicle, opens_list: bool, has_company: bool) -> None:
        self._lines, self._chronicle = lines, chronicle
        self._opens_list, self._has_company = opens_list, has_company and not opens_list

    def begins_at(self, position: int) -> bool:
        """Whether the lines from a position on are a footer.

        The number of a table, a name in a list and a telephone may belong to the article.
        """
        line = self._lines[position]
        if self._chronicle.has(line) or (line.has(Kind.DATE) and not line.has_year):
            return False
        if not line.is_all(*_WEAK):
            return True
        if line.has(Kind.NAME):
            return self._is_only_signature(position) and not self._opens_list and not is_list_item(line)
        is_lone_rubric = line.is_all(Kind.RUBRIC) and position > self._last_menu
        return self._has_company and not is_lone_rubric and not is_list_item(line)

    def _is_only_signature(self, position: int) -> bool:
        """Whether a line has the only name from there on, and signs the article.

        Several names or numbers are a table of results.
        """
        line = self._lines[position]
        is_last_name = position == self._last_name and len(line.texts(Kind.NAME)) == 1
        return is_last_name and position > self._last_number and is_signature(line)

    @cached_property
    def _last_menu(self) -> int:
        return self._last(lambda line: line.is_all(Kind.MENU))

    @cached_property
    def _last_name(self) -> int:
        return self._last(lambda line: line.has(Kind.NAME))

    @cached_property
    def _last_number(self) -> int:
        return self._last(lambda line: line.is_all(Kind.NUMBER))

    def _last(self, is_wanted: Callable[[Line], bool]) -> int:
        return max((position for position, line in enumerate(self._lines) if is_wanted(line)), default=-1)
