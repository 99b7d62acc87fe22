"""A line of a page, taken apart: dates, counters, names, share buttons, and words that are none of these.

A line is furniture only where all of its pieces are. So *22 Қыркүйек 2022, 17:44 923* is a date, a time and a number;
*Маулен Ашимбаев, председатель Сената* a name and an office; in *Курс доллара на 22 сентября 2022* three words remain
that are neither.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property

from searchkit.readers.boilerplate import dates, sites
from searchkit.readers.boilerplate.phrase_lists import PHRASE_LISTS, Kind, words_of

LONGEST = 250
"""A line longer than this (code points) is a paragraph, whatever it begins with."""

_MOST_WORDS_OF_A_CREDIT = 12
_MOST_WORDS_OF_AN_OFFICE = 14
_LABELS = frozenset({Kind.AUTHOR, Kind.SOURCE, Kind.PHOTO, Kind.TAGS, Kind.TITLE, Kind.ADDRESS, Kind.MORE})
"""Kinds that may have something after them: ``Фото: Акорда``."""
_CREDITS = frozenset({Kind.AUTHOR, Kind.SOURCE, Kind.TITLE, Kind.ADDRESS})
_BUTTONS = frozenset({Kind.MENU, Kind.RUBRIC, Kind.LIST, Kind.MORE, Kind.NETWORK, Kind.BUTTON, Kind.TAB})
_FEWEST_SECTIONS = 4
_FIRST_WORD = re.compile(r"\w+")
_LAST_WORD = re.compile(r"\w+(?=\W*$)")
_LONGEST_WORD = 40
_SIGNS = "#[{<$%@©+&"
_BREAKS = re.compile(r"[|•·●▪\t\n\u2028]|\s[/—–-]\s|[,;]\s|\s{2,}|[©®]|(?<=\w{3})\.\s(?=[А-ЯЁӘҒҚҢӨҰҮІҺA-Z])")
_LABEL = re.compile(r"\W*(?P<label>[^:：]{2,40}?)\s?[:：]\s*(?P<value>\S.*)", re.DOTALL)
_SPACES = re.compile(r"[\u00a0\u2007\u2009\u202f]")
_NUMBER = re.compile(r"[+#№]?\d+(?:[\s.,]\d+)*\+?\s?[kKкКмМ]?%?(?:\s?°[cCсС]?)?")
_CONTACT = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@[A-Za-z]\w{2,}|(?:\+7|8)[\s(-]*\d{3}[\s)-]*\d[\d\s-]{5,}"
)
_HASHTAG = re.compile(r"#[^\W\d]\w*")
_TEMPLATE = re.compile(
    r"\[\[.*?\]\]|\{\{.*?\}\}|\{%.*?%\}|<%.*?%>|\$\{.*?\}|\[object Object\]|undefined|null|NaN|%[sd]|&nbsp;?"
)
_CAPITAL = "[А-ЯЁӘҒҚҢӨҰҮІҺA-Z]"
_LETTERS = r"(?:[^\W\d_]|[’'ʼ])*"
_NAME_WORD = re.compile(rf"{_CAPITAL}{_LETTERS}(?:-{_CAPITAL}{_LETTERS})?|{_CAPITAL}\.")
_INITIALS = re.compile(r"(?<=\.)(?=[^\W\d])")
_QUOTED = re.compile(r"[«\"“][^«»\"“”]{2,40}[»\"”]")
_ABBREVIATION = re.compile(rf"{_CAPITAL}{{2,6}}\b")


@dataclass(frozen=True, slots=True)
class LinePart:
    """A stretch of a line."""

    text: str
    kinds: frozenset[Kind]
    """What it may be; nothing where it is a part of an article."""


@dataclass(frozen=True)
class Line:
    """A line of a page."""

    text: str
    written: datetime | None = None
    """When the page was: see `dates.find`."""

    @cached_property
    def is_blank(self) -> bool:
        """Whether nothing but spaces and ornaments stands on it."""
        return not any(map(str.isalnum, self.text)) and not self.text.strip().startswith(("[", "{"))

    @cached_property
    def begins_like_furniture(self) -> bool:
        """Whether its first word, sign or last word lets it be more than names and unknown words: most lines do not."""
        text = self.text.strip()
        if len(text) > LONGEST or not text:
            return False
        first, last = _FIRST_WORD.search(text), _LAST_WORD.search(text[-_LONGEST_WORD:])
        if first is None or text[0] in _SIGNS:
            return True
        return PHRASE_LISTS.begins(first[0], last[0] if last else "")

    @cached_property
    def dated(self) -> dates.Dated:
        """The date on it."""
        return dates.find(_SPACES.sub(" ", self.text), self.written)

    @cached_property
    def has_year(self) -> bool:
        """Whether its date says its year itself."""
        return bool(dates.find(_SPACES.sub(" ", self.text)).date)

    @cached_property
    def label(self) -> tuple[frozenset[Kind], str]:
        """What the word before its colon says it is, and what follows: ``Фото: Акорда``."""
        match = _LABEL.fullmatch(_SPACES.sub(" ", self.text).strip()) if len(self.text) <= LONGEST else None
        kinds = _whole_phrase(match["label"]) & _LABELS if match else frozenset()
        return (kinds, match["value"].strip()) if match and kinds else (frozenset(), "")

    @cached_property
    def pieces(self) -> tuple[LinePart, ...]:
        """Its pieces, without what separates them."""
        if len(self.text) > LONGEST:
            return (LinePart(self.text, frozenset()),)
        if kinds := PHRASE_LISTS.whole(words_of(self.text)):
            return (LinePart(self.text, kinds),)
        if self.text.lstrip().startswith("©") and _is_short(self.text, _MOST_WORDS_OF_A_CREDIT):
            return (LinePart(self.text, frozenset({Kind.PHOTO, Kind.COLOPHON})),)
        if labelled := self._labelled():
            return labelled
        found = [LinePart(self.dated.date, frozenset({Kind.DATE}))] if self.dated.date else []
        found += [LinePart("", frozenset({Kind.TIME}))] if self.dated.has_time else []
        return (*found, *_with_offices(_taken_apart(self.dated.rest)))

    @cached_property
    def _is_known(self) -> bool:
        """Whether it has pieces, and each of them may be something."""
        return bool(self.pieces) and all(piece.kinds for piece in self.pieces)

    def _labelled(self) -> tuple[LinePart, ...]:
        """Read a line whose label says what all of it is."""
        kinds, value = self.label
        if Kind.PHOTO in kinds and _is_short(value, _MOST_WORDS_OF_A_CREDIT):
            return (LinePart(value, frozenset({Kind.PHOTO})),)
        if Kind.ADDRESS in kinds and _CONTACT.fullmatch(value):
            return (LinePart(value, frozenset({Kind.CONTACT})),)
        return tuple(LinePart(value, frozenset({kind})) for kind in kinds & {Kind.TAGS, Kind.TITLE, Kind.MORE})

    def is_all(self, *kinds: Kind) -> bool:
        """Whether each of its pieces may be one of these kinds."""
        if not self._is_known:
            return False
        wanted = frozenset(kinds)
        return all(piece.kinds & wanted for piece in self.pieces)

    def has(self, *kinds: Kind) -> bool:
        """Whether one of its pieces may be one of these kinds."""
        wanted = frozenset(kinds)
        return any(piece.kinds & wanted for piece in self.pieces)

    def says(self, text: str) -> bool:
        """Whether it has the words of `text`, and no others."""
        return words_of(self.text) == words_of(text) != ()

    def texts(self, kind: Kind) -> list[str]:
        """Return its pieces of one kind."""
        return [piece.text for piece in self.pieces if kind in piece.kinds]


def is_name(text: str) -> bool:
    """Whether this is written as a person's name is: *Маулен Ашимбаев*, *Қ. Мұқанов*, *Виктор НЕЧАЕВ*."""
    words = _INITIALS.sub(" ", text).split()
    if words and _ABBREVIATION.fullmatch(words[0]) and not text.isupper():
        return False  # ДЧС Алматы
    if any(word.lower().startswith(_institutions()) for word in words):
        return False
    return 2 <= len(words) <= 4 and all(map(_NAME_WORD.fullmatch, words)) and any(len(word) > 3 for word in words)


