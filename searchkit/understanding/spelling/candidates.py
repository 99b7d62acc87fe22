"""Generates candidates for the words that may be meant.

Candidates are words with the same skeleton, inflected forms of such words, two words typed as one,
and, where the skeleton is unknown, words one edit away, or two edits if the word is long.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from searchkit.lexicon.skeletons import MAX_WORD_LENGTH, skeleton
from searchkit.lexicon.word_dictionary import WordDictionary
from searchkit.lexicon.word_table import WordStats
from searchkit.understanding.spelling.inflection import inflected_forms
from searchkit.understanding.spelling.known_words import is_surely_known
from searchkit.understanding.spelling.noisy_channel import edit_cost, log_prior
from searchkit.work import count_work
from searchkit_analyzers.input_methods.input_mode import ROMANIZED, InputMode
from searchkit_analyzers.input_methods.romanization import in_cyrillic, is_latin
from searchkit_analyzers.normalize import has_kazakh_letter, is_cyrillic
from searchkit_analyzers.registry import is_suffix

_MIN_LENGTH = 2
_MIN_LENGTH_ONE_EDIT, _MIN_LENGTH_TWO_EDITS = 4, 10
"""Nearly every word of three letters is one edit away from another one."""
_UNSEEN_FORM_COST = 2.0
"""The cost of a form that no document has, compared with one that some document has."""
_LATIN_COST = 1.0
"""The cost of typing a Cyrillic word in Latin letters."""
_MISSING_SPACE_COST = 12.0
"""The cost of omitting a space, and of two words standing beside each other at all."""
_MIN_PART_LENGTH = 3


class Candidate(NamedTuple):
    """A word that a query word may stand for."""

    word: str
    kind: str
    """The kind of error: ``letters``, ``latin``, ``typo`` or ``glued``."""
    score: float
    """Log prior minus edit cost, in nats: the higher, the likelier."""


def candidates(word: str, mode: InputMode, dictionary: WordDictionary) -> list[Candidate]:
    """Return the candidates for a folded word, each once, the likeliest first.

    The word itself is one of them if the index has it.
    """
    count_work()
    all_candidates = _candidates(word, mode, dictionary) if _MIN_LENGTH <= len(word) <= MAX_WORD_LENGTH else ()
    best: dict[str, Candidate] = {}
    for candidate in sorted(all_candidates, key=lambda candidate: -candidate.score):
        best.setdefault(candidate.word, candidate)
    return list(best.values())


def has_no_others(word: str, dictionary: WordDictionary) -> bool:
    """Return whether a folded word is its only candidate: some document has it, and none like it.

    It holds for most words of most queries.
    """
    if is_latin(word) or not _MIN_LENGTH <= len(word) <= MAX_WORD_LENGTH:
        return False
    alike = dictionary.with_skeleton(skeleton(word))
    return len(alike) == 1 and alike[0].word == word and alike[0].surface_doc_freq > 0


def _candidates(word: str, mode: InputMode, dictionary: WordDictionary) -> Iterator[Candidate]:
    if not is_latin(word):
        alike = _keeping_letters(word, dictionary.with_skeleton(skeleton(word)))
        yield from _with_letters(word, alike, mode, dictionary)
        if not alike and not is_surely_known(word, mode):
            yield from _misspelt(word, mode, dictionary)
        return
    for spelling in in_cyrillic(word):
        for cyrillic, kind, score in _romanized(spelling, dictionary):
            if kind == "letters" or mode.may_misspell_cyrillic:
                yield Candidate(cyrillic, "latin" if kind == "letters" else kind, score - _LATIN_COST)


def _romanized(spelling: str, dictionary: WordDictionary) -> Iterator[Candidate]:
    alike = dictionary.with_skeleton(skeleton(spelling))
    yield from _with_letters(spelling, alike, ROMANIZED, dictionary)
    if not alike:
        yield from _misspelt(spelling, ROMANIZED, dictionary)


def _with_letters(
    word: str, alike: Sequence[WordStats], mode: InputMode, dictionary: WordDictionary
) -> Iterator[Candidate]:
    """Yield the words with the same skeleton, and forms that the index lacks."""
    yield from _scored(word, alike, "letters", mode)
    if is_cyrillic(word) and mode.may_lack_letters and not any(stats.surface_doc_freq for stats in alike):
        forms: Sequence[WordStats] = inflected_forms(word, dictionary)
        if not mode.lacks_letters:
            forms = _keeping_letters(word, forms)
        for candidate in _scored(word, forms, "letters", mode):
            yield candidate._replace(score=candidate.score - _UNSEEN_FORM_COST)


def _misspelt(word: str, mode: InputMode, dictionary: WordDictionary) -> Iterator[Candidate]:
    yield from _scored(word, _similar(word, dictionary), "typo", mode)
    yield from _glued(word, mode, dictionary)


def _keeping_letters(word: str, alike: Sequence[WordStats]) -> Sequence[WordStats]:
    """Return those words that keep the Kazakh letters of a word: nobody types these by mistake."""
    if not has_kazakh_letter(word):
        return alike
    return [stats for stats in alike if all(map(_may_be_meant, word, stats.word))]


def _may_be_meant(typed: str, letter: str) -> bool:
    return typed == letter or not has_kazakh_letter(typed)


def _scored(word: str, known_words: Iterable[WordStats], kind: str, mode: InputMode) -> Iterator[Candidate]:
    for stats in known_words:
        yield Candidate(stats.word, kind, log_prior(stats) - edit_cost(word, stats.word, mode))


def _similar(word: str, dictionary: WordDictionary) -> list[WordStats]:
    if len(word) < _MIN_LENGTH_ONE_EDIT:
        return []
    similar = dictionary.within_edits(skeleton(word), 1)
    return similar if similar or len(word) < _MIN_LENGTH_TWO_EDITS else dictionary.within_edits(skeleton(word), 2)


def _glued(word: str, mode: InputMode, dictionary: WordDictionary) -> Iterator[Candidate]:
    """Yield pairs of words that were typed without the space between them."""
    for at in range(_MIN_PART_LENGTH, len(word) - _MIN_PART_LENGTH + 1):
        parts = [_most_likely(part, mode, dictionary) for part in (word[:at], word[at:])]
        if all(parts) and not is_suffix(word[at:]):
            both = " ".join(part.word for part in parts if part)
            yield Candidate(both, "glued", sum(part.score for part in parts if part) - _MISSING_SPACE_COST)


def _most_likely(part: str, mode: InputMode, dictionary: WordDictionary) -> Candidate | None:
    seen = [stats for stats in dictionary.with_skeleton(skeleton(part)) if stats.surface_doc_freq]
    return max(_scored(part, seen, "glued", mode), key=lambda candidate: candidate.score, default=None)
