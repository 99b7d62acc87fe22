"""Word lists that lead from one language to the other: a glossary, names and abbreviations, places.

They are files in ``searchkit/understanding/data`` that a Kazakh or Russian speaker can read and extend; each says at
its top how.
A list is read when it is first asked for. What a word of a question makes of it is not decided here.

>>> next(pair.russian for pair in glossary() if pair.kazakh == "дәрігер")
('врач',)
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from searchkit.errors import SearchkitError

_DATA = Path(__file__).with_name("data")
_MANY = ", "
"""Parts the words of one cell."""
_SAME = " = "
"""Parts the members of a group."""
_AMBIGUOUS = "?"
"""Stands before a member that is also another word."""
_NONE = "-"
"""Stands where there is no word."""


class Pair(NamedTuple):
    """A Kazakh word or expression, and what it is in Russian."""

    kazakh: str
    """In its base form, a verb in -у; in lower case."""
    part_of_speech: str
    """``noun``, ``verb``, ``adjective``, ``adverb``, ``numeral`` or ``name``."""
    russian: tuple[str, ...]
    """Base forms in lower case, the most usual first; ``ё`` is written."""


class Member(NamedTuple):
    """One of several names of the same thing, in either language, as it is usually written."""

    text: str
    is_ambiguous: bool
    """Whether it is also an ordinary word or the name of something else: ЕС is memory in Kazakh."""


Group = tuple[Member, ...]
"""Names of the same thing."""


class Place(NamedTuple):
    """A place with its adjectives and inhabitants; any but its names may be missing."""

    kazakh: str
    russian: tuple[str, ...]
    """Its names, the most usual first."""
    russian_adjectives: tuple[str, ...]
    """As in ``алматинский``."""
    russian_inhabitants: tuple[str, ...]
    """As in ``алматинец``."""
    kazakh_adjectives: tuple[str, ...]
    """As in ``алматылық``, which is both adjective and inhabitant."""


@cache
def glossary() -> tuple[Pair, ...]:
    """Return ``glossary.kk-ru.tsv``, sorted by the Kazakh word."""
    rows = (line.split("\t") for line in _lines("glossary.kk-ru.tsv"))
    return tuple(Pair(kazakh, part_of_speech, _words(russian)) for kazakh, part_of_speech, russian in rows)


@cache
def synonyms() -> tuple[Group, ...]:
    """Return ``synonyms.txt``: groups of names and abbreviations that mean the same."""
    return tuple(tuple(map(_member, line.split(_SAME))) for line in _lines("synonyms.txt"))


def read_synonyms(path: Path) -> tuple[Group, ...]:
    """Return the groups of a file of the user's, written like ``synonyms.txt``; raises `SearchkitError`."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SearchkitError(f"{path} cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8'}") from error
    return tuple(
        _group(line, f"{path}, line {n}") for n, line in enumerate(lines, 1) if line.strip() and line[0] != "#"
    )


def _group(line: str, place: str) -> Group:
    members = tuple(_member(cell.strip()) for cell in line.split(_SAME.strip()))
    if len(members) < 2 or not all(any(map(str.isalnum, member.text)) for member in members):
        raise SearchkitError(f"{place}: names of the same thing are written as АНК = Ассамблея народа Казахстана")
    return members


@cache
def places() -> tuple[Place, ...]:
    """Return ``places.tsv``, sorted by the Kazakh name."""
    rows = (line.split("\t") for line in _lines("places.tsv"))
    return tuple(Place(kazakh, *map(_words, others)) for kazakh, *others in rows)


def _lines(name: str) -> list[str]:
    text = (_DATA / name).read_text("utf-8")
    return [line for line in text.splitlines() if not line.startswith("#")]


def _words(cell: str) -> tuple[str, ...]:
    return () if cell == _NONE else tuple(cell.split(_MANY))


def _member(cell: str) -> Member:
    return Member(cell.removeprefix(_AMBIGUOUS), cell.startswith(_AMBIGUOUS))
