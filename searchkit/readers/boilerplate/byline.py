"""Find the date, counter, author and rubric between title and text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from searchkit.readers.boilerplate.line import Line
from searchkit.readers.boilerplate.phrase_lists import Kind
from searchkit.readers.boilerplate.rules import (
    ABOUT,
    BARS,
    TELLING,
    Chronicle,
    Lines,
    filled_lines,
    is_boilerplate,
    is_prose,
    is_signature,
)

_WINDOW = 8
"""So many lines after the title may hold the date and the author, with a lead before them."""
_MOST_COUNTERS = 2
"""More bare numbers than this, one below the other, are a table."""


def byline_lines(lines: Lines, title: int) -> set[int]:
    """Return the numbers of the lines below `title` that describe the article."""
    filled = [number for number in filled_lines(lines) if number > title]
    byline: set[int] = set()
    sentences, follows_title = 0, True
    for group in _groups(lines, filled[:_WINDOW]):
        if any(_has_date(lines[number]) for number in group) and any(_has_date(lines[number]) for number in byline):
            break  # a second date belongs to the article
        if lines[group[0]].is_all(*ABOUT) and not any(_goes_on(lines, number) for number in group):
            byline.update(group if _describes_article(lines, group, filled, follows_title) else ())
        sentences += sum(is_prose(lines[number]) for number in group)
        follows_title = follows_title and all(number in byline or is_boilerplate(lines[number]) for number in group)
        if sentences > 1:  # more than a lead
            break
    return byline


def _groups(lines: Lines, numbers: Sequence[int]) -> Iterator[list[int]]:
    """Yield runs of lines that may describe the article, and of others.

    A second date starts a new run.
    """
    group: list[int] = []
    for number in numbers:
        is_other = group and lines[group[-1]].is_all(*ABOUT) != lines[number].is_all(*ABOUT)
        if is_other or (_has_date(lines[number]) and any(_has_date(lines[other]) for other in group)):
            yield group
            group = []
        group.append(number)
    if group:
        yield group


def _has_date(line: Line) -> bool:
    return line.is_all(*ABOUT) and line.has(Kind.DATE) and not line.has(Kind.PUBLISHED, Kind.UPDATED)


def _goes_on(lines: Lines, number: int) -> bool:
    """Whether a name with its office begins a sentence, of which the next line has more."""
    if not lines[number].has(Kind.OFFICE) or number + 1 == len(lines):
        return False
    following = lines[number + 1]
    return following.text.lstrip()[:1].islower() and not following.is_all(*ABOUT, *BARS)


def _describes_article(lines: Lines, group: Sequence[int], filled: Sequence[int], follows_title: bool) -> bool:
    """Whether a group describes the article.

    Below a lead it must contain a telling kind; a date there may also be a day of a chronicle.
    """
    counters = sum(lines[number].is_all(Kind.NUMBER) for number in group)
    if counters > _MOST_COUNTERS:
        return False
    telling = [number for number in group if lines[number].has(*TELLING)]
    if telling:
        is_heading = lines[telling[0]].has_no_day and not follows_title
        return not is_heading and not Chronicle(lines[number] for number in filled).has(lines[telling[0]])
    names = [lines[number] for number in group if lines[number].has(Kind.NAME)]
    has_company = counters > 0 or any(lines[number].has(Kind.SITE) for number in group)
    return follows_title and (has_company or all(map(is_signature, names)))
