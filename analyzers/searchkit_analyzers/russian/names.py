"""Nominatives of names that the dictionary lacks, by their case endings.

``name_endings.tsv`` lists the endings. Several nominatives are possible for one form, and all are
lemmas: a name of any gender meets its nominative.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("name_endings.tsv")
_NO_ENDING = "-"
_VOWELS = frozenset("аеиоуыэюя")
_LETTERS = frozenset("абвгдежзийклмнопрстуфхцчшщьыэюя")
_MIN_STEM = 2
"""A stem is this long at least: what is left of shorter words says nothing."""


def nominatives(word: str) -> Iterator[str]:
    """Yield the possible nominatives of a name's form.

    Args:
        word: A folded word.
    """
    if not _LETTERS.issuperset(word):
        return
    for length in range(1, len(word) - _MIN_STEM + 1):
        stem, ending = word[:-length], word[-length:]
        for after, nominative in _endings().get(ending, ()):
            if (stem[-1] in _VOWELS) is (after == "V"):
                yield stem + nominative


@cache
def _endings() -> Mapping[str, list[tuple[str, str]]]:
    """Read the nominative endings of each case ending, with the kind of letter before."""
    endings: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for line in DATA.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            ending, after, of_nominatives = line.split("\t")
            endings[ending] += [(after, each.replace(_NO_ENDING, "")) for each in of_nominatives.split()]
    return endings
