"""A scraped page is divided into article, metadata and cut lines."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from searchkit.document import Cut, Document
from searchkit.readers.boilerplate import metadata
from searchkit.readers.boilerplate.byline import byline_lines
from searchkit.readers.boilerplate.dates.in_lines import modification_time
from searchkit.readers.boilerplate.line import Line
from searchkit.readers.boilerplate.metadata import EMPTY, Metadata
from searchkit.readers.boilerplate.phrase_lists import Kind
from searchkit.readers.boilerplate.rules import embedded_lines
from searchkit.readers.boilerplate.sites import site_name
from searchkit.readers.boilerplate.title import find_title, first_line, title_repeats
from searchkit.readers.boilerplate.trailer import footer_lines, trailer_start
from searchkit.readers.mending.mend import mended
from searchkit.readers.sources.files import File

_BEFORE_SITE = (" | ", " — ", " – ", " - ", " :: ", " » ")
"""The marks between a title and the name of the site behind it."""
_LONGEST_SITE = 5
"""The most words of a site's name behind a title."""


def to_document(text: str, file: File, declared: Metadata = EMPTY, *, is_written: bool = False) -> Document:
    """Return the article of a page.

    Args:
        text: The text of the page.
        file: The file of the page.
        declared: Metadata that the page declares; it takes precedence over the lines of the page.
        is_written: Whether it is no page of a site, but was written in an office program: only its
            title is cut.
    """
    modified = file.saved_at or modification_time(Path(file.absolute_path))
    page = ScrapedPage(mended(text, file.remark), declared, modified, is_written)
    meta = page.metadata.or_else(metadata.from_location(file.id, file.url or page.metadata.url))
    return Document(
        id=file.id,
        title=page.title,
        text=page.article,
        date=meta.date,
        source=meta.source,
        author=meta.author,
        office=meta.office,
        url=file.url or meta.url,
        path=file.absolute_path,
        tags=meta.tags,
        cut=page.cut,
    )


@dataclass(frozen=True)
class ScrapedPage:
    """The text of a page, divided into article and boilerplate."""

    text: str
    declared: Metadata = EMPTY
    modified: datetime | None = None
    """When the file was last modified, for dates such as *вчера*."""
    is_written: bool = False
    """Whether nothing of it is boilerplate, and its first line is the title."""

    @cached_property
    def title(self) -> str:
        """The title, without the name of the site behind it."""
        return self.declared.title or self._heading[0]

    @cached_property
    def article(self) -> str:
        """The text of the article, its lines unchanged."""
        return "\n".join(line.text for number, line in enumerate(self._lines) if number not in self._cut_lines)

    @cached_property
    def cut(self) -> tuple[Cut, ...]:
        """The runs of cut lines, each with the number of its first line."""
        runs: list[tuple[int, list[str]]] = []
        for number in sorted(self._cut_lines):
            if not runs or runs[-1][0] + len(runs[-1][1]) != number:
                runs.append((number, []))
            runs[-1][1].append(self._lines[number].text)
        return tuple((number, "\n".join(lines)) for number, lines in runs)

    @cached_property
    def metadata(self) -> Metadata:
        """The metadata of the article; earlier sources below take precedence."""
        sources = (
            Metadata(source=self._heading[1]),
            metadata.from_article(self.article.split("\n")),
            self._metadata_in(self._byline | self._footer | self._embedded),
            self._metadata_in(set(range(self._text_start - 1))),
            metadata.from_small_print(self._lines[number] for number in sorted(self._cut_lines)),
        )
        merged = self.declared
        for source in sources:
            merged = merged.or_else(source)
        return merged

    @cached_property
    def _lines(self) -> list[Line]:
        """The lines; equal ones are one object, which is analyzed once."""
        texts = self.text.split("\n")
        lines = {text: Line(text, self.modified) for text in dict.fromkeys(texts)}
        return [lines[text] for text in texts]

    @cached_property
    def _title_line(self) -> int | None:
        """The number of the title's line; none if the title is declared.

        A page may lack a declared title.
        """
        if self.declared.title:
            return None
        return first_line(self._lines) if self.is_written else find_title(self._lines)

    @cached_property
    def _text_start(self) -> int:
        """The number of the line after the title and its last repeat.

        Menus may separate the two.
        """
        titles = set() if self.is_written else title_repeats(self._lines, self.title)
        return max(titles | ({self._title_line} if self._title_line is not None else set()), default=-1) + 1

    @cached_property
    def _byline(self) -> set[int]:
        return byline_lines(self._lines, self._text_start - 1)

    @cached_property
    def _after_byline(self) -> int:
        return max(self._byline, default=self._text_start - 1) + 1

    @cached_property
    def _text_end(self) -> int:
        """The number of the first line of the menus after the article."""
        return trailer_start(self._lines, self._after_byline)

    @cached_property
    def _footer(self) -> set[int]:
        return footer_lines(self._lines, self._after_byline, self._text_end)

    @cached_property
    def _embedded(self) -> set[int]:
        return embedded_lines(self._lines, self._text_start, self._text_end)

    @cached_property
    def _cut_lines(self) -> set[int]:
        """The numbers of all cut lines, with the blank lines around them."""
        lines = range(len(self._lines))
        cut = {*lines[: self._text_start]}
        if not self.is_written:
            cut |= {*self._byline, *self._embedded, *self._footer, *lines[self._text_end :]}
        for number in lines:
            if self._lines[number].is_blank and (number == 0 or number - 1 in cut):
                cut.add(number)
        for number in reversed(lines):
            if not self._lines[number].is_blank and number not in cut:
                break
            cut.add(number)
        return cut

    @cached_property
    def _heading(self) -> tuple[str, str]:
        """The title and the name of the site behind it."""
        if self._title_line is None:
            return "", ""
        line = self._lines[self._title_line]
        whole = line.label[1] if Kind.TITLE in line.label[0] else line.text.strip()
        for mark in () if self.is_written else _BEFORE_SITE:
            title, _, site = whole.rpartition(mark)
            if title and (site_name(site) or self._is_repeated(title, site)):
                return title.strip(), site_name(site) or site.strip()
        return whole, ""

    def _is_repeated(self, title: str, site: str) -> bool:
        """Whether the page repeats the title without the text behind it."""
        return len(site.split()) <= _LONGEST_SITE and bool(title_repeats(self._lines, title))

    def _metadata_in(self, numbers: set[int]) -> Metadata:
        return metadata.from_lines(self._lines[number] for number in sorted(numbers))