@cache
def _institutions() -> tuple[str, ...]:
    return tuple(word for row in PHRASE_LISTS.rows("institution") for word in row)


def is_surely_name(text: str) -> bool:
    """Whether one of its words also ends as surnames and patronymics do; *Қара Жорға* is no name."""
    endings = tuple(ending for row in PHRASE_LISTS.rows("surname") for ending in row)
    return is_name(text) and any(len(word) > 4 and word.lower().endswith(endings) for word in text.split())


def is_phrase(text: str) -> bool:
    """Whether this is a phrase of the word lists, not what stands behind one."""
    return bool(_whole_phrase(text))


def _taken_apart(text: str) -> Iterator[LinePart]:
    for chunk in _BREAKS.split(text):
        yield from _chunk(chunk.strip())


def _chunk(text: str) -> Iterator[LinePart]:
    """Yield the pieces of a stretch without separators."""
    for pattern, kind in ((_TEMPLATE, Kind.TEMPLATE), (_HASHTAG, Kind.TAGS), (_CONTACT, Kind.CONTACT)):
        for match in pattern.finditer(text):
            yield LinePart(match.group(), frozenset({kind}))
        text = pattern.sub(" ", text)
    if any(map(str.isalnum, text)):
        yield from _worded(text.strip())


def _worded(written: str) -> Iterator[LinePart]:
    """Yield the phrases, numbers and names of which all of a text consists, or the text as one unknown piece."""
    text = written.strip(" .:!?…«»\"'()[]*>→←↑")
    is_quoted = written.startswith(("«", '"', "“"))
    known = [] if is_quoted else _phrases(text, _not_so_written(written))
    if known:
        yield from known
    elif sites.named(text):
        yield LinePart(text, frozenset({Kind.SITE}))
    else:
        yield _credited(text) or (
            LinePart(text, frozenset({Kind.NAME}))
            if is_name(text) and not is_quoted
            else LinePart(written, frozenset())
        )


