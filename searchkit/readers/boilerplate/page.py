"""A page as text: what of it is the article, what is known about it, and what was left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from searchkit.document import Cut, Document
from searchkit.readers.boilerplate import dates, metadata, rules, sites
from searchkit.readers.boilerplate.line import Line
from searchkit.readers.boilerplate.metadata import NOTHING, Metadata
from searchkit.readers.boilerplate.phrase_lists import Kind
from searchkit.readers.sources.files import File

_SUFFIX_MARKS = (" | ", " — ", " – ", " - ", " :: ", " » ")
_LONGEST_SUFFIX = 5
"""Words of a site's name behind a title, at most."""


def to_document(text: str, file: File, known: Metadata = NOTHING) -> Document:
    """Return the article in a page's text. What is `known` from metadata goes before what the page says."""
    page = Page(text, known, dates.written(Path(file.absolute_path)))
    found = page.facts.or_else(metadata.of_place(file.id, page.facts.url))
    return Document(
        id=file.id,
        title=page.title,
        text=page.article,
        date=found.date,
        source=found.source,
        author=found.author,
        office=found.office,
        url=found.url,
        path=file.absolute_path,
        tags=found.tags,
        cut=page.cut,
    )


@dataclass(frozen=True)
class Page:
    """The text of a page."""

    text: str
    known: Metadata = NOTHING
    written: datetime | None = None
    """When the file was, for dates such as *вчера*."""

    @cached_property
    def title(self) -> str:
        """The title, without the name of the site behind it."""
        return self.known.title or self._heading[0]

    @cached_property
    def article(self) -> str:
        """The text of the article, its lines as they stood."""
        return "\n".join(line.text for number, line in enumerate(self._lines) if number not in self._left_out)

    @cached_property
    def cut(self) -> tuple[Cut, ...]:
        """What is not in the article: stretches of lines, each with the number of its first line in the page."""
        stretches: list[tuple[int, list[str]]] = []
        for number in sorted(self._left_out):
            if not stretches or stretches[-1][0] + len(stretches[-1][1]) != number:
                stretches.append((number, []))
            stretches[-1][1].append(self._lines[number].text)
        return tuple((number, "\n".join(lines)) for number, lines in stretches)

    @cached_property
    def facts(self) -> Metadata:
        """What metadata knows, then the lines around the article, then what the article says, then the small print."""
        above, below = self._told_by(self._head | self._foot | self._inside), self._told_by(set(range(self._start - 1)))
        article = metadata.of_text(self.article.split("\n"))
        small_print = metadata.of_notices(self._lines[number] for number in sorted(self._left_out))
        heading = Metadata(source=self._heading[1])
        return self.known.or_else(heading).or_else(article).or_else(above).or_else(below).or_else(small_print)

    @cached_property
    def _lines(self) -> list[Line]:
        return [Line(line, self.written) for line in self.text.split("\n")]

    @cached_property
    def _title_at(self) -> int | None:
        """The line of the title; nothing where metadata knows it, since then the page need not have it."""
        return None if self.known.title else rules.title_at(self._lines)

    @cached_property
    def _start(self) -> int:
        """The line after the title, and after what repeats it: menus may stand in between."""
        titles = rules.repeated(self._lines, self.title)
        return max(titles | ({self._title_at} if self._title_at is not None else set()), default=-1) + 1

    @cached_property
    def _head(self) -> set[int]:
        return rules.head(self._lines, self._start - 1)

    @cached_property
    def _end(self) -> int:
        """The line with which the menus begin."""
        return rules.tail(self._lines, max(self._head, default=self._start - 1) + 1)

    @cached_property
    def _foot(self) -> set[int]:
        return rules.foot(self._lines, max(self._head, default=self._start - 1) + 1, self._end)

    @cached_property
    def _inside(self) -> set[int]:
        return rules.inside(self._lines, self._start, self._end)

    @cached_property
    def _left_out(self) -> set[int]:
        """All lines that are not the article's, with the empty lines around them."""
        lines = range(len(self._lines))
        out = {*lines[: self._start], *self._head, *self._inside, *self._foot, *lines[self._end :]}
        for number in lines:
            if self._lines[number].is_blank and (number == 0 or number - 1 in out):
                out.add(number)
        for number in reversed(lines):
            if not self._lines[number].is_blank and number not in out:
                break
            out.add(number)
        return out

    @cached_property
    def _heading(self) -> tuple[str, str]:
        """The title and the site that stands behind it."""
        if self._title_at is None:
            return "", ""
        line = self._lines[self._title_at]
        whole = line.label[1] if Kind.TITLE in line.label[0] else line.text.strip()
        for mark in _SUFFIX_MARKS:
            title, _, site = whole.rpartition(mark)
            if title and (sites.named(site) or self._is_repeated(title, site)):
                return title.strip(), sites.named(site) or site.strip()
        return whole, ""

    def _is_repeated(self, title: str, site: str) -> bool:
        """Whether the title stands once more below, without what was behind it."""
        return len(site.split()) <= _LONGEST_SUFFIX and bool(rules.repeated(self._lines, title))

    def _told_by(self, numbers: set[int]) -> Metadata:
        return metadata.told(self._lines[number] for number in sorted(numbers))
