"""Clues to the language of a text: the letters of words, and function words.

All evidence is in tenths of a nat, in whole numbers, whose sums are exact in any order. The clues
of several words are added up as one integer, which is the quickest that Python does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from operator import mul
from struct import Struct
from typing import NamedTuple, NewType

from searchkit_analyzers.language import CYRILLIC, LATIN, Language
from searchkit_analyzers.languages import turkic
from searchkit_analyzers.normalize import clean, fold, has_latin_letter, is_cyrillic, is_ordinary, one_script
from searchkit_analyzers.registry import LANGUAGES
from searchkit_analyzers.tokenizer import kind_of

JUDGED = tuple(language for language in LANGUAGES.values() if language.letter_odds)
"""The languages that words give evidence for; `Clues.evidence` and `Clues.letters` follow their
order."""
_OWN_LETTER = 60
"""In a word with a letter of one language only: enough for a short text, while a few quoted words
do
not decide for a paragraph."""
_FUNCTION_WORD = 40
"""The least evidence in a function word of one language only."""
_LIMITS = (-80, 80)
"""Limits for a word without such a letter, since it may be a loan."""
_NAME_LIMITS = (-5, 25)
"""Limits for a capitalised word: Kazakh names stand in Russian text too, and foreign names
anywhere."""
_MEMO_SIZE = 100_000
"""Distinct words whose clues are remembered, before all are forgotten."""


class Clues(NamedTuple):
    """The clues of one word, or the sums over several."""

    latin: int
    """Words in Latin letters."""
    words: int
    """Words: not numbers, addresses and the like, which say nothing."""
    size: int
    """Words and all the others."""
    strange: int
    """Words that Kazakh cannot have."""
    alphabet: int
    """How much the letters are those of Kazakh (above 0) or of a neighbour (below 0): see
    `turkic`."""
    letters: tuple[int, ...]
    """For each of `JUDGED`: words with a letter that only it has."""
    evidence: tuple[int, ...]
    """For each of `JUDGED`: for it (above 0) or against it (below 0)."""


PackedClues = NewType("PackedClues", int)
"""Clues as one integer: the sum of several is the packed sum of their counts.

Counts of words have 32 bits each, sums of evidence, which may be below 0, 64 bits."""
NO_CLUES = PackedClues(0)

_COUNTS, _SUMS = 4 + len(JUDGED), 1 + len(JUDGED)
_LAYOUT = Struct(f"<{_COUNTS}I{_SUMS}q")
_COUNT_UNITS = [1 << 32 * place for place in range(_COUNTS)]
_SUM_UNITS = [1 << (32 * _COUNTS + 64 * place) for place in range(_SUMS)]
_LATIN_UNIT, _WORD_UNIT, *_ = _COUNT_UNITS
_LETTER_UNITS = _COUNT_UNITS[4:]
_SIGN_BITS = sum(unit << 63 for unit in _SUM_UNITS)


@lru_cache(10_000)  # words have few different clues, and share these integers
def _pack(clues: Clues) -> PackedClues:
    counts = (clues.latin, clues.words, clues.size, clues.strange, *clues.letters)
    sums = (clues.alphabet, *clues.evidence)
    return PackedClues(sum(map(mul, counts, _COUNT_UNITS)) + sum(map(mul, sums, _SUM_UNITS)))


def unpack(packed: PackedClues) -> Clues:
    """Return the counts of packed clues."""
    signed = (packed + _SIGN_BITS) ^ _SIGN_BITS  # each sum below 0 has borrowed from the next one
    counts = _LAYOUT.unpack(signed.to_bytes(_LAYOUT.size, "little"))
    latin, words, size, strange = counts[:4]
    return Clues(latin, words, size, strange, counts[_COUNTS], counts[4:_COUNTS], counts[_COUNTS + 1 :])


def add(clues: Iterable[PackedClues]) -> PackedClues:
    """Return the packed clues of several words together."""
    return PackedClues(sum(clues))


def is_word(packed: PackedClues) -> bool:
    """Return whether clues are those of a word, not of a number or address."""
    return bool(packed & _WORD_UNIT)


def is_latin_word(packed: PackedClues) -> bool:
    """Return whether clues are those of a word in Latin letters."""
    return bool(packed & _LATIN_UNIT)


def has_letter(packed: PackedClues, place: int) -> bool:
    """Return whether clues are those of a word with letters of one language only.

    `place` is the index of the language in `JUDGED`.
    """
    return bool(packed & _LETTER_UNITS[place])


class _ClueMemo(dict[str, PackedClues]):
    """Raw word -> its packed clues, found at the first look-up."""

    def __missing__(self, raw: str) -> PackedClues:
        if len(self) >= _MEMO_SIZE:
            self.clear()
        self[raw] = packed = _pack(find_clues(raw))
        return packed


packed_clues: Callable[[str], PackedClues] = _ClueMemo().__getitem__
"""Return the packed clues of a raw word."""


def find_clues(raw: str) -> Clues:
    """Return the clues of one raw word of a text."""
    if is_ordinary(raw):
        return _word_clues(raw, fold(raw), raw.lower(), CYRILLIC)
    if kind_of(raw) != "word":
        return Clues(0, 0, 1, 0, 0, (0,) * len(JUDGED), (0,) * len(JUDGED))
    pieces = one_script(clean(raw))
    return _word_clues(pieces[0], fold(pieces[0]), "".join(pieces).lower(), script_of(pieces[0]))


def _word_clues(word: str, folded: str, all_pieces: str, script: str) -> Clues:
    alphabet = turkic.kazakh_alphabet(folded)
    evidence = tuple([_evidence(language, word, folded) if language.script == script else 0 for language in JUDGED])
    letters = tuple([0 if language.letters.isdisjoint(all_pieces) else 1 for language in JUDGED])
    return Clues(int(script == LATIN), 1, 1, int(turkic.is_strange(alphabet)), alphabet, letters, evidence)


def script_of(word: str) -> str:
    """Return the script of a word, ``""`` for digits and scripts of no language here."""
    if is_cyrillic(word):
        return CYRILLIC
    return LATIN if has_latin_letter(word) else ""


def _evidence(language: Language, word: str, folded: str) -> int:
    is_name = word[0].isupper()
    if not language.letters.isdisjoint(folded):
        return _NAME_LIMITS[1] if is_name else _OWN_LETTER
    least, most = _NAME_LIMITS if is_name else _LIMITS
    return min(most, max(least, _odds(language, folded)))


def _odds(language: Language, folded: str) -> int:
    assert language.letter_odds
    odds = language.letter_odds(folded)
    own, others = _distinctive_words(language.code)
    if folded in own:
        return max(odds, _FUNCTION_WORD)
    return min(odds, -_FUNCTION_WORD) if folded in others else odds


@cache
def _distinctive_words(code: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the function words of a language, and those of its rivals."""
    own = LANGUAGES[code].stopwords
    others = [
        language.stopwords
        for language in LANGUAGES.values()
        if language.code != code and language.script == LANGUAGES[code].script
    ]
    rivals = frozenset[str]().union(*(words.distinctive for words in others))
    return own.distinctive.difference(*(words.all for words in others)), rivals - own.all
