"""Finds inflected forms that the index lacks, of words that it has.

For онеринин it finds өнерінің, a form of өнер: a beginning that looks like a known word is the
stem, and the language of the stem spells the ending. The longest such beginning is taken whose
stem is the likeliest one of the form, or else the longest of all.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import nlargest

from searchkit.lexicon.skeletons import MAX_WORD_LENGTH, skeleton
from searchkit.lexicon.word_dictionary import WordDictionary
from searchkit.lexicon.word_table import WordStats
from searchkit_analyzers import LANGUAGES

_MIN_STEM_LENGTH = 3
_MAX_STEMS = 2
"""Of the words that a beginning may be, this many are tried, the most frequent first."""


def inflected_forms(word: str, dictionary: WordDictionary) -> list[WordStats]:
    """Return possible forms of stems, with the stems' doc freqs."""
    unlikely: list[WordStats] = []
    for end in range(min(len(word) - 1, MAX_WORD_LENGTH), _MIN_STEM_LENGTH - 1, -1):
        likely, others = _forms_of(word[:end], word[end:], dictionary)
        if likely:
            return likely
        unlikely = unlikely or others
    return unlikely


def _forms_of(beginning: str, ending: str, dictionary: WordDictionary) -> tuple[list[WordStats], list[WordStats]]:
    """Return the forms of the stems that a beginning may be: those that are likely, and all."""
    stems = nlargest(_MAX_STEMS, dictionary.with_skeleton(skeleton(beginning)), key=lambda stem: stem.doc_freq)
    forms = [(stem, form, is_likely) for stem in stems for form, is_likely in _forms(stem.word, ending)]
    likely = [WordStats(form, stem.doc_freq, 0) for stem, form, is_likely in forms if is_likely]
    return likely, [WordStats(form, stem.doc_freq, 0) for stem, form, _ in forms]


def _forms(stem: str, ending: str) -> Iterator[tuple[str, bool]]:
    """Yield forms of a stem, and whether it is the likeliest stem of each."""
    for language in LANGUAGES.values():
        for form in language.inflect(stem, ending) if language.inflect else ():
            yield form, language.lemmas(form)[0] == stem
