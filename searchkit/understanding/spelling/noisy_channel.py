"""How likely a word is meant, and how likely it is typed so: the two halves of a noisy channel, in nats.

Kernighan, Church & Gale, "A spelling correction program based on a noisy channel model" (1990). The costs are one
setting for all kinds of questions; ``benchmarks/quality/spelling.py`` measures them together.
"""

from __future__ import annotations

import math

from searchkit.lexicon.skeletons import skeleton
from searchkit.lexicon.word_table import WordStats
from searchkit.understanding.spelling.input_mode import InputMode

EDIT = 5.0
"""The cost of a letter too many, one too few, another one, or of two that changed places."""
_FIRST_LETTER = 2.0
"""What it costs more that the first letter is another one: people look at that."""
_OTHER_LETTER = 1.5
"""The cost of another letter of the same class, for which the right key is at hand: ы for і."""
_RUSSIAN_LETTER = {
    InputMode.KAZAKH: 4.0,
    InputMode.RUSSIAN: 3.0,
    InputMode.UNSURE: 0.7,
    InputMode.WITHOUT_KAZAKH_LETTERS: 0.1,
}
"""The cost of a Russian letter in the place of its Kazakh likeness: к for қ; of и for й, too."""
_IN_ANOTHER_FORM = 0.1
"""What a document counts that holds a word only in other forms, beside one that holds it as it is written."""
_NOWHERE = 0.01
"""What it counts that a word may be meant although nothing holds it."""

_TO_RUSSIAN = str.maketrans("әғқңөұүіһ", "агкноууих")


def prior(known: WordStats) -> float:
    """Return how likely a word is meant, by how many documents hold it."""
    return math.log(known.surface_doc_freq + _IN_ANOTHER_FORM * known.doc_freq + _NOWHERE)


def in_russian_letters(word: str) -> str:
    """Return a folded word as it is typed on a keyboard without Kazakh letters."""
    return word.translate(_TO_RUSSIAN)


def cost(typed: str, meant: str, asked: InputMode) -> float:
    """Return what it costs to type one folded Cyrillic word for another: the finer the difference, the less."""
    edits = _distance(skeleton(typed), skeleton(meant))
    other = _distance(_loosely(typed), _loosely(meant)) - edits
    russian = _distance(typed, meant) - other - edits
    first = _FIRST_LETTER if skeleton(typed[:1]) != skeleton(meant[:1]) else 0.0
    return first + EDIT * edits + _OTHER_LETTER * max(0, other) + _RUSSIAN_LETTER[asked] * max(0, russian)


def _loosely(word: str) -> str:
    return in_russian_letters(word).replace("й", "и")


def _distance(a: str | bytes, b: str | bytes) -> int:
    if len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) < 2:
        return int(a != b)
    from rapidfuzz.distance import OSA  # 15 ms: only where words differ so

    return int(OSA.distance(a, b))
