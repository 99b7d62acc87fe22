"""Finds inflected forms that the index lacks, of words that it has.

For онеринин it finds өнерінің, a form of өнер: the longest beginning that looks like a known word
is the stem, and the language of the stem spells the ending.
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
    for end in range(min(len(word) - 1, MAX_WORD_LENGTH), _MIN_STEM_LENGTH - 1, -1):
        alike = dictionary.with_skeleton(skeleton(word[:end]))
        stems = nlargest(_MAX_STEMS, alike, key=lambda stem: stem.doc_freq)
        forms = [WordStats(form, stem.doc_freq, 0) for stem in stems for form in _forms(stem.word, word[end:])]
        if forms:
            return forms
    return []


def _forms(stem: str, ending: str) -> Iterator[str]:
    for language in LANGUAGES.values():
        if language.inflect:
            yield from language.inflect(stem, ending)
