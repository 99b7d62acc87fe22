"""Which lines of a page are not its article: the title, what stands between title and text, and what sites put around.

Rules are about the shape of lines and where they stand; the words are data (`vocabulary`). Losing a paragraph is worse
than keeping a menu: a line goes only where all of it is furniture, or where it stands under a heading such as *Читайте
также* and nothing that reads as an article comes after it. `docs/articles.md` tells the rules as a reader sees them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from searchkit.readers.boilerplate.line import Line, is_phrase, is_surely_name
from searchkit.readers.boilerplate.phrase_lists import Kind

Lines = Sequence[Line]

_LONGEST_TITLE = 300
"""A first line longer than this (code points) is a paragraph, not a title."""
_LONGEST_HEADLINE = 200
_WINDOW = 8
"""So many lines after the title may hold the date and the author, if a lead stands before them."""
_MOST_COUNTERS = 2
"""More bare numbers than this, one below the other, are a table."""
_LONGEST_DAY = 40
"""A day on a line of its own is not longer than this (code points)."""
_FEWEST_DAYS = 3
"""So many days on lines of their own are a chronicle."""
_FIRST_ITEMS = 2
"""So many lines under a heading tell whether a list of its own stands there."""

_BARS = (Kind.SHARE, Kind.NETWORK, Kind.NOTICE, Kind.TEMPLATE, Kind.TAGS, Kind.PHOTO)
"""Kinds of lines that may stand in the middle of an article."""
_BUTTONS = (Kind.BUTTON, Kind.TAB, Kind.MENU, Kind.RUBRIC, Kind.LIST, Kind.COMMENTS, Kind.NUMBER, Kind.CONTACT)
_TELLING = (Kind.DATE, Kind.VIEWS, Kind.AUTHOR, Kind.OFFICE, Kind.PUBLISHED, Kind.UPDATED, Kind.MINUTES)
"""Kinds that make a line about the article out of names, numbers and places, which it may have for itself."""
_ABOUT = (
    *_TELLING, *_BUTTONS, Kind.SHARE, Kind.NETWORK, Kind.TAGS, Kind.TIME, Kind.SOURCE, Kind.NAME, Kind.PLACE, Kind.SITE
)  # fmt: skip
_ABOVE = (
    *_BARS, *_BUTTONS, Kind.MORE, Kind.COLOPHON, Kind.DATE, Kind.TIME, Kind.VIEWS, Kind.PUBLISHED, Kind.UPDATED,
    Kind.MINUTES, Kind.SITE,
)  # fmt: skip
"""Kinds of lines that a page may have above its title."""
_BELOW = (*_BARS, *_ABOUT, Kind.MORE, Kind.COLOPHON)
"""Kinds of lines that a page may have below its article."""
_WEAK = (Kind.NAME, Kind.RUBRIC, Kind.NUMBER, Kind.CONTACT, Kind.PLACE, Kind.SITE, Kind.LIST, Kind.TAB, Kind.TIME)
"""Kinds that are the end of an article as often as furniture: they go only in company."""

_SECTIONS = (Kind.MENU, Kind.RUBRIC, Kind.LIST)
_FEWEST_SECTIONS = 3
_WORDS_OF_A_HEADLINE = 4

_ENDS = (".", "!", "?", "…")
_LAST = 10
"""The last letters of a line, which tell whether it is a sentence."""
_SPEECH = re.compile(r"[–—-]\s?\w")
_ITEM = re.compile(r"\s*(?:[•*▪‣◦·–—-]\s|\d{1,3}[.)]\s)|.*[\t|]|.*[;,:]\s*$")
_SENTENCE_END = re.compile(r"[\w»\"”)%]{2}\.[»\"”)]?$")
_SHORTENED = re.compile(r"\b(?:г|гг|ж|жж|т\.б|др|млн|млрд|тг|руб)\.$")


def title_at(lines: Lines) -> int | None:
    """Return the number of the line that is the title; nothing where there is none."""
    shown = _shown(lines)
    above = list(takewhile(lambda number: _is_above(lines[number]), shown))
    rest = shown[len(above) :] or shown[:1]
    if not rest:
        return None
    if any(_heads_a_menu(lines[number]) for number in above):
        ways = (_named_as_menu(lines, above, rest[0]), _under_menus(lines, shown), _last_headline(lines, rest))
    else:
        ways = (_named_as_menu(lines, above, rest[0]), _under_menus(lines, shown), rest[0])
    title = next(number for number in ways if number is not None)
    if title == shown[-1]:  # a title has its article below it
        title = shown[0]
    return title if len(lines[title].text.strip()) <= _LONGEST_TITLE else None


def repeated(lines: Lines, title: str) -> set[int]:
    """Return the lines before the text that say the title once more."""
    before = takewhile(lambda number: not is_prose(lines[number]) or lines[number].says(title), _shown(lines))
    return {number for number in before if lines[number].says(title)}


def head(lines: Lines, title: int) -> set[int]:
    """Return the lines between title and text that tell about the article: date, counter, author, rubric."""
    shown = [number for number in _shown(lines) if number > title]
    found: set[int] = set()
    sentences, after_title = 0, True
    for group in _groups(lines, shown[:_WINDOW]):
        if any(_has_date(lines[number]) for number in group) and any(_has_date(lines[number]) for number in found):
            break  # those of an article's own dates
        if lines[group[0]].is_all(*_ABOUT):
            found.update(group if _tells(lines, group, shown, after_title) else ())
        sentences += sum(is_prose(lines[number]) for number in group)
        after_title = after_title and all(number in found or is_furniture(lines[number]) for number in group)
        if sentences > 1:  # more than a lead
            break
    return found


def tail(lines: Lines, start: int) -> int:
    """Return the line, from `start` on, with which the menus after the article begin; where there are none, the end."""
    shown = [number for number in _shown(lines) if number >= start]
    prose = [number for number in shown if is_prose(lines[number])]
    article = 0
    for place, number in enumerate(shown):
        if article and _heads_a_menu(lines[number]) and _is_menu(lines, shown[place:], prose):
            return number
        article += not is_furniture(lines[number])
    return len(lines)


def foot(lines: Lines, start: int, end: int) -> set[int]:
    """Return the last lines before `end` that are not the article's: share bars, date and author, small print."""
    shown = [number for number in _shown(lines) if start <= number < end]
    found = list(takewhile(lambda number: _is_below(lines[number]), reversed(shown)))[::-1]
    opens_list = len(found) < len(shown) and lines[shown[-len(found) - 1]].text.rstrip().endswith(":")
    strong = end < len(lines) or not all(lines[number].is_all(*_WEAK) for number in found)
    while found and not _goes(lines, found, strong and not opens_list, opens_list):
        found = found[1:]
    return set(found)


