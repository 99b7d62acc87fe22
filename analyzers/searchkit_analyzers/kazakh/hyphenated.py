"""Suffixes written after a hyphen: ҚХА-ның, АҚШ-пен, 2024-ші."""

from __future__ import annotations

from functools import lru_cache

from searchkit_analyzers.kazakh.suffix_stripper import default_stripper

_SAMPLE_STEMS = tuple(vowel + sound for vowel in "ае" for sound in ("т" + vowel, "р", "л", "н", "з", "т"))
"""A stem of each sound class and harmony. A text is a suffix if it inflects one of them."""
_ORDINALS = frozenset("шы ші ншы нші ыншы інші".split())
_DERIVED = frozenset("лық лік дық дік тық тік лы лі ды ді ты ті".split())
"""Adjectives of names and numbers: БҰҰ-лық, 5-тік. -лық is not stripped from words, but it is a
suffix."""
_PERSONS = frozenset("мын мін сың сің сыз сіз біз быз".split())
"""Not suffixes here: сіз and біз after a hyphen are words, and names are rarely predicates."""
_MAX_LENGTH = 16


@lru_cache(4096)
def is_suffix(text: str) -> bool:
    """Return whether letters after a hyphen are a suffix of the word before it.

    >>> is_suffix("ның"), is_suffix("дағылар"), is_suffix("ші"), is_suffix("тау")
    (True, True, True, False)

    The clitics да, де, мен, ма are words elsewhere, but count as suffixes here. The caller has to
    look at the letters before the hyphen.

    Args:
        text: the letters after the hyphen, lower-case.
    """
    if text in _ORDINALS or text in _DERIVED:
        return True
    if not text or text in _PERSONS or len(text) > _MAX_LENGTH:
        return False
    return any(_inflects(stem, text) for stem in _SAMPLE_STEMS)


def _inflects(stem: str, suffix: str) -> bool:
    return any(reading.pos == "n" and reading.stem == stem for reading in default_stripper().readings(stem + suffix))
