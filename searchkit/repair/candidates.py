"""What a word of a question may be a misspelling of: the words of the index that look alike, each with a score.

A noisy channel: how likely a word is meant (by the logarithm of how many documents hold it) and how likely it is then
typed so (costs by the kind of the error, in nats). The costs are measured together, over all the sets of
``benchmarks/repair.py``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from searchkit.repair.endings import inflected
from searchkit.repair.latin import in_cyrillic, is_latin
from searchkit.vocabulary import LONGEST, Known, Vocabulary, skeleton
from searchkit_analyzers import KAZAKH, RUSSIAN
from searchkit_analyzers.normalize import is_cyrillic

_INFLECTED = 2.0
"""The cost of a form that stands nowhere in the index, beside one that does."""
_EDIT = 5.0
"""The cost of a letter too many, too few, another one, or of two that changed places."""
_FIRST_LETTER = 2.0
"""What an edit costs more at the first letter."""
_OTHER_LETTER = 1.5
"""The cost of a letter of the same class that is not typed for want of keys: ы for і."""
_LATIN = 1.0
_FORM = 0.1
_PLAIN = str.maketrans("әғқңөұүіһй", "агкноууихи")
_SHORTEST_EDITED = 4
_SHORTEST_EDITED_TWICE = 8
_SPLIT = 6.0
_SHORTEST_PART = 3


class Asked(Enum):
    """How a question is typed, which tells what its words may be."""

    KAZAKH = "Kazakh letters and all"
    WITHOUT_KAZAKH_LETTERS = "Kazakh, as on a Russian keyboard"
    RUSSIAN = "Russian"
    UNSURE = "nothing tells"


_KAZAKH_LETTER = {Asked.KAZAKH: 3.0, Asked.WITHOUT_KAZAKH_LETTERS: 0.1, Asked.RUSSIAN: 3.0, Asked.UNSURE: 0.7}
"""The cost of each letter that is Kazakh and typed as its Russian likeness."""


class Candidate(NamedTuple):
    """A word that may be meant."""

    word: str
    kind: str
    """``letters``, ``latin``, ``typo`` or ``split``."""
    score: float
    """The higher, the likelier; in nats."""


def prior(known: Known) -> float:
    """Return how likely a word is asked for: by the documents that hold it as it is written, a little by its forms."""
    return math.log(known.written + _FORM * known.frequency + 0.01)


def candidates(word: str, asked: Asked, vocabulary: Vocabulary) -> list[Candidate]:
    """Return what a folded word may be, each candidate once, the likeliest first."""
    found = _candidates(word, asked, vocabulary) if 2 <= len(word) <= LONGEST else iter(())
    best: dict[str, Candidate] = {}
    for candidate in sorted(found, key=lambda candidate: -candidate.score):
        best.setdefault(candidate.word, candidate)
    return list(best.values())


def _candidates(word: str, asked: Asked, vocabulary: Vocabulary) -> Iterator[Candidate]:
    if is_latin(word):
        for spelling in in_cyrillic(word):
            yield from _respelled(spelling, "latin", _LATIN, Asked.WITHOUT_KAZAKH_LETTERS, vocabulary)
        return
    yield from _respelled(word, "letters", 0.0, asked, vocabulary)


def _respelled(word: str, kind: str, cost: float, asked: Asked, vocabulary: Vocabulary) -> Iterator[Candidate]:
    alike = vocabulary.alike(skeleton(word))
    yield from _scored(word, alike, kind, cost, asked)
    if is_cyrillic(word) and asked != Asked.RUSSIAN:
        yield from _scored(word, inflected(word, vocabulary), kind, cost + _INFLECTED, asked)
    if not alike and not _is_known(word, asked):
        yield from _edited(word, cost, asked, vocabulary)


def _is_known(word: str, asked: Asked) -> bool:
    """Whether a dictionary has a word that the index has not: then it is no typing error."""
    if asked in (Asked.RUSSIAN, Asked.UNSURE):
        return RUSSIAN.knows(word)
    return asked == Asked.KAZAKH and KAZAKH.knows(word)


def _edited(word: str, cost: float, asked: Asked, vocabulary: Vocabulary) -> Iterator[Candidate]:
    if len(word) < _SHORTEST_EDITED:
        return
    near = vocabulary.near(skeleton(word), 1)
    yield from _scored(word, near, "typo", cost, asked)
    if not near and len(word) >= _SHORTEST_EDITED_TWICE:
        yield from _scored(word, vocabulary.near(skeleton(word), 2), "typo", cost, asked)


def _scored(word: str, found: Iterable[Known], kind: str, cost: float, asked: Asked) -> Iterator[Candidate]:
    for known in found:
        spelled = cost + _cost(word, known.word, asked)
        spelled += _FIRST_LETTER if skeleton(word)[:1] != skeleton(known.word)[:1] else 0.0
        yield Candidate(known.word, kind, prior(known) - spelled)


def _cost(word: str, meant: str, asked: Asked) -> float:
    """Return what it costs to have typed one word for another: the finer the difference, the less."""
    from rapidfuzz.distance import OSA

    edits = OSA.distance(skeleton(word), skeleton(meant))
    plain = OSA.distance(word.translate(_PLAIN), meant.translate(_PLAIN))
    letters = OSA.distance(word, meant)
    return _EDIT * edits + _OTHER_LETTER * max(0, plain - edits) + _KAZAKH_LETTER[asked] * max(0, letters - plain)
