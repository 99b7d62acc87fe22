"""Find the footer of an article, and the menus and comments below."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from searchkit.readers.boilerplate.line import Line
from searchkit.readers.boilerplate.phrase_lists import Kind
from searchkit.readers.boilerplate.rules import (
    ABOUT,
    BARS,
    Lines,
    filled_lines,
    is_boilerplate,
    is_chronicle_date,
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
    prose = [number for number in filled if is_prose(lines[number])]
    article_lines = 0
    for position, number in enumerate(filled):
        if article_lines and is_menu_heading(lines[number]) and _is_menu(lines, filled[position:], prose):
            return number
        article_lines += not is_boilerplate(lines[number])
    return len(lines)


def footer_lines(lines: Lines, start: int, end: int) -> set[int]:
    """Return the numbers of the last lines before `end` that are a footer.

    A footer has share bars, date and author, small print.
    """
    filled = [number for number in filled_lines(lines) if start <= number < end]
    footer = list(takewhile(lambda number: _may_be_footer(lines[number]), reversed(filled)))[::-1]
    opens_list = len(footer) < len(filled) and lines[filled[-len(footer) - 1]].text.rstrip().endswith(":")
    has_company = end < len(lines) or not all(lines[number].is_all(*_WEAK) for number in footer)
    while footer and not _begins_footer(lines, footer, has_company and not opens_list, opens_list):
        footer = footer[1:]
    return set(footer)


def _may_be_footer(line: Line) -> bool:
    return line.is_all(*_BELOW_ARTICLE) or is_small_print(line)


def _is_menu(lines: Lines, filled: Sequence[int], prose: Sequence[int]) -> bool:
    """Whether everything below the heading `filled[0]` is a menu.

    *Архив* and *Новости* may also be headings of the article.
    """
    heading = lines[filled[0]]
    if any(number > filled[0] for number in prose):
        return heading.has(Kind.COMMENTS) and lines[filled[-1]].is_all(Kind.COMMENTS)
    rest = [lines[number] for number in filled[1:] if not is_boilerplate(lines[number])]
    items = list(map(is_list_item, rest))
    if heading.is_all(Kind.MORE) or is_tag_heading(heading):
        return not any(items) or all(items[:_FIRST_ITEMS])
    return bool(prose) and not heading.text.rstrip().endswith(":") and not any(items[:_FIRST_ITEMS])


def _begins_footer(lines: Lines, footer: Sequence[int], has_company: bool, opens_list: bool) -> bool:
    """Whether a possible footer is one from its first line on.

    The number of a table, a name in a list and a telephone may belong to the article.
    """
    line = lines[footer[0]]
    is_chronicle = is_chronicle_date(lines, footer[0], range(len(lines)))
    if is_chronicle or (line.has(Kind.DATE) and not line.has_year):
        return False
    if not line.is_all(*_WEAK):
        return True
    if line.has(Kind.NAME):
        return _is_only_signature(lines, footer) and not opens_list and not is_list_item(line)
    is_lone_rubric = line.is_all(Kind.RUBRIC) and not any(lines[number].is_all(Kind.MENU) for number in footer)
    return has_company and not is_lone_rubric and not is_list_item(line)


def _is_only_signature(lines: Lines, footer: Sequence[int]) -> bool:
    """Whether the first line has the only name, and signs the article.

    Several names or numbers are a table of results.
    """
    line = lines[footer[0]]
    names = sum(lines[number].has(Kind.NAME) for number in footer)
    has_numbers = any(lines[number].is_all(Kind.NUMBER) for number in footer)
    return names == 1 == len(line.texts(Kind.NAME)) and not has_numbers and is_signature(line)
