"""The words that page furniture is made of, as listed in ``words/*.txt``, and which kinds a phrase may be of."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
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


class PhraseLists:
    """The sections of all word lists; read when first asked."""

    @cached_property
    def _sections(self) -> dict[str, list[str]]:
        sections: defaultdict[str, list[str]] = defaultdict(list)
        for path in sorted((files("searchkit.readers.boilerplate") / "words").iterdir(), key=lambda path: path.name):
            if path.name.endswith(".txt"):
                _read(path.read_text("utf-8"), sections)
        return sections

    def rows(self, section: str) -> list[list[str]]:
        """Return a section's lines, each as its words."""
        return [line.split() for line in self._sections[section]]

    @cached_property
    def _phrases(self) -> dict[Phrase, frozenset[Kind]]:
        """Phrases that are furniture by themselves."""
        return self._by_phrase(lambda line: "…" not in line)

    @cached_property
    def _openings(self) -> dict[Phrase, frozenset[Kind]]:
        return self._by_phrase(lambda line: line.endswith("…"))

    @cached_property
    def _endings(self) -> dict[Phrase, frozenset[Kind]]:
        return self._by_phrase(lambda line: line.startswith("…"))

    @cached_property
    def _first_words(self) -> frozenset[str]:
        return frozenset(phrase[0] for phrases in (self._phrases, self._openings) for phrase in phrases)

    @cached_property
    def _last_words(self) -> frozenset[str]:
        return frozenset(phrase[-1] for phrase in self._endings)

    def begins(self, first: str, last: str) -> bool:
        """Whether a line with these words at its beginning and end may be one of the lists, or begins with a number."""
        return first[0].isdigit() or _folded(first) in self._first_words or _folded(last) in self._last_words

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._phrases))

    def _by_phrase(self, is_wanted: Callable[[str], bool]) -> dict[Phrase, frozenset[Kind]]:
        """Return the kinds of each phrase among the lines that are wanted."""
        found: defaultdict[Phrase, set[Kind]] = defaultdict(set)
        for kind in Kind:
            for line in filter(is_wanted, self._sections.get(kind.value, ())):
                found[words_of(line)].add(kind)
        return {phrase: frozenset(kinds) for phrase, kinds in found.items()}

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
    return tuple(_WORD.findall(_folded(text)))


def _folded(text: str) -> str:
    return text.lower().replace("ё", "е")


def _read(text: str, sections: dict[str, list[str]]) -> None:
    name = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("["):
            name = line.strip("[]")
        elif not line.startswith("#"):
            sections[name].append(line)


PHRASE_LISTS = PhraseLists()