def inside(lines: Lines, start: int, end: int) -> set[int]:
    """Return lines in the middle of an article that are none of it, with the headlines under *Читайте также*."""
    found = {number for number in range(start, end) if is_furniture(lines[number])}
    for number in range(start, end):
        if lines[number].begins_like_furniture and lines[number].is_all(Kind.MORE):
            found |= {number, *_headlines(lines, number + 1, end)}
    return found


def is_furniture(line: Line) -> bool:
    """Whether a line is no part of an article wherever it stands."""
    if not line.begins_like_furniture:
        return False
    if line.is_all(Kind.MORE) and line.label[1]:
        return True
    if line.is_all(Kind.COMMENTS, Kind.NUMBER):
        return len(line.pieces) > 1 and line.has(Kind.NUMBER) and line.has(Kind.COMMENTS)
    if line.is_all(Kind.NETWORK, Kind.NUMBER) or (line.is_all(Kind.PHOTO) and not _is_credit(line)):
        return len(line.pieces) > 1 and line.has(Kind.NETWORK)
    return line.is_all(*_BARS, Kind.NUMBER, Kind.BUTTON) and line.has(*_BARS)


def is_prose(line: Line) -> bool:
    """Whether a line reads as a sentence or more, or as somebody's words, not as a headline."""
    text = line.text.strip()
    if line.begins_like_furniture and (is_furniture(line) or _is_small_print(line)):
        return False
    if len(text) > _LONGEST_HEADLINE or (_SPEECH.match(text) and text.endswith(_ENDS)):
        return True
    return " " in text and bool(_SENTENCE_END.search(text[-_LAST:])) and not _SHORTENED.search(text[-_LAST:])


