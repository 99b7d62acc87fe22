"""Endings that stand apart: what follows the hyphen in ҚХА-ның, АҚШ-пен, 2024-ші."""

from __future__ import annotations

from functools import lru_cache

from searchkit_analyzers.kazakh.suffix_stripper import read_peeler

_STEMS = tuple(vowel + sound for vowel in "ае" for sound in ("т" + vowel, "р", "л", "н", "з", "т"))
"""A stem of each sound class and harmony, to which an ending is joined to see whether it is one."""
_ORDINALS = frozenset("шы ші ншы нші ыншы інші".split())
_DERIVED = frozenset("лық лік дық дік тық тік лы лі ды ді ты ті".split())
"""Adjectives of names and numbers: БҰҰ-лық, 5-тік. Their -лық is not peeled from words, but it is an ending."""
_WORDS = frozenset("мын мін сың сің сыз сіз біз быз".split())
"""Persons: сіз and біз after a hyphen are words, and a name is rarely anybody's predicate."""
_LONGEST = 16


@lru_cache(4096)
def is_suffix(text: str) -> bool:
    """Return whether `text`, found after a hyphen, is an ending of the word before it.

    >>> is_suffix("ның"), is_suffix("дағылар"), is_suffix("ші"), is_suffix("тау")
    (True, True, True, False)

    The clitics да, де, мен, ма are words elsewhere and endings by their letters: they count as endings here, and the
    caller looks at what stands before the hyphen.
    """
    if text in _ORDINALS or text in _DERIVED:
        return True
    if not text or text in _WORDS or len(text) > _LONGEST:
        return False
    return any(_joins(stem, text) for stem in _STEMS)


def _joins(stem: str, ending: str) -> bool:
    return any(reading.part == "n" and reading.stem == stem for reading in read_peeler().readings(stem + ending))
