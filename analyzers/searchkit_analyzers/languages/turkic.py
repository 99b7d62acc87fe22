"""Neighbours of Kazakh: tells Kyrgyz, Tatar, Bashkir and Uzbek in Cyrillic letters from Kazakh.

They have letters that Kazakh lacks (Tatar җ, Bashkir ҙ ҡ ҫ, Uzbek ў ҳ) and function words of their
own (``turkic.txt``); or words with letters of several languages (ң ө ү and the long vowels of
Kyrgyz, ә ө ү of Tatar) stand without any letters of Kazakh alone.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from searchkit_analyzers.normalize import fold

_KAZAKH = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяәғқңөұүһі")
"""The letters of folded Kazakh words."""
_FOREIGN = "".join(letter for letter in map(chr, range(0x400, 0x530)) if letter not in _KAZAKH)
# The first pattern that a word has gives its weight, above 0 for Kazakh.
_ALPHABETS = (
    (re.compile(f"[{_FOREIGN}]|^һ"), -6),
    (re.compile("[ұі]|^(?:және|мың)"), 3),
    # Kazakh has ә and ө in the first syllable: шәһәрендә is Tatar, көчөдө Kyrgyz. It has them
    # further on in compounds,
    # whose second part is мәлім, мәтін, көл, сөз, төбе and the like.
    (re.compile("ә[^-]*ә(?!л|м|т)|[өү][^-]*ө(?!л|з|б)"), -3),
    (re.compile("[ғқ]"), 1),  # Uzbek and Bashkir have them too.
    (re.compile("[әңөүһ]|аа|оо|уу|ээ"), -1),
)
_RUSSIAN_LETTERS = re.compile("[а-я]+")
_LONG_VOWEL = re.compile("аа|оо|уу|ээ")
_FUNCTION_WORD = -2
_SENTENCE = 8
"""Words: so many have room for the letters of their language."""
_ENOUGH, _ENOUGH_IN_SHORT = -2, -4
"""Sums of weights from which down a sentence, or fewer words, are in another language.

*Ең үлкен өзен* is Kazakh, so few words need more."""


def resembles_kazakh(balance: int, strange: int, words: int, is_inside: bool) -> bool:
    """Return whether words that seem Kazakh are in a neighbour of it.

    Args:
        balance: The sum of `kazakh_alphabet` over the words.
        strange: How many of them `is_strange`: at least one has to be.
        words: How many they are.
        is_inside: Whether the text around is in a neighbour; then no Kazakh letters are enough.
    """
    if is_inside:
        return balance <= 0
    return strange > 0 and balance <= (_ENOUGH if words >= _SENTENCE else _ENOUGH_IN_SHORT)


def resembles_russian(balance: int, strange: int, words: int, is_inside: bool) -> bool:
    """Return whether words that seem Russian are in a third language.

    Many of them have letters that Russian lacks. The arguments are those of `resembles_kazakh`.
    """
    return balance <= -words / 2


def kazakh_alphabet(folded: str) -> int:
    """Return the weight of a word's letters for Kazakh, below 0 for its neighbours."""
    if folded in _function_words():
        return _FUNCTION_WORD
    if _RUSSIAN_LETTERS.fullmatch(folded) and not _LONG_VOWEL.search(folded):
        return 0  # most Russian words, and Kazakh ones without Kazakh letters, have none of the patterns
    for letters, weight in _ALPHABETS:
        if letters.search(folded):
            return weight
    return 0


def is_strange(alphabet: int) -> bool:
    """Return whether Kazakh cannot have a word to which `kazakh_alphabet` gives this weight."""
    return alphabet <= _FUNCTION_WORD


@cache
def data() -> str:
    """Return the list of function words as text, for fingerprints."""
    return Path(__file__).with_name("turkic.txt").read_text("utf-8")


@cache
def _function_words() -> frozenset[str]:
    return frozenset(fold(line) for line in data().splitlines() if not line.startswith("#"))