def _shown(lines: Lines) -> list[int]:
    return [number for number, line in enumerate(lines) if not line.is_blank]


def _is_credit(line: Line) -> bool:
    """Whether a line says whose the picture is; *Видео* alone may also be a heading."""
    return bool(line.label[1]) or len(line.text.split()) > 1


def _is_small_print(line: Line) -> bool:
    return line.begins_like_furniture and (
        line.is_all(Kind.COLOPHON, Kind.NOTICE) or line.text.lstrip().startswith("©")
    )


def _is_below(line: Line) -> bool:
    return line.is_all(*_BELOW) or _is_small_print(line)


def _heads_a_menu(line: Line) -> bool:
    heads = (Kind.MORE, Kind.LIST, Kind.COMMENTS)
    if not line.begins_like_furniture:
        return False
    return _heads_tags(line) or (line.is_all(*heads, Kind.TAB, Kind.NUMBER) and line.has(*heads))


def _is_above(line: Line) -> bool:
    return line.is_all(*_ABOVE) or _is_trail(line) or _is_small_print(line)


def _is_trail(line: Line) -> bool:
    """Whether a line tells the way from the first page to this one: *Главная / Новости / Открыт парк*."""
    *sections, last = line.pieces or (None,)
    return (
        len(sections) > 1
        and not (last and last.kinds)
        and all(p.kinds & {Kind.MENU, Kind.RUBRIC} for p in sections if p)
    )


def _under_menus(lines: Lines, shown: Sequence[int]) -> int | None:
    """Return the first headline among many sections of a site: it says more than they do, known or not."""
    before = list(takewhile(lambda number: not is_prose(lines[number]), shown))
    if sum(lines[number].is_all(*_SECTIONS) for number in before) < _FEWEST_SECTIONS:
        return None
    headlines = (number for number in before if not _is_above(lines[number]))
    return next((number for number in headlines if len(lines[number].text.split()) >= _WORDS_OF_A_HEADLINE), None)


def _named_as_menu(lines: Lines, above: Sequence[int], first: int) -> int | None:
    """Return the title of an article that is called «Архив»: then nothing but that stands between it and the text."""
    names = [number for number in above if lines[number].is_all(*_SECTIONS)]
    return names[0] if len(names) == 1 and is_prose(lines[first]) else None


def _heads_tags(line: Line) -> bool:
    """Whether tags may stand below, one a line: *Теги:* alone."""
    return line.is_all(Kind.TAGS) and is_phrase(line.text)


def _last_headline(lines: Lines, rest: Sequence[int]) -> int:
    """Return the title below a list of other headlines: what stands last before the date or the text."""
    headlines = takewhile(
        lambda number: not is_prose(lines[number]) and not lines[number].is_all(*_ABOUT, *_BARS), rest
    )
    return max(headlines, default=rest[0])


def _groups(lines: Lines, numbers: Sequence[int]) -> Iterator[list[int]]:
    """Yield stretches of lines that are about the article, and of those that are not."""
    group: list[int] = []
    for number in numbers:
        is_other = group and lines[group[-1]].is_all(*_ABOUT) != lines[number].is_all(*_ABOUT)
        if is_other or (_has_date(lines[number]) and any(_has_date(lines[other]) for other in group)):
            yield group
            group = []
        group.append(number)
    if group:
        yield group


