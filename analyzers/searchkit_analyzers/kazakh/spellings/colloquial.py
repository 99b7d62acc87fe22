"""Colloquial spelling: rounded vowels are heard, and written, beyond the first syllable."""

from __future__ import annotations

import re

_FIRST_ROUNDED = re.compile("[^аәеэоөұүыіиуюя]*[оөұү]")
_TO_UNROUNDED = str.maketrans("үөұ", "іеы")


def unrounded(word: str) -> str:
    """Return a word spelled by the rules: күндүз as күндіз, жүрөк as жүрек.

    A rounded vowel in the first syllable rounds the next ones in speech, never in spelling;
    compounds (Нұрсұлтан) do have several.
    """
    first = _FIRST_ROUNDED.match(word)
    return word[: first.end()] + word[first.end() :].translate(_TO_UNROUNDED) if first else word
