"""Scores corrections by a noisy channel: priors and edit costs.

Kernighan, Church & Gale, "A spelling correction program based on a noisy channel model" (1990).
All kinds of queries share one setting of the costs; ``benchmarks/quality/spelling.py`` measures it.
"""

from __future__ import annotations

import math

from searchkit.lexicon.skeletons import skeleton
from searchkit.lexicon.word_table import WordStats
from searchkit_analyzers.input_methods.input_mode import InputMode
from searchkit_analyzers.input_methods.letters import in_base_letters, in_loose_letters

EDIT_COST = 5.0
"""The cost of a letter inserted, deleted or replaced, or of two neighbours swapped."""
_FIRST_LETTER_COST = 2.0
"""The additional cost of another first letter: people look at that one."""
_SAME_CLASS_COST = 3.0
"""The cost of another letter of the same class whose right key is at hand: ы for і."""
_ROUNDED_COST = 2.5
"""The cost of one rounded vowel for another in Kazakh without its letters: у for ө."""
_ROUNDED = str.maketrans("оөұү", "уууу")
_OTHER_FORM_WEIGHT = 0.1
"""The weight of a document that has a word in other forms only; one with this form has 1."""
_UNSEEN_COUNT = 0.01
"""Added to each count, so that a word in no document has a prior."""


def log_prior(stats: WordStats) -> float:
    """Return the logarithm of a word's prior, from its frequencies."""
    return math.log(stats.surface_doc_freq + _OTHER_FORM_WEIGHT * stats.doc_freq + _UNSEEN_COUNT)


def edit_cost(typed: str, intended: str, mode: InputMode) -> float:
    """Return the cost of typing one folded Cyrillic word for another.

    Three distances, each finer than the one before, are counted at falling cost: edits of the
    skeletons, other letters of the same class, base letters in place of a language's own.
    """
    differing = _distance(skeleton(typed), skeleton(intended))
    alike = skeleton_without_rounding if mode.lacks_letters else skeleton
    edits = _distance(alike(typed), alike(intended)) if differing else 0
    same_class = _distance(in_loose_letters(typed), in_loose_letters(intended)) - differing
    base_letters = _distance(typed, intended) - same_class - differing
    first = _FIRST_LETTER_COST if alike(typed[:1]) != alike(intended[:1]) else 0.0
    small = _ROUNDED_COST * (differing - edits) + _SAME_CLASS_COST * max(0, same_class)
    return first + EDIT_COST * edits + small + mode.base_letter_cost * max(0, base_letters)


def skeleton_without_rounding(word: str) -> bytes:
    """Return the skeleton of a word in which the rounded vowels are one: укпе, өкпе."""
    return skeleton(word.translate(_ROUNDED))


def differ_in_base_letters_only(word: str, other: str) -> bool:
    """Whether two folded words differ only in special letters."""
    return in_base_letters(word) == in_base_letters(other)


def _distance(a: str | bytes, b: str | bytes) -> int:
    if len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) < 2:
        return int(a != b)
    from rapidfuzz.distance import OSA  # 15 ms: needed for words that differ more

    return int(OSA.distance(a, b))
