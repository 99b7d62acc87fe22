"""The phrases of boilerplate are listed by kind in ``words/*.txt``.

There is one file for each language, and one for all.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from functools import cached_property
from importlib.resources import files

_WORD = re.compile(r"\w+")
_LONGEST_OPENING = 6
"""The most words of a phrase with ``…``."""

Phrase = tuple[str, ...]


class Kind(StrEnum):
    """The kind of a part of a line.

    It is the name of a section of the phrase lists, or recognised by form.
    """

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
    # Recognised by form:
    DATE = "date"
    TIME = "time"
    NUMBER = "number"
    NAME = "name"
    OFFICE = "office"
    SITE = "site"
    CONTACT = "contact"
    TEMPLATE = "template"


class PhraseLists:
    """The sections of all phrase lists; the files are read on first use."""

    @cached_property
    def _sections(self) -> dict[str, list[str]]:
        sections: defaultdict[str, list[str]] = defaultdict(list)
        for path in sorted((files("searchkit.readers.boilerplate") / "words").iterdir(), key=lambda path: path.name):
            if path.name.endswith(".txt"):
                _read_sections(path.read_text("utf-8"), sections)
        return sections

    def rows(self, section: str) -> list[list[str]]:
        """Return the lines of a section, each as a list of words."""
        return [line.split() for line in self._sections[section]]

    def words(self, section: str) -> tuple[str, ...]:
        """Return all words of a section."""
        return tuple(word for row in self.rows(section) for word in row)

    def alternation(self, section: str) -> str:
        """Return a regular expression that matches any word of a section."""
        return any_of(self.words(section))

    @cached_property
    def _phrases(self) -> dict[Phrase, frozenset[Kind]]:
        """Phrases that are boilerplate by themselves."""
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

    @cached_property
    def _longest_phrase(self) -> int:
        return max(map(len, self._phrases))

    def _by_phrase(self, is_wanted: Callable[[str], bool]) -> dict[Phrase, frozenset[Kind]]:
        """Return the kinds of each phrase among the wanted lines."""
        kinds_of: defaultdict[Phrase, set[Kind]] = defaultdict(set)
        for kind in Kind:
            for line in filter(is_wanted, self._sections.get(kind.value, ())):
                kinds_of[words_of(line)].add(kind)
        return {phrase: frozenset(kinds) for phrase, kinds in kinds_of.items()}

    def may_match(self, first: str, last: str) -> bool:
        """Whether a line with these first and last words may be boilerplate.

        One that begins with a number always may.
        """
        return first[0].isdigit() or _folded(first) in self._first_words or _folded(last) in self._last_words

    def longest_prefix(self, words: Sequence[str]) -> tuple[int, frozenset[Kind]]:
        """Return the length (words) and kinds of the longest leading phrase."""
        for length in range(min(len(words), self._longest_phrase), 0, -1):
            if kinds := self._phrases.get(tuple(words[:length])):
                return length, kinds
        return 0, frozenset()

    def kinds_of_line(self, words: Sequence[str]) -> frozenset[Kind]:
        """Return the kinds of a whole line by its first or last words."""
        for length in range(min(len(words), _LONGEST_OPENING), 0, -1):
            kinds = self._openings.get(tuple(words[:length])) or self._endings.get(tuple(words[-length:]))
            if kinds:
                return kinds
        return frozenset()


def words_of(text: str) -> Phrase:
    """Return the words of a line as the lists spell them.

    They are lower-case, with ``ё`` as ``е``.
    """
    return tuple(_WORD.findall(_folded(text)))


def any_of(words: Iterable[str]) -> str:
    """Return a regular expression that matches any of `words`, the longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


def _folded(text: str) -> str:
    return text.lower().replace("ё", "е")


def _read_sections(text: str, sections: dict[str, list[str]]) -> None:
    name = ""
    for line in filter(None, map(str.strip, text.splitlines())):
        if line.startswith("["):
            name = line.strip("[]")
        elif not line.startswith("#"):
            sections[name].append(line)


PHRASE_LISTS = PhraseLists()
