"""Find the title of a page, and the lines that repeat it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from searchkit.readers.boilerplate.line import Line
from searchkit.readers.boilerplate.phrase_lists import Kind
from searchkit.readers.boilerplate.rules import (
    ABOUT,
    BARS,
    BUTTONS,
    Lines,
    filled_lines,
    is_menu_heading,
    is_prose,
    is_small_print,
)

_LONGEST_TITLE = 300
"""A longer first line (code points) is a paragraph, not a title."""
_ABOVE_TITLE = (
    *BARS, *BUTTONS, Kind.MORE, Kind.COLOPHON, Kind.DATE, Kind.TIME, Kind.VIEWS, Kind.PUBLISHED, Kind.UPDATED,
    Kind.MINUTES, Kind.SITE,
)  # fmt: skip
"""Kinds of lines that a page may have above its title."""
_SECTIONS = (Kind.MENU, Kind.RUBRIC, Kind.LIST)
_FEWEST_SECTIONS = 3
"""So many lines with sections of a site are a menu."""
_WORDS_OF_A_HEADLINE = 4
"""A headline below a menu has at least so many words: sections have fewer."""


def find_title(lines: Lines) -> int | None:
    """Return the number of the line with the title, if there is one."""
    filled = filled_lines(lines)
    above = list(takewhile(lambda number: _is_above_title(lines[number]), filled))
    rest = filled[len(above) :] or filled[:1]
    if not rest:
        return None
    title = _named_like_section(lines, above, rest[0])
    if title is None:
        title = _below_menu(lines, filled)
    if title is None:
        has_menu_heading = any(is_menu_heading(lines[number]) for number in above)
        title = _last_headline(lines, rest) if has_menu_heading else rest[0]
    if title == filled[-1]:  # a title has its article below it
        title = filled[0]
    return title if len(lines[title].text.strip()) <= _LONGEST_TITLE else None


def first_line(lines: Lines) -> int | None:
    """Return the number of the first line with words, unless it is a paragraph."""
    number = next(iter(filled_lines(lines)), None)
    return None if number is None or len(lines[number].text.strip()) > _LONGEST_TITLE else number


def title_repeats(lines: Lines, title: str) -> set[int]:
    """Return the numbers of the lines before the text that repeat the title."""
    before = takewhile(
        lambda number: not is_prose(lines[number]) or lines[number].has_words_of(title), filled_lines(lines)
    )
    return {number for number in before if lines[number].has_words_of(title)}


def _is_above_title(line: Line) -> bool:
    if line.is_all(Kind.DATE) and line.has_no_day:  # a title such as *Май 2018*
        return False
    return line.is_all(*_ABOVE_TITLE) or _is_breadcrumb(line) or is_small_print(line)


def _is_breadcrumb(line: Line) -> bool:
    """Whether a line is a breadcrumb trail: *Главная / Новости / Открыт парк*."""
    *sections, last = line.parts or (None,)
    return (
        len(sections) > 1
        and not (last and last.kinds)
        and all(part.kinds & {Kind.MENU, Kind.RUBRIC} for part in sections if part)
    )


def _named_like_section(lines: Lines, above: Sequence[int], first: int) -> int | None:
    """Return a title such as «Архив», a lone section before prose."""
    sections = [number for number in above if lines[number].is_all(*_SECTIONS)]
    return sections[0] if len(sections) == 1 and is_prose(lines[first]) else None


def _below_menu(lines: Lines, filled: Sequence[int]) -> int | None:
    """Return the first line among many sections with enough words."""
    before_prose = list(takewhile(lambda number: not is_prose(lines[number]), filled))
    if sum(lines[number].is_all(*_SECTIONS) for number in before_prose) < _FEWEST_SECTIONS:
        return None
    headlines = (number for number in before_prose if not _is_above_title(lines[number]))
    return next((number for number in headlines if len(lines[number].text.split()) >= _WORDS_OF_A_HEADLINE), None)


def _last_headline(lines: Lines, rest: Sequence[int]) -> int:
    """Return the last headline before the date or the prose.

    Headlines of other articles stand above it.
    """
    headlines = takewhile(lambda number: not is_prose(lines[number]) and not lines[number].is_all(*ABOUT, *BARS), rest)
    return max(headlines, default=rest[0])
