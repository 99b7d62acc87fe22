"""What a word of a question may be: the words of the index that look like it, each with a score.

Looked for are words with the same skeleton; inflected forms of such; where there are none, words an edit away, or two
where the word is long; and two words typed as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from searchkit.lexicon.skeletons import MAX_WORD_LENGTH, skeleton
from searchkit.lexicon.word_dictionary import WordDictionary
from searchkit.lexicon.word_table import WordStats
from searchkit.understanding.spelling.inflection import inflected
from searchkit.understanding.spelling.input_mode import InputMode
from searchkit.understanding.spelling.noisy_channel import cost, prior
from searchkit_analyzers import KAZAKH, RUSSIAN
from searchkit_analyzers.input_methods.romanization import in_cyrillic, is_latin
from searchkit_analyzers.normalize import is_cyrillic

_SHORTEST = 2
_SHORTEST_EDITED, _SHORTEST_EDITED_TWICE = 4, 10
"""Nearly every word of three letters is an edit away from another one."""
_INFLECTED = 2.0
"""The cost of a form that stands nowhere in the index, beside one that does."""
_IN_LATIN = 1.0
"""The cost of typing a Cyrillic word in Latin letters."""
_GLUED = 12.0
"""The cost of a space left out, and of two words standing beside each other at all."""
_SHORTEST_PART = 3


class Candidate(NamedTuple):
    """A word that may be meant."""

    word: str
    kind: str
    """What happened to it: ``letters``, ``latin``, ``typo`` or ``glued``."""
    score: float
    """The higher, the likelier; in nats."""


def candidates(word: str, asked: InputMode, vocabulary: WordDictionary) -> list[Candidate]:
    """Return what a folded word may be, each candidate once, the likeliest first; itself where the index has it."""
    found = list(_candidates(word, asked, vocabulary)) if _SHORTEST <= len(word) <= MAX_WORD_LENGTH else []
    best: dict[str, Candidate] = {}
    for candidate in sorted(found, key=lambda candidate: -candidate.score):
        best.setdefault(candidate.word, candidate)
    return list(best.values())


def _candidates(word: str, asked: InputMode, vocabulary: WordDictionary) -> Iterator[Candidate]:
    if not is_latin(word):
        yield from _in_cyrillic(word, asked, vocabulary)
        return
    for spelling in in_cyrillic(word):
        for found, kind, score in _in_cyrillic(spelling, InputMode.WITHOUT_KAZAKH_LETTERS, vocabulary):
            yield Candidate(found, "latin" if kind == "letters" else kind, score - _IN_LATIN)


def _in_cyrillic(word: str, asked: InputMode, vocabulary: WordDictionary) -> Iterator[Candidate]:
    alike = vocabulary.with_skeleton(skeleton(word))
    yield from _scored(word, alike, "letters", asked)
    if is_cyrillic(word) and asked != InputMode.RUSSIAN and not any(known.surface_doc_freq for known in alike):
        for candidate in _scored(word, inflected(word, vocabulary), "letters", asked):
            yield candidate._replace(score=candidate.score - _INFLECTED)
    if not alike and not _is_known(word, asked):
        yield from _scored(word, _near(word, vocabulary), "typo", asked)
        yield from _parted(word, asked, vocabulary)


def _scored(word: str, found: Iterable[WordStats], kind: str, asked: InputMode) -> Iterator[Candidate]:
    for known in found:
        yield Candidate(known.word, kind, prior(known) - cost(word, known.word, asked))


def _is_known(word: str, asked: InputMode) -> bool:
    """Whether a dictionary has a word that the index has not: then it is no typing error."""
    if asked in (InputMode.RUSSIAN, InputMode.UNSURE):
        return RUSSIAN.knows(word)
    return asked == InputMode.KAZAKH and KAZAKH.knows(word)


def _near(word: str, vocabulary: WordDictionary) -> list[WordStats]:
    if len(word) < _SHORTEST_EDITED:
        return []
    near = vocabulary.within_edits(skeleton(word), 1)
    return near if near or len(word) < _SHORTEST_EDITED_TWICE else vocabulary.within_edits(skeleton(word), 2)


def _parted(word: str, asked: InputMode, vocabulary: WordDictionary) -> Iterator[Candidate]:
    """Yield the two words that a word may be made of."""
    for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        parts = [_most_likely(part, asked, vocabulary) for part in (word[:at], word[at:])]
        if all(parts):
            both = " ".join(part.word for part in parts if part)
            yield Candidate(both, "glued", sum(part.score for part in parts if part) - _GLUED)


def _most_likely(part: str, asked: InputMode, vocabulary: WordDictionary) -> Candidate | None:
    known = [known for known in vocabulary.with_skeleton(skeleton(part)) if known.surface_doc_freq]
    return max(_scored(part, known, "glued", asked), key=lambda candidate: candidate.score, default=None)
