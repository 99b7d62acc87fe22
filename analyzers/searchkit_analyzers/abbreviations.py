"""Names that an article abbreviates: «Ассамблея народа Казахстана (АНК)», «(далее – АНК)», «(бұдан әрі – ҚХА)».

Precise rather than many: each letter of the abbreviation must be the first of a word before the bracket, in order.
Words without a letter (и, по, мен) may stand between. After Schwartz & Hearst, "A simple algorithm for identifying
abbreviation definitions in biomedical text" (2003), made stricter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
"""No name goes on across these."""
_NO_QUOTES = str.maketrans("", "", '«»"“”')
_LONGEST = 200
"""How far before the bracket a name may begin, in code points."""


class Abbreviation(NamedTuple):
    """A name and its abbreviation."""

    short: str
    long: str
    """As it is written, in whatever case."""
    articles: int = 1
    """How many articles abbreviate it so."""


def names(text: str) -> list[Abbreviation]:
    """Return the names that a text abbreviates, each once."""
    found = ((match["short"], _long(match["short"], text, match.start())) for match in _SHORT.finditer(text))
    return list(dict.fromkeys(Abbreviation(short, long) for short, long in found if long))


def _long(short: str, text: str, end: int) -> str:
    """Return what a text abbreviates so before `end`; nothing where the letters are not those of its words."""
    before = _BORDER.split(text[max(0, end - _LONGEST) : end])[-1]
    letters = short.lower()
    for word in reversed(list(_WORD.finditer(before))):
        if word.group()[0].lower() == letters[-1]:
            letters = letters[:-1]
        elif not is_function_word(word.group()):
            return ""
        if not letters:
            return " ".join(before[word.start() :].translate(_NO_QUOTES).split())
    return ""


def packed(found: list[Abbreviation]) -> bytes:
    """Return the names of an article as an index keeps them."""
    return "\n".join(f"{name.short}\t{name.long}" for name in found).encode()


def unpacked(kept: bytes) -> Iterator[tuple[str, str]]:
    """Yield abbreviations and names."""
    for line in kept.decode().splitlines():
        short, _, long = line.partition("\t")
        yield short, long
