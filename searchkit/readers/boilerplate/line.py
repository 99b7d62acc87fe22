"""A `Line` of a page consists of dates, counters, names and words.

A line is boilerplate only if all of its parts are. *22 Қыркүйек 2022, 17:44 923* is a date, a time
and a number, and *Маулен Ашимбаев, председатель Сената* a name and an office; *Курс доллара на 22
сентября 2022* is no boilerplate, because three of its words are of no known kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from searchkit.readers.boilerplate.dates.in_lines import DateMatch, find_date
from searchkit.readers.boilerplate.line_parts import CONTACT, LinePart, is_short, phrase_kinds, split_line
from searchkit.readers.boilerplate.phrase_lists import PHRASE_LISTS, Kind, words_of

LONGEST = 250
"""A longer line (code points) is a paragraph, whatever its first words are."""

_MOST_WORDS_OF_A_CREDIT = 12
_LABELS = frozenset({Kind.AUTHOR, Kind.SOURCE, Kind.PHOTO, Kind.TAGS, Kind.TITLE, Kind.ADDRESS, Kind.MORE})
"""Kinds of labels that may have a value after a colon: ``Фото: Акорда``."""
_FIRST_WORD = re.compile(r"\w+")
_LAST_WORD = re.compile(r"\w+(?=\W*$)")
_LONGEST_WORD = 40
_SIGNS = "#[{<$%@©+&"
"""A line may be boilerplate if it begins with one of these signs."""
_LABELLED = re.compile(r"\W*(?P<label>[^:：]{2,40}?)\s?[:：]\s*(?P<value>\S.*)", re.DOTALL)
_SPACES = re.compile(r"[\u00a0\u2007\u2009\u202f]")


@dataclass(frozen=True)
class Line:
    """A line of a page."""

    text: str
    modified: datetime | None = None
    """When the page was saved: see `find_date`."""

    @cached_property
    def is_blank(self) -> bool:
        """Whether the line holds only spaces and ornaments."""
        return not any(map(str.isalnum, self.text)) and not self.text.strip().startswith(("[", "{"))

    @cached_property
    def may_be_boilerplate(self) -> bool:
        """Whether its first or last word can begin or end boilerplate.

        Most lines of articles fail this quick check.
        """
        text = self.text.strip()
        if len(text) > LONGEST or not text:
            return False
        first, last = _FIRST_WORD.search(text), _LAST_WORD.search(text[-_LONGEST_WORD:])
        if first is None or text[0] in _SIGNS:
            return True
        return PHRASE_LISTS.may_match(first[0], last[0] if last else "")

    @cached_property
    def date_match(self) -> DateMatch:
        """The date of the line."""
        return find_date(_SPACES.sub(" ", self.text), self.modified)

    @cached_property
    def has_year(self) -> bool:
        """Whether the date of the line includes its year."""
        return bool(find_date(_SPACES.sub(" ", self.text)).date)

    @property
    def has_no_day(self) -> bool:
        """Whether the date of the line is a month or a year, which may also be a heading."""
        return len(self.date_match.date) in (len("2018"), len("2018-09"))

    @cached_property
    def label(self) -> tuple[frozenset[Kind], str]:
        """The kinds of the label before a colon, and its value: ``Фото: Акорда``."""
        match = _LABELLED.fullmatch(_SPACES.sub(" ", self.text).strip()) if len(self.text) <= LONGEST else None
        kinds = phrase_kinds(match["label"]) & _LABELS if match else frozenset()
        return (kinds, match["value"].strip()) if match and kinds else (frozenset(), "")

    @cached_property
    def parts(self) -> tuple[LinePart, ...]:
        """The parts of the line, without separators."""
        if len(self.text) > LONGEST:
            return (LinePart(self.text, frozenset()),)
        if kinds := PHRASE_LISTS.kinds_of_line(words_of(self.text)):
            return (LinePart(self.text, kinds),)
        if self.text.lstrip().startswith("©") and is_short(self.text, _MOST_WORDS_OF_A_CREDIT):
            return (LinePart(self.text, frozenset({Kind.PHOTO, Kind.COLOPHON})),)
        return self._labelled_parts() or (*self._date_parts(), *split_line(self.date_match.rest))

    def _labelled_parts(self) -> tuple[LinePart, ...]:
        """Return the value of a label that determines the whole line."""
        kinds, value = self.label
        if Kind.PHOTO in kinds and is_short(value, _MOST_WORDS_OF_A_CREDIT):
            return (LinePart(value, frozenset({Kind.PHOTO})),)
        if Kind.ADDRESS in kinds and CONTACT.fullmatch(value):
            return (LinePart(value, frozenset({Kind.CONTACT})),)
        return tuple(LinePart(value, frozenset({kind})) for kind in kinds & {Kind.TAGS, Kind.TITLE, Kind.MORE})

    def _date_parts(self) -> list[LinePart]:
        match = self.date_match
        parts = [LinePart(match.date, frozenset({Kind.DATE}))] if match.date else []
        return [*parts, LinePart("", frozenset({Kind.TIME}))] if match.has_time else parts

    @cached_property
    def _is_known(self) -> bool:
        """Whether all parts of the line are of some kind."""
        return bool(self.parts) and all(part.kinds for part in self.parts)

    def is_all(self, *kinds: Kind) -> bool:
        """Whether every part of the line may be of one of these kinds."""
        if not self._is_known:
            return False
        wanted = frozenset(kinds)
        return all(part.kinds & wanted for part in self.parts)

    def has(self, *kinds: Kind) -> bool:
        """Whether some part of the line may be of one of these kinds."""
        wanted = frozenset(kinds)
        return any(part.kinds & wanted for part in self.parts)

    def has_words_of(self, text: str) -> bool:
        """Whether the line has the words of `text`, and no others."""
        return words_of(self.text) == words_of(text) != ()

    def texts(self, kind: Kind) -> list[str]:
        """Return the texts of all parts of one kind."""
        return [part.text for part in self.parts if kind in part.kinds]
