"""Spell an ending that was typed without Kazakh letters, in harmony with its stem.

Vowel harmony and the sounds beside a letter decide most of the spelling; the morphology then
decides whether the result is a form of the stem.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, product

from searchkit_analyzers.kazakh.morphology import KAZAKH

_MAX_SPELLINGS = 4
_BACK, _FRONT = "аоұы", "әөүіеэ"
_HARMONIC_VOWEL = re.compile(f"[{_BACK}{_FRONT}]")
_TO_BACK = str.maketrans("кгиі", "қғыы")
_TO_FRONT = str.maketrans("иы", "іі")
_GLIDE = re.compile("(?<=[аәеоөұүіыя])[ыіи]")


def inflect(stem: str, ending: str) -> Iterator[str]:
    """Yield the forms of `stem` whose ending may have been typed as `ending`.

    >>> list(inflect("өнер", "инин"))
    ['өнерінің']
    """
    for spelling in _spellings(stem, ending):
        if stem in KAZAKH.inflected_stems(stem + spelling):
            yield stem + spelling


def _spellings(stem: str, ending: str) -> list[str]:
    """Return an ending in harmony with its stem; н may also stand for ң."""
    vowels = _HARMONIC_VOWEL.findall(stem)
    is_front = bool(vowels) and vowels[-1] in _FRONT
    harmonized = _GLIDE.sub("й", stem[-1] + ending.translate(_TO_FRONT if is_front else _TO_BACK))[1:]
    ways = product(*("нң" if letter == "н" else letter for letter in harmonized))
    return list(map("".join, islice(ways, _MAX_SPELLINGS)))
