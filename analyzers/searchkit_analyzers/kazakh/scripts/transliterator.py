"""Transliterate Kazakh words of other scripts into Cyrillic, so that one stemmer serves all.

The steps: letters by a table (`alphabets`), vowel harmony where the script leaves it out
(`harmony`), Cyrillic spelling by rules and lists (`spelling`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from searchkit_analyzers.kazakh.scripts.alphabets import alphabet
from searchkit_analyzers.normalize import HYPHENS, is_cyrillic
from searchkit_analyzers.tokenizer import LONGEST_WORD

_HYPHENATED_PART = re.compile(rf"[{HYPHENS}]|[^{HYPHENS}]+")
_LETTERS_OR_DIGITS = re.compile(r"\d+|\D+")
_ROMAN_NUMBER = re.compile(r"[IVXLC]{2,}")


class Transliteration(NamedTuple):
    """A word in Cyrillic letters, aligned with the raw word."""

    text: str
    raw_offsets: Mapping[int, int]
    """Offset in `text` -> offset in the raw word (both in code points), for each boundary of its
    pieces (runs of letters, runs of digits, hyphens)."""


def transliterate(raw: str, script: str) -> Transliteration:
    """Return a raw Kazakh word of one of the `alphabets.SCRIPTS` in Cyrillic letters.

    A part between hyphens is transliterated as a whole. It stays as it is if a letter of it is
    foreign to the script.
    """
    text, raw_offsets = "", {0: 0}
    for part in _HYPHENATED_PART.finditer(raw):
        pieces = _LETTERS_OR_DIGITS.findall(part.group())
        cyrillic = [to_cyrillic(piece, script) for piece in pieces]
        if not all(is_cyrillic(new) or new.isdecimal() for new in cyrillic):
            cyrillic = pieces
        raw_end = part.start()
        for old, new in zip(pieces, cyrillic, strict=True):
            text, raw_end = text + new, raw_end + len(old)
            raw_offsets[len(text)] = raw_end
    return Transliteration(text, raw_offsets)


def to_cyrillic(piece: str, script: str) -> str:
    """Return letters of one script in Cyrillic, with their case; Roman numbers stay."""
    if len(piece) > LONGEST_WORD or _ROMAN_NUMBER.fullmatch(piece):
        return piece
    word = alphabet(script).to_cyrillic(piece)
    if not word:
        return piece
    if piece.isupper() and len(piece) > 1:
        return word.upper()
    return word.capitalize() if piece[0].isupper() else word
