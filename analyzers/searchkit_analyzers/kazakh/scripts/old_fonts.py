"""Kazakh that was typed in fonts older than Unicode: *Ќазаќстан*, *кґпірді*, *ўйым*.

Such a font draws Kazakh letters where other Cyrillic letters have their places, so its text looks
right in the font alone. The same letters are at home in Ukrainian, Belarusian, Serbian and
Macedonian: a text is Kazakh if its words with these letters are Kazakh words once they are
respelled. A font that no list has is told by its words: which letters make Kazakh words of them?
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import islice

from searchkit_analyzers.kazakh.morphology import KAZAKH
from searchkit_analyzers.kazakh.tables import rows
from searchkit_analyzers.normalize import is_cyrillic

TABLE = "scripts/old_fonts.tsv"
_CYRILLIC = "\u0400-\u0481\u048a-\u052f"
_LATIN_I = str.maketrans("Ii", "Іі")
"""Many writers typed the Latin letter, which every keyboard has."""
_SHORTEST = 3
"""Shorter words (letters) are no evidence: the neighbours' *є*, *ја*, *ќе* are frequent."""
_ENOUGH = 0.35
"""The least share of known words in a text that is Kazakh: some are names. Of the neighbours' words
with these letters, next to none is known."""
_SOME = 0.2
"""The least share in one of its paragraphs: others may quote a neighbour language."""
_FEW = 3
"""So few words tell little: half of them must be known and longer, and a paragraph goes with the
text."""
_NEIGHBOUR_LETTERS = "ЂЃЉЊЌЋЏђѓљњќћџЎўЈјҐґЄєЇїЅѕ"
"""All letters of cp1251 that are none of Russian and Kazakh."""
_LETTERS = "әғқңөұүһі"
_WORDS_TO_TELL, _LEAST_VOTES = 300, (2, 2, 1)
"""The most words that tell letters, and in each round the fewest that tell one."""
_ENOUGH_TOLD, _LEAST_TOLD = 0.5, 8
"""The share and number of words that are known in a font that is not listed, but told by them."""
_BELARUSIAN = re.compile("[аеёіоуыэюя]ў", re.IGNORECASE)
"""The Belarusian letter stands behind vowels; the Kazakh one for which it is taken never does."""
_SAMPLE = 1000
"""The most words that a text is judged by."""


@dataclass(frozen=True)
class OldFont:
    """A font, by the charset whose places of letters it used; offsets stay true."""

    charset: str
    letters: Mapping[str, str]
    """What cp1251 shows -> what the font shows."""

    def respell(self, text: str) -> str:
        """Return a text with Kazakh letters; paragraphs in a neighbour language stay."""
        return "".join(map(self._respelled_paragraph, text.splitlines(keepends=True)))

    def _respelled_paragraph(self, paragraph: str) -> str:
        words = {word for word in _words(paragraph) if len(word) >= _SHORTEST}
        if len(words) > _FEW and self.known(words) < _SOME * len(words):
            return paragraph
        return _pattern().sub(lambda match: self._respelled(match[0]), paragraph)

    def known(self, words: Iterable[str]) -> int:
        """Return how many of some words are Kazakh words in this font."""
        return sum(1 for word in words if _is_kazakh(self._respelled(word)))

    def covered(self, words: Iterable[str]) -> int:
        """Return how many of some words have letters of this font alone."""
        return sum(1 for word in words if not _odd_letter().search(self._respelled(word)))

    def _respelled(self, word: str) -> str:
        return word.translate(self.table) if is_cyrillic(word) else word

    @cached_property
    def table(self) -> dict[int, str]:
        """The letters for `str.translate`."""
        return str.maketrans(dict(self.letters))


def old_font_of(text: str) -> OldFont | None:
    """Return the font in which a Kazakh text was typed, or None where letters are what they are."""
    if not _odd_letter().search(text):
        return None
    words = list(islice(dict.fromkeys(word for word in _words(text) if len(word) >= _SHORTEST), _SAMPLE))
    font = max(old_fonts(), key=lambda each: (each.known(words), each.covered(words)))
    if len(words) <= _FEW and any(map(_BELARUSIAN.search, words)):
        return None
    if len(words) <= _FEW:
        return font if words and 2 * font.known(filter(_is_long, words)) >= len(words) else None
    told = _unlisted_font(words) if font.covered(words) < len(words) else None
    if told and told.known(words) > font.known(words):
        return told
    return font if font.known(words) >= _ENOUGH * len(words) else None


def _unlisted_font(words: Sequence[str]) -> OldFont | None:
    """Return a font that is not listed, if the words tell its letters."""
    font = OldFont("", {})
    for least in _LEAST_VOTES:
        font = OldFont("", {**font.letters, **dict(_told_letters(words[:_WORDS_TO_TELL], font, least))})
    is_kazakh = font.known(words) >= max(_LEAST_TOLD, _ENOUGH_TOLD * len(words))
    return font if is_kazakh and len(set(font.letters.values())) == len(font.letters) else None


def _told_letters(words: Sequence[str], font: OldFont, least: int) -> Iterator[tuple[str, str]]:
    """Yield letters that are told by words in which no other letter is open, in both cases."""
    respelled = [word.lower().translate(font.table) for word in words]
    for letter in sorted({letter for word in respelled for letter in _odd_letter().findall(word)}):
        telling = [word for word in respelled if set(_odd_letter().findall(word)) == {letter}]
        best = max(_LETTERS, key=lambda meant: _votes(telling, letter, meant))
        if _votes(telling, letter, best) >= least:
            yield from {letter: best, letter.upper(): best.upper()}.items()


def _votes(words: Iterable[str], letter: str, meant: str) -> int:
    """Return how many words are Kazakh with a letter in the place of another."""
    return sum(1 for word in words if _is_kazakh(word.replace(letter, meant)))


def _is_long(word: str) -> bool:
    return len(word) > _SHORTEST


@cache
def old_fonts() -> tuple[OldFont, ...]:
    """Return all known fonts."""
    return tuple(OldFont(charset, dict(zip(shown, meant, strict=True))) for charset, shown, meant in rows(TABLE))


def _words(text: str) -> list[str]:
    """Return the words with letters that old fonts respell."""
    return [word for word in _pattern().findall(text) if is_cyrillic(word)]


@cache
def _odd_letter() -> re.Pattern[str]:
    shown = {*_NEIGHBOUR_LETTERS, *(letter for font in old_fonts() for letter in font.letters)}
    return re.compile(f"[{re.escape(''.join(sorted(shown)))}]")


@cache
def _pattern() -> re.Pattern[str]:
    """Return the pattern of a word with a letter or sign that an old font respells.

    It begins where no such word goes on, or a long run of letters would be tried at each of them.
    """
    odd, plain = _odd_letter().pattern, f"[{_CYRILLIC}Ii]"
    return re.compile(rf"(?<!{plain})(?<!{odd})(?:(?!{odd}){plain})*+{odd}(?:{plain}|{odd})*")


@lru_cache(20_000)
def _is_kazakh(word: str) -> bool:
    return KAZAKH.knows(word.translate(_LATIN_I))