def _has_date(line: Line) -> bool:
    return line.is_all(*_ABOUT) and line.has(Kind.DATE) and not line.has(Kind.PUBLISHED, Kind.UPDATED)


def _tells(lines: Lines, group: Sequence[int], shown: Sequence[int], after_title: bool) -> bool:
    """Whether these lines are about the article. Below a lead they have to say so; dates may also part a chronicle."""
    counters = sum(lines[number].is_all(Kind.NUMBER) for number in group)
    if counters > _MOST_COUNTERS:
        return False
    telling = [number for number in group if lines[number].has(*_TELLING)]
    if telling:
        return not _is_of_chronicle(lines, telling[0], shown)
    names = [lines[number] for number in group if lines[number].has(Kind.NAME)]
    in_company = counters > 0 or any(lines[number].has(Kind.SITE) for number in group)
    return after_title and (in_company or all(map(_is_signature, names)))


def _is_of_chronicle(lines: Lines, number: int, shown: Sequence[int]) -> bool:
    """Whether a date is one of several on lines of their own, and not the last: a chronicle is published after them."""
    if not lines[number].is_all(Kind.DATE):
        return False
    days = (lines[other] for other in shown if len(lines[other].text) <= _LONGEST_DAY)
    dated = [line.dated.date for line in days if line.is_all(Kind.DATE, Kind.TIME)]
    return len(dated) >= _FEWEST_DAYS and lines[number].dated.date < max(dated)


def _is_signature(line: Line) -> bool:
    return line.has(Kind.OFFICE, Kind.SITE, Kind.DATE) or any(map(is_surely_name, line.texts(Kind.NAME)))


def _is_menu(lines: Lines, shown: Sequence[int], prose: Sequence[int]) -> bool:
    """Whether all that follows a heading is a menu. *Архив* and *Новости* may also head a part of the article."""
    heading = lines[shown[0]]
    if any(number > shown[0] for number in prose):
        return heading.has(Kind.COMMENTS) and lines[shown[-1]].is_all(Kind.COMMENTS)
    rest = [lines[number] for number in shown[1:] if not is_furniture(lines[number])]
    items = list(map(_is_item, rest))
    if heading.is_all(Kind.MORE) or _heads_tags(heading):
        return not any(items) or all(items[:_FIRST_ITEMS])
    return bool(prose) and not heading.text.rstrip().endswith(":") and not any(items[:_FIRST_ITEMS])


def _is_item(line: Line) -> bool:
    """Whether a line is an item of a list or a row of a table."""
    return bool(_ITEM.match(line.text)) and not _heads_a_menu(line)


def _headlines(lines: Lines, start: int, end: int) -> Iterator[int]:
    """Yield the lines with headlines from `start` on: to the first empty line after them, or to a sentence."""
    met = False
    for number in range(start, end):
        if lines[number].is_blank and met:
            return
        if lines[number].is_blank:
            continue
        if is_prose(lines[number]) or _is_item(lines[number]):
            return
        met = True
        yield number


def _goes(lines: Lines, found: Sequence[int], in_company: bool, opens_list: bool) -> bool:
    """Whether the first of these lines at the end is furniture: not a table's number, a list's name, a telephone."""
    line = lines[found[0]]
    if _is_of_chronicle(lines, found[0], range(len(lines))) or (line.has(Kind.DATE) and not line.has_year):
        return False
    if not line.is_all(*_WEAK):
        return True
    if line.has(Kind.NAME):
        alone = sum(lines[number].has(Kind.NAME) for number in found) == 1 == len(line.texts(Kind.NAME))
        counted = any(lines[number].is_all(Kind.NUMBER) for number in found)  # then it is a table of results
        return alone and not counted and _is_signature(line) and not opens_list and not _is_item(line)
    menus = line.is_all(Kind.RUBRIC) and not any(lines[number].is_all(Kind.MENU) for number in found)
    return in_company and not menus and not _is_item(line)
