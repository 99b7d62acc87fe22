"""Rules for all parts of a page recognise boilerplate, prose and lists.

The rules look at the form and the position of lines; the words are data (`phrase_lists`). Losing a
paragraph is worse than keeping a menu: a line is cut only if all of it is boilerplate, or if it
follows a heading such as *Читайте также* with no prose after it. `docs/reference/articles.md`
explains the rules to readers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, cached_property

from searchkit.readers.boilerplate.line import Line
from searchkit.readers.boilerplate.line_parts import is_phrase
from searchkit.readers.boilerplate.person_names import is_surely_person_name
from searchkit.readers.boilerplate.phrase_lists import PHRASE_LISTS, Kind

Lines = Sequence[Line]
"""The lines of a page; a line's number is its position here, from 0."""

_LONGEST_HEADLINE = 200
"""A longer line (code points) is prose."""
_LONGEST_DAY = 40
"""The longest line (code points) that holds only a day of a chronicle."""
_FEWEST_DAYS = 3
"""So many days on lines of their own are a chronicle."""
_FEWEST_MONTHS = 2
"""So many months on lines of their own are headings."""

BARS = (Kind.SHARE, Kind.NETWORK, Kind.NOTICE, Kind.TEMPLATE, Kind.TAGS, Kind.PHOTO)
"""Kinds of lines that interrupt an article."""
BUTTONS = (Kind.BUTTON, Kind.TAB, Kind.MENU, Kind.RUBRIC, Kind.LIST, Kind.COMMENTS, Kind.NUMBER, Kind.CONTACT)
TELLING = (Kind.DATE, Kind.VIEWS, Kind.AUTHOR, Kind.OFFICE, Kind.PUBLISHED, Kind.UPDATED, Kind.MINUTES)
"""Kinds that prove that a line describes the article.

Names, numbers and places prove nothing: the article itself has them, too.
"""
ABOUT = (
    *TELLING, *BUTTONS, Kind.SHARE, Kind.NETWORK, Kind.TAGS, Kind.TIME, Kind.SOURCE, Kind.NAME, Kind.PLACE, Kind.SITE
)  # fmt: skip
"""Kinds of lines that describe the article."""

_SENTENCE_ENDS = (".", "!", "?", "…")
_LAST = 10
"""The last characters of a line, which tell whether it is a sentence."""
_SPEECH = re.compile(r"[–—-]\s?\w")
_ITEM = re.compile(r"\s*(?:[•*▪‣◦·–—-]\s|\d{1,3}[.)]\s)|.*[\t|]|.*[;,:]\s*$")
_SENTENCE_END = re.compile(r"[\w»\"”)%]{2}\.[»\"”)]?$")


def filled_lines(lines: Lines) -> list[int]:
    """Return the numbers of the lines that are not blank."""
    return [number for number, line in enumerate(lines) if not line.is_blank]


def embedded_lines(lines: Lines, start: int, end: int) -> set[int]:
    """Return the boilerplate between two lines, with the headlines below *Читайте также*.

    Headlines go from their heading up to prose, or up to a blank line below one of them.
    """
    embedded: set[int] = set()
    follows_heading = follows_headline = False
    for number in range(start, end):
        line = lines[number]
        if line.may_be_boilerplate and line.is_all(Kind.MORE):
            follows_heading, follows_headline = True, False
            embedded.add(number)
            continue
        if line.is_blank:
            follows_headline = False
        elif (follows_heading or follows_headline) and not (is_prose(line) or is_list_item(line)):
            follows_heading, follows_headline = False, True
            embedded.add(number)
        else:
            follows_heading = follows_headline = False
        if is_boilerplate(line):
            embedded.add(number)
    return embedded


def is_boilerplate(line: Line) -> bool:
    """Whether a line belongs to no article, wherever it stands."""
    if not line.may_be_boilerplate:
        return False
    if line.is_all(Kind.MORE) and line.label[1]:
        return True
    if line.is_all(Kind.COMMENTS, Kind.NUMBER):
        return len(line.parts) > 1 and line.has(Kind.NUMBER) and line.has(Kind.COMMENTS)
    if line.is_all(Kind.NETWORK, Kind.NUMBER) or (line.is_all(Kind.PHOTO) and not _is_photo_credit(line)):
        return len(line.parts) > 1 and line.has(Kind.NETWORK)
    return line.is_all(*BARS, Kind.NUMBER, Kind.BUTTON) and line.has(*BARS)


def is_prose(line: Line) -> bool:
    """Whether a line reads as sentences or direct speech, not as headline."""
    text = line.text.strip()
    if line.may_be_boilerplate and (is_boilerplate(line) or is_small_print(line)):
        return False
    if len(text) > _LONGEST_HEADLINE or (_SPEECH.match(text) and text.endswith(_SENTENCE_ENDS)):
        return True
    return " " in text and bool(_SENTENCE_END.search(text[-_LAST:])) and not _shortened().search(text[-_LAST:])


def is_small_print(line: Line) -> bool:
    """Whether a line is a copyright or another notice of the site."""
    return line.may_be_boilerplate and (line.is_all(Kind.COLOPHON, Kind.NOTICE) or line.text.lstrip().startswith("©"))


def is_list_item(line: Line) -> bool:
    """Whether a line is a list item or a table row."""
    return bool(_ITEM.match(line.text)) and not is_menu_heading(line)


def is_menu_heading(line: Line) -> bool:
    """Whether a line may be a heading of menus, tags or comments."""
    headings = (Kind.MORE, Kind.LIST, Kind.COMMENTS)
    if not line.may_be_boilerplate:
        return False
    return is_tag_heading(line) or (line.is_all(*headings, Kind.TAB, Kind.NUMBER) and line.has(*headings))


def is_tag_heading(line: Line) -> bool:
    """Whether a line is *Теги:* alone, with the tags on the lines below."""
    return line.is_all(Kind.TAGS) and is_phrase(line.text)


def is_signature(line: Line) -> bool:
    """Whether a name signs the article, and is no item of a list."""
    has_evidence = line.has(Kind.OFFICE, Kind.SITE, Kind.DATE)
    return has_evidence or any(map(is_surely_person_name, line.texts(Kind.NAME)))


class Chronicle:
    """The days of a chronicle in the article: several of them, on lines of their own."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = lines

    @cached_property
    def _dates(self) -> list[str]:
        short = (line for line in self._lines if len(line.text) <= _LONGEST_DAY)
        return sorted(line.date_match.date for line in short if line.is_all(Kind.DATE, Kind.TIME))

    def has(self, line: Line) -> bool:
        """Whether a date belongs to it, and is not the last.

        A chronicle is published after its last day.
        """
        if not line.is_all(Kind.DATE):
            return False
        if line.has_no_day:
            return len(self._dates) >= _FEWEST_MONTHS
        return len(self._dates) >= _FEWEST_DAYS and line.date_match.date < self._dates[-1]


def _is_photo_credit(line: Line) -> bool:
    """Whether a line credits a picture; *Видео* alone may be a heading."""
    return bool(line.label[1]) or len(line.text.split()) > 1


@cache
def _shortened() -> re.Pattern[str]:
    """Return the pattern of a last word whose full stop ends no sentence."""
    return re.compile(rf"\b(?:{PHRASE_LISTS.alternation('shortened')})\.$")