def _not_so_written(text: str) -> frozenset[Kind]:
    """Return kinds that a text cannot be: no button ends in a full stop, and a label alone has its colon."""
    buttons = _BUTTONS if text.endswith((".", "!", "?")) else frozenset()
    return buttons if text.endswith(":") else buttons | _CREDITS


def _phrases(text: str, excluded: frozenset[Kind]) -> list[LinePart]:
    """Return the phrases and numbers that make up a text; nothing where a word is left over."""
    words, found, unknown = words_of(text), [], 0
    while words:
        length, kinds = PHRASE_LISTS.prefix(words)
        kinds -= excluded
        if length <= 1 and _NUMBER.fullmatch(words[0]):
            kinds, length = kinds | {Kind.NUMBER}, 1
        if kinds:
            found.append(LinePart(" ".join(words[:length]), kinds | _site(text)))
        unknown += not kinds
        words = words[length if kinds else 1 :]
    return found if not unknown or _is_row_of_buttons(found, unknown) else []


def _is_row_of_buttons(found: list[LinePart], unknown: int) -> bool:
    """Whether most of a line are sections of a site, one beside the other: a site has some of its own, too."""
    sections = sum(bool(piece.kinds & {Kind.MENU, Kind.RUBRIC}) for piece in found)
    return sections >= _FEWEST_SECTIONS and sections > 2 * unknown


def _credited(text: str) -> LinePart | None:
    """Return an author or a source without its label: *Автор: Ольга Штерн*, *Беседовала Наталья Юн*."""
    words = text.split()
    for length in range(min(3, len(words) - 1), 0, -1):
        kinds = _whole_phrase(" ".join(words[:length]))
        value = " ".join(words[length:]).lstrip(":—– ")
        if Kind.AUTHOR in kinds and (is_name(value) or is_phrase(value) or _is_body(words[0], value)):
            return LinePart(value, frozenset({Kind.AUTHOR}))
        if Kind.SOURCE in kinds and words[length - 1].endswith(":") and _is_short(value, 6):
            return LinePart(value, frozenset({Kind.SOURCE}))
    return None


def _is_body(label: str, value: str) -> bool:
    """Whether the author is not a person: *Автор: пресс-служба акимата*. *Корреспондент: …* may be a question."""
    return label.lower() in ("автор:", "авторы:") and _is_short(value, 5) and not value.endswith((".", "!", "?"))


def _with_offices(pieces: Iterator[LinePart]) -> Iterator[LinePart]:
    """What follows a name and is written small is what that person is; what stands in quotation marks, where from."""
    after_name = False
    for piece in pieces:
        if after_name and _is_office(piece):
            piece = LinePart(piece.text, frozenset({Kind.OFFICE}))
        elif after_name and not piece.kinds and _QUOTED.fullmatch(piece.text):
            piece = LinePart(piece.text.strip('«»"“”'), frozenset({Kind.SITE}))
        after_name = bool(piece.kinds & {Kind.NAME, Kind.AUTHOR, Kind.OFFICE})
        yield piece


def _is_office(piece: LinePart) -> bool:
    text = piece.text
    if piece.kinds:
        return Kind.AUTHOR in piece.kinds and not is_name(text)
    if text.endswith((".", "!", "?")):
        return False
    return (text[0].islower() or bool(_ABBREVIATION.match(text))) and _is_short(text, _MOST_WORDS_OF_AN_OFFICE)


def _is_short(text: str, words: int) -> bool:
    return len(text.split()) <= words


def _site(text: str) -> frozenset[Kind]:
    return frozenset({Kind.SITE}) if sites.named(text) else frozenset()


@cache
def _whole_phrase(text: str) -> frozenset[Kind]:
    words = words_of(text)
    length, kinds = PHRASE_LISTS.prefix(words)
    return kinds if length == len(words) else frozenset()
