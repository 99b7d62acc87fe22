"""The words that page furniture is made of, as listed in ``words/*.txt``, and which kinds of furniture a phrase may be."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cached_property
from importlib.resources import files

_WORD = re.compile(r"\w+")
_LONGEST_OPENING = 6
"""Words of a phrase with ``…``, at most."""

Phrase = tuple[str, ...]


class Kind(StrEnum):
    """What a stretch of a line is; the sections of the word lists, and what shows by its form."""

    SHARE = "share"
    NETWORK = "network"
    BUTTON = "button"
    PHOTO = "photo"
    VIEWS = "views"
    AUTHOR = "author"
    SOURCE = "source"
    PUBLISHED = "published"
    UPDATED = "updated"
    MINUTES = "minutes"
    TAGS = "tags"
    TITLE = "title"
    ADDRESS = "address"
    MORE = "more"
    LIST = "list"
    TAB = "tab"
    COMMENTS = "comments"
    MENU = "menu"
    RUBRIC = "rubric"
    NOTICE = "notice"
    COLOPHON = "colophon"
    PLACE = "place"
    # By form:
    DATE = "date"
    TIME = "time"
    NUMBER = "number"
    NAME = "name"
    OFFICE = "office"
    SITE = "site"
    CONTACT = "contact"
    TEMPLATE = "template"


class Vocabulary:
    """The sections of all word lists; read when first asked."""

    @cached_property
    def _sections(self) -> dict[str, list[str]]:
        sections: defaultdict[str, list[str]] = defaultdict(list)
        for path in sorted((files("searchkit.readers") / "words").iterdir(), key=lambda path: path.name):
            if path.name.endswith(".txt"):
                _read(path.read_text("utf-8"), sections)
        return sections

    def rows(self, section: str) -> list[list[str]]:
        """Return a section's lines, each as its words."""
        return [line.split() for line in self._sections[section]]

    @cached_property
    def _phrases(self) -> dict[Phrase, frozenset[Kind]]:
        """Phrases that are furniture by themselves."""
        return _by_phrase(self._entries(lambda line: "…" not in line))

    @cached_property
    def _openings(self) -> dict[Phrase, frozenset[Kind]]:
        return _by_phrase(self._entries(lambda line: line.endswith("…")))

    @cached_property
    def _endings(self) -> dict[Phrase, frozenset[Kind]]:
        return _by_phrase(self._entries(lambda line: line.startswith("…")))

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._phrases))

    def _entries(self, is_wanted: object) -> Iterator[tuple[Phrase, Kind]]:
        known = {kind.value for kind in Kind}
        for section, lines in self._sections.items():
            if section in known:
                for line in filter(is_wanted, lines):  # type: ignore[call-overload]
                    yield words_of(line), Kind(section)

    def prefix(self, words: Sequence[str]) -> tuple[int, frozenset[Kind]]:
        """Return how many words at the beginning are the longest phrase of the lists, and what it may be."""
        for length in range(min(len(words), self._longest), 0, -1):
            if kinds := self._phrases.get(tuple(words[:length])):
                return length, kinds
        return 0, frozenset()

    def whole(self, words: Sequence[str]) -> frozenset[Kind]:
        """Return what a line of these words is by the way it begins or ends."""
        for length in range(min(len(words), _LONGEST_OPENING), 0, -1):
            kinds = self._openings.get(tuple(words[:length])) or self._endings.get(tuple(words[-length:]))
            if kinds:
                return kinds
        return frozenset()


def words_of(text: str) -> Phrase:
    """Return the words of a line as the lists write them: without punctuation, lower-case, ``ё`` as ``е``."""
    return tuple(_WORD.findall(text.lower().replace("ё", "е")))


def _read(text: str, sections: dict[str, list[str]]) -> None:
    name = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("["):
            name = line.strip("[]")
        elif not line.startswith("#"):
            sections[name].append(line)


def _by_phrase(entries: Iterator[tuple[Phrase, Kind]]) -> dict[Phrase, frozenset[Kind]]:
    found: defaultdict[Phrase, set[Kind]] = defaultdict(set)
    for phrase, kind in entries:
        found[phrase].add(kind)
    return {phrase: frozenset(kinds) for phrase, kinds in found.items()}


VOCABULARY = Vocabulary()
