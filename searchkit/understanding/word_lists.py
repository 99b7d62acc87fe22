"""Reads the word lists of query expansion: a glossary, groups of synonyms, places.

They are files in ``searchkit/understanding/data`` that speakers of the languages can read and
extend; each explains itself at its top. The last comment line of a table names its columns:
language codes, ``"ru adjective"`` and the like. A list is read at first use. Queries are understood
faster if ``analyzers/tools/list_names.py`` is run after a list was edited.

>>> next(entry.translations for entry in glossary().entries if entry.word == "дәрігер")
('врач',)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from searchkit.errors import SearchkitError
from searchkit_analyzers import LANGUAGES
from searchkit_analyzers.normalize import fold

_DATA = Path(__file__).with_name("data")
_WORD_SEPARATOR = ", "
_SYNONYM_SEPARATOR = " = "
_AMBIGUOUS_MARK = "?"
"""Precedes a synonym that has other meanings."""
_WORD_MARK = "!"
"""Precedes an abbreviation that is also an ordinary word where it has no capitals."""
_LANGUAGE_MARK = ":"
"""Follows the code of the only language in which a synonym has this meaning."""
_EMPTY = "-"
"""The content of a cell without a word."""
_COMMENT = re.compile(rb"\A(?:#.*\n)*")
"""The lines at the top of a list that explain it."""
_NO_LETTERS = dict.fromkeys(map(ord, '=?:,.()«»"/'), " ")
"""Signs that stand before or behind words in the lists, as a table for `str.translate`."""


class GlossaryEntry(NamedTuple):
    """A word or expression of the source language with its translations."""

    word: str
    """The base form in lower case."""
    part_of_speech: str
    """``noun``, ``verb``, ``adjective``, ``adverb``, ``numeral`` or ``name``."""
    translations: tuple[str, ...]
    """Base forms in lower case, the most usual first; ``ё`` is written."""


class Glossary(NamedTuple):
    """A bilingual glossary."""

    source: str
    """ISO 639-1 code of the language of the words."""
    target: str
    """ISO 639-1 code of the language of the translations."""
    entries: tuple[GlossaryEntry, ...]
    """Entries sorted by word."""


class Synonym(NamedTuple):
    """One of several names of the same thing.

    It may be in any language, and is spelled as usual.
    """

    text: str
    language: str = ""
    """ISO 639-1 code of the only language in which it is this name, or ``""``."""
    ambiguity: bool | None = False
    """Whether it has other meanings, too, in other languages if it has one: ЕС is also a Kazakh
    noun, memory. None where dictionaries have to tell."""
    is_word: bool = False
    """Whether the other meaning is an ordinary word, so that capitals tell them apart."""


SynonymGroup = tuple[Synonym, ...]
"""Names of the same thing."""

_WordsByLanguage = Mapping[str, tuple[str, ...]]


class Place(NamedTuple):
    """The names and derived words of a place, by language code."""

    names: _WordsByLanguage
    """The most usual name first."""
    adjectives: _WordsByLanguage
    """As in ``алматинский``; in some languages an adjective is also a word for the inhabitants."""
    inhabitants: _WordsByLanguage
    """As in ``алматинец``."""

    def derived(self, language: str) -> tuple[str, ...]:
        """Return the adjectives and the words for inhabitants in one language."""
        return (*self.adjectives.get(language, ()), *self.inhabitants.get(language, ()))


@cache
def glossary() -> Glossary:
    """Return the glossary of ``glossary.kk-ru.tsv``."""
    (source, _, target), rows = _table("glossary.kk-ru.tsv")
    return Glossary(source, target, tuple(GlossaryEntry(word, part, _words(cell)) for word, part, cell in rows))


@cache
def synonyms() -> tuple[SynonymGroup, ...]:
    """Return the groups of names and abbreviations of ``synonyms.txt``."""
    lines = _read("synonyms.txt").splitlines()
    return tuple(tuple(map(_synonym, line.split(_SYNONYM_SEPARATOR))) for line in lines if line[0] != "#")


def read_synonyms(path: Path) -> tuple[SynonymGroup, ...]:
    """Read groups of synonyms from a user's file, in the format of ``synonyms.txt``.

    Args:
        path: A UTF-8 file with one group per line: ``АНК = Ассамблея народа Казахстана``.

    Returns:
        The groups in the order of their lines; comments (``#``) and empty lines are skipped.

    Raises:
        SearchkitError: The file is unreadable, or a line, which is named, is not a group.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SearchkitError(f"{path} cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8'}") from error
    return tuple(
        _group(line, f"{path}, line {n}") for n, line in enumerate(lines, 1) if line.strip() and line[0] != "#"
    )


def _group(line: str, origin: str) -> SynonymGroup:
    group = tuple(_synonym(cell.strip()) for cell in line.split(_SYNONYM_SEPARATOR.strip()))
    if len(group) < 2 or not all(any(map(str.isalnum, synonym.text)) for synonym in group):
        raise SearchkitError(f"{origin}: names of the same thing are written as АНК = Ассамблея народа Казахстана")
    return group


@cache
def places() -> tuple[Place, ...]:
    """Return the places of ``places.tsv``, sorted by name."""
    head, rows = _table("places.tsv")
    return tuple(_place(zip(head, map(_words, row), strict=True)) for row in rows)


def _place(cells: Iterable[tuple[str, tuple[str, ...]]]) -> Place:
    columns: dict[str, dict[str, tuple[str, ...]]] = {"": {}, "adjective": {}, "inhabitant": {}}
    for column, words in cells:
        language, _, kind = column.partition(" ")
        columns[kind][language] = words
    return Place(*columns.values())


@cache
def related() -> tuple[_WordsByLanguage, ...]:
    """Return the groups of nearly synonymous words of ``related.tsv``."""
    languages, rows = _table("related.tsv")
    return tuple(dict(zip(languages, map(_words, row), strict=True)) for row in rows)


class LegalName(NamedTuple):
    """What a reference to an article of law consists of, by language code."""

    kind: str
    """``article`` (with an N for the number), ``state`` or ``code``."""
    names: _WordsByLanguage
    short: _WordsByLanguage
    """Abbreviations, which have other meanings, too."""


@cache
def legal_names() -> tuple[LegalName, ...]:
    """Return the codes of law, their state, and the word for an article, of ``codes.tsv``."""
    (_, *head), rows = _table("codes.tsv")
    return tuple(_legal_name(kind, zip(head, map(_words, cells), strict=True)) for kind, *cells in rows)


def _legal_name(kind: str, cells: Iterable[tuple[str, tuple[str, ...]]]) -> LegalName:
    columns = [(column.partition(" "), words) for column, words in cells]
    names, short = (
        {parts[0]: words for parts, words in columns if bool(parts[2]) is is_short} for is_short in (False, True)
    )
    return LegalName(kind, names, short)


class SurnameEndings(NamedTuple):
    """Folded endings of surnames and patronymics."""

    anywhere: tuple[str, ...]
    capitalized: tuple[str, ...]
    """Endings of common words, too, unless these are capitalized."""


@cache
def surname_endings() -> SurnameEndings:
    """Return the endings of ``surnames.tsv``."""
    _, ((_, anywhere), (_, capitalized)) = _table("surnames.tsv")
    return SurnameEndings(_words(fold(anywhere)), _words(fold(capitalized)))


def words_of(text: str) -> frozenset[str]:
    """Return the folded words of a text, compounds and their parts."""
    words = frozenset(fold(text).translate(_NO_LETTERS).split())
    return words.union(*(word.split("-") for word in words if "-" in word))


def _table(name: str) -> tuple[list[str], list[list[str]]]:
    """Return the column names and the rows of a table."""
    lines = _read(name).splitlines()
    (*_, head) = (line for line in lines if line.startswith("#"))
    return head[1:].split("\t"), [line.split("\t") for line in lines if not line.startswith("#")]


def read_rows(name: str) -> bytes:
    """Return a list as it is in its file, without the comment at its top."""
    return _COMMENT.sub(b"", (_DATA / name).read_bytes(), count=1)


def checksum(*names: str) -> str:
    """Return a checksum of lists: tables made of them tell by it that somebody has edited one."""
    return f"{crc32(b''.join((_DATA / name).read_bytes() for name in names)):08x}"


def _read(name: str) -> str:
    return (_DATA / name).read_bytes().decode().replace("\r\n", "\n")


def _words(cell: str) -> tuple[str, ...]:
    return () if cell == _EMPTY else tuple(cell.split(_WORD_SEPARATOR))


def _synonym(cell: str) -> Synonym:
    if not cell.startswith((_AMBIGUOUS_MARK, _WORD_MARK)):
        return Synonym(cell)
    mark, text = cell[0], cell[1:]
    language, _, name = text.partition(_LANGUAGE_MARK)
    if name and language in LANGUAGES:
        return Synonym(name, language, ambiguity=True, is_word=True)
    return Synonym(text, ambiguity=True, is_word=mark == _WORD_MARK)
