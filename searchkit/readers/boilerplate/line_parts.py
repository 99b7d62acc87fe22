"""Split a line into phrases, numbers, names, contacts and unknown words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from searchkit.readers.boilerplate.person_names import ABBREVIATION, is_person_name
from searchkit.readers.boilerplate.phrase_lists import PHRASE_LISTS, Kind, words_of
from searchkit.readers.boilerplate.sites import site_name
from searchkit.readers.letters import CAPITALS

_MOST_WORDS_OF_AN_OFFICE = 14
_CREDITS = frozenset({Kind.AUTHOR, Kind.SOURCE, Kind.TITLE, Kind.ADDRESS})
_BUTTONS = frozenset({Kind.MENU, Kind.RUBRIC, Kind.LIST, Kind.MORE, Kind.NETWORK, Kind.BUTTON, Kind.TAB})
_FEWEST_SECTIONS = 4
"""So many sections of a site in one line make it a row of buttons."""
_SEPARATOR = re.compile(rf"[|•·●▪\t\n\u2028]|\s[/—–-]\s|[,;]\s|\s{{2,}}|[©®]|(?<=\w{{3}})\.\s(?=[{CAPITALS}])")
_NUMBER = re.compile(r"[+#№]?\d+(?:[\s.,]\d+)*\+?\s?[kKкКмМ]?%?(?:\s?°[cCсС]?)?")
CONTACT = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|@[A-Za-z]\w{2,}|(?:\+7|8)[\s(-]*\d{3}[\s)-]*\d[\d\s-]{5,}"
)
"""A URL, an e-mail address, an account or a telephone number of Kazakhstan."""
_HASHTAG = re.compile(r"#[^\W\d]\w*")
_TEMPLATE = re.compile(
    r"\[\[.*?\]\]|\{\{.*?\}\}|\{%.*?%\}|<%.*?%>|\$\{.*?\}|\[object Object\]|undefined|null|NaN|%[sd]|&nbsp;?"
)
_BY_FORM = ((_TEMPLATE, Kind.TEMPLATE), (_HASHTAG, Kind.TAGS), (CONTACT, Kind.CONTACT))
_QUOTED = re.compile(r"[«\"“][^«»\"“”]{2,40}[»\"”]")


@dataclass(frozen=True, slots=True)
class LinePart:
    """A part of a line between separators."""

    text: str
    kinds: frozenset[Kind]
    """All kinds that it may be of; empty for a part of an article."""


def split_line(text: str) -> Iterator[LinePart]:
    """Yield the parts of a line from which dates are removed."""
    parts = (part for chunk in _SEPARATOR.split(text) for part in _split_chunk(chunk.strip()))
    yield from _with_offices(parts)


@cache
def phrase_kinds(text: str) -> frozenset[Kind]:
    """Return the kinds of a text that is one whole phrase."""
    words = words_of(text)
    length, kinds = PHRASE_LISTS.longest_prefix(words)
    return kinds if length == len(words) else frozenset()


def is_phrase(text: str) -> bool:
    """Whether a text is one whole phrase, without a value behind it."""
    return bool(phrase_kinds(text))


def is_short(text: str, most_words: int) -> bool:
    """Whether a text has at most so many words."""
    return len(text.split()) <= most_words


def _split_chunk(text: str) -> Iterator[LinePart]:
    """Yield the parts of a text without separators."""
    for pattern, kind in _BY_FORM:
        for match in pattern.finditer(text):
            yield LinePart(match.group(), frozenset({kind}))
        text = pattern.sub(" ", text)
    if any(map(str.isalnum, text)):
        yield from _split_words(text.strip())


def _split_words(written: str) -> Iterator[LinePart]:
    """Yield the known parts that make up a text, or one unknown part."""
    text = written.strip(" .:!?…«»\"'()[]*>→←↑")
    is_quoted = written.startswith(("«", '"', "“"))
    phrases = [] if is_quoted else _phrases(text, _excluded_kinds(written))
    if phrases:
        yield from phrases
    elif site_name(text):
        yield LinePart(text, frozenset({Kind.SITE}))
    elif credit := _unlabelled_credit(text):
        yield credit
    elif is_person_name(text) and not is_quoted:
        yield LinePart(text, frozenset({Kind.NAME}))
    else:
        yield LinePart(written, frozenset())


def _excluded_kinds(text: str) -> frozenset[Kind]:
    """Return the kinds that the punctuation of a text excludes.

    Buttons have no full stop, and lone labels have a colon.
    """
    buttons = _BUTTONS if text.endswith((".", "!", "?")) else frozenset()
    return buttons if text.endswith(":") else buttons | _CREDITS


def _phrases(text: str, excluded: frozenset[Kind]) -> list[LinePart]:
    """Return the phrases and numbers of a text; nothing if a word remains."""
    words, parts, unknown = words_of(text), [], 0
    while words:
        length, kinds = PHRASE_LISTS.longest_prefix(words)
        kinds -= excluded
        if length <= 1 and _NUMBER.fullmatch(words[0]):
            kinds, length = kinds | {Kind.NUMBER}, 1
        if kinds:
            parts.append(LinePart(" ".join(words[:length]), kinds | _site_kind(text)))
        unknown += not kinds
        words = words[length if kinds else 1 :]
    return parts if not unknown or _is_row_of_buttons(parts, unknown) else []


def _is_row_of_buttons(parts: list[LinePart], unknown: int) -> bool:
    """Whether most words of a line are sections of a site.

    Every site has some sections that no list knows.
    """
    sections = sum(bool(part.kinds & {Kind.MENU, Kind.RUBRIC}) for part in parts)
    return sections >= _FEWEST_SECTIONS and sections > 2 * unknown


def _unlabelled_credit(text: str) -> LinePart | None:
    """Return the author or source behind a credit: *Беседовала Наталья Юн*."""
    words = text.split()
    for length in range(min(3, len(words) - 1), 0, -1):
        kinds = phrase_kinds(" ".join(words[:length]))
        value = " ".join(words[length:]).lstrip(":—– ")
        if Kind.AUTHOR in kinds and (is_person_name(value) or is_phrase(value) or _is_institution(words[0], value)):
            return LinePart(value, frozenset({Kind.AUTHOR}))
        if Kind.SOURCE in kinds and words[length - 1].endswith(":") and is_short(value, 6):
            return LinePart(value, frozenset({Kind.SOURCE}))
    return None


def _is_institution(label: str, value: str) -> bool:
    """Whether an author is an institution: *Автор: пресс-служба акимата*.

    *Корреспондент: …* is excluded by its label: it may precede a question.
    """
    labels = PHRASE_LISTS.words("institutional_author")
    is_label = label.endswith(":") and label.lower()[:-1] in labels
    return is_label and is_short(value, 5) and not value.endswith((".", "!", "?"))


def _with_offices(parts: Iterator[LinePart]) -> Iterator[LinePart]:
    """Yield the parts with offices and sites recognised after names.

    After a name, lower-case words are an office, and a quoted text is a site.
    """
    follows_name = False
    for part in parts:
        if follows_name and _is_office(part):
            part = LinePart(part.text, frozenset({Kind.OFFICE}))
        elif follows_name and not part.kinds and _QUOTED.fullmatch(part.text):
            part = LinePart(part.text.strip('«»"“”'), frozenset({Kind.SITE}))
        follows_name = bool(part.kinds & {Kind.NAME, Kind.AUTHOR, Kind.OFFICE})
        yield part


def _is_office(part: LinePart) -> bool:
    text = part.text
    if part.kinds:
        return Kind.AUTHOR in part.kinds and not is_person_name(text)
    if text.endswith((".", "!", "?")) or _is_sentence(text):
        return False
    return (text[0].islower() or bool(ABBREVIATION.match(text))) and is_short(text, _MOST_WORDS_OF_AN_OFFICE)


def _is_sentence(text: str) -> bool:
    """Whether a text has a word that sentences have and offices have not."""
    return not _words_of_sentences().isdisjoint(words_of(text))


@cache
def _words_of_sentences() -> frozenset[str]:
    return frozenset(PHRASE_LISTS.words("sentence"))


def _site_kind(text: str) -> frozenset[Kind]:
    return frozenset({Kind.SITE}) if site_name(text) else frozenset()
