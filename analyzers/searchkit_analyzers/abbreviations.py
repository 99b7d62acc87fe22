"""Abbreviations that a document defines: «Ассамблея народа Казахстана (АНК)», «(бұдан әрі – ҚХА)».

Precision counts more than recall: each letter of the abbreviation must be the first of a word
before the bracket, in order; only function words (и, по, мен) may stand between. A stricter form of
Schwartz & Hearst, "A simple algorithm for identifying abbreviation definitions in biomedical text"
(2003).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from searchkit_analyzers.registry import is_function_word

_CAPITALS = "А-ЯЁӘҒҚҢӨҰҮҺІ"
_SHORT = re.compile(
    rf"""
      \(\s*(?:(?:далее|бұдан\s+әрі)(?:\s+по\s+тексту|\s+мәтін\s+бойынша)?\s*[-–—:]?\s*)?
      [«"“]?(?P<short>[{_CAPITALS}]{{3,10}})(?:-[а-яёәғқңөұүһі]{{1,8}})?[»"”]?\s*[),;]
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"\w+")
_BORDER = re.compile(r"[.!?…:;,()\n]")
"""Marks that no name contains."""
_NO_QUOTES = str.maketrans("", "", '«»"“”')
_LONGEST_NAME = 200
"""In code points, up to the bracket."""


class Abbreviation(NamedTuple):
    """An abbreviation and the name that it stands for."""

    short: str
    long: str
    """As it is written, in whatever case."""
    doc_freq: int = 1
    """The number of documents that define it so."""


def find_abbreviations(text: str) -> list[Abbreviation]:
    """Return the abbreviations that a text defines, each once."""
    pairs = ((match["short"], _long_name(match["short"], text, match.start())) for match in _SHORT.finditer(text))
    return list(dict.fromkeys(Abbreviation(short, long) for short, long in pairs if long))


def _long_name(short: str, text: str, end: int) -> str:
    """Return the name before the offset `end`; nothing where its words have other initials."""
    before = _BORDER.split(text[max(0, end - _LONGEST_NAME) : end])[-1]
    letters = short.lower()
    for word in reversed(list(_WORD.finditer(before))):
        if word.group()[0].lower() == letters[-1]:
            letters = letters[:-1]
        elif not is_function_word(word.group()):
            return ""
        if not letters:
            return " ".join(before[word.start() :].translate(_NO_QUOTES).split())
    return ""


def pack_abbreviations(abbreviations: Iterable[Abbreviation]) -> bytes:
    """Return the abbreviations of a document as an index stores them: UTF-8, one a line."""
    return "\n".join(f"{abbreviation.short}\t{abbreviation.long}" for abbreviation in abbreviations).encode()


def unpack_abbreviations(packed: bytes) -> Iterator[tuple[str, str]]:
    """Yield the short and the long names of packed abbreviations."""
    for line in packed.decode().splitlines():
        short, _, long = line.partition("\t")
        yield short, long
