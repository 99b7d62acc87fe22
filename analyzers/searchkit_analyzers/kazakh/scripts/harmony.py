"""Restore vowel harmony, which Arabic letters leave out: one letter stands for а and ә.

In töte jazu a hamza marks a word with front vowels. The letters ە, ك and گ are signs of front
vowels too, ق and ع of back ones, and so is а in a later syllable (rules of A. Baitursynov's
orthography of 1924, as kept in China).
"""

from __future__ import annotations

import re

TO_BACK = str.maketrans("әөүі", "аоұы")
_TO_FRONT = str.maketrans("аоұы", "әөүі")
_FRONT_SIGNS, _BACK_SIGNS = frozenset("кг"), frozenset("қғ")
_ROUNDED_COMPOUND_STEMS = frozenset(["кол", "коз", "соз", "тоб"])
"""-көл, -көз, -сөз, -төбе: ө stands in a later syllable only in such compounds."""
_NEUTRAL_ENDING = re.compile("(?:[мбп]ен|бек.*)$")
"""жылмен, Байбек: these endings have front vowels after any stem, so they say nothing of it."""
_FIRST_SIGN = re.compile("(?P<front>[егк])|[қғ]|(?<=[аоұы])[^аоұыегкқғ]+а")
_FRONT_ENDING = re.compile("[әөүіеэ][^аоұыяу]*$")


def harmonize(word: str, front: bool, *, first: bool = True) -> str:
    """Return `word` with front vowels wherever vowel harmony asks for them.

    Args:
        word: lower-case Cyrillic letters, in which а о ұ ы stand for ә ө ү і too.
        front: whether vowels are front ones until a letter beside them decides.
        first: whether `word` begins a word. ә stands in no later syllable, ө hardly ever.
    """
    out = ""
    for i, letter in enumerate(word):
        if letter in "аоұы":
            front = _is_front(letter, word[max(0, i - 1) : i + 2], front, first)
            out += letter.translate(_TO_FRONT) if front else letter
        else:
            front = front or letter == "е"
            out += letter
        first = first and letter not in "аоұые"
    return out


def _is_front(letter: str, context: str, front_so_far: bool, first: bool) -> bool:
    """Return whether a vowel is a front one, by the letters beside it.

    қ and ғ make the vowel beside them a back one; к and г make ы, ұ and a first о front ones.
    """
    back, front = not _BACK_SIGNS.isdisjoint(context), not _FRONT_SIGNS.isdisjoint(context)
    if letter == "о" and not first:
        return context in _ROUNDED_COMPOUND_STEMS
    if letter == "а" or back == front:
        return front_so_far and not back and (first or letter != "а")
    return front


def begins_front(word: str) -> bool:
    """Return whether the first decisive letter of `word` is a sign of front vowels."""
    sign = _FIRST_SIGN.search(_NEUTRAL_ENDING.sub("", word))
    return sign is not None and sign["front"] is not None


def ends_front(word: str) -> bool:
    """Return whether the last decisive vowel of a Cyrillic word is a front one."""
    return _FRONT_ENDING.search(word) is not None
