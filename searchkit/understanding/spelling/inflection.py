"""Inflected forms that the index has not got, of words that it has: онеринин is өнерінің where өнер is known.

The longest beginning that looks like a known word is taken, and what follows it is spelled as vowel harmony wants it.
Whether that is a form of the word, the Kazakh grammar decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from heapq import nlargest
from itertools import product

from searchkit.lexicon.skeletons import MAX_WORD_LENGTH, skeleton
from searchkit.lexicon.word_dictionary import WordDictionary
from searchkit.lexicon.word_table import WordStats
from searchkit_analyzers import KAZAKH

_SHORTEST_STEM = 3
_MOST_STEMS = 2
"""Of the words that a beginning may be, the most frequent ones are tried."""
_MOST_WAYS = 4
_BACK, _FRONT = "аоұы", "әөүіеэ"
_VOWEL_THAT_TELLS = re.compile(f"[{_BACK}{_FRONT}]")
_TO_BACK = str.maketrans("кгиі", "қғыы")
_TO_FRONT = str.maketrans("иы", "іі")
_GLIDE = re.compile("(?<=[аәеоөұүіыя])[ыіи]")


def inflected(word: str, vocabulary: WordDictionary) -> list[WordStats]:
    """Return Kazakh forms that a folded Cyrillic word may be, with the frequency of the word that they are forms of."""
    for end in range(min(len(word) - 1, MAX_WORD_LENGTH), _SHORTEST_STEM - 1, -1):
        stems = nlargest(_MOST_STEMS, vocabulary.with_skeleton(skeleton(word[:end])), key=lambda stem: stem.doc_freq)
        found = [WordStats(form, stem.doc_freq, 0) for stem in stems for form in _forms(stem.word, word[end:])]
        if found:
            return found
    return []


def _forms(stem: str, ending: str) -> Iterator[str]:
    """Yield the forms of a stem that end so, as the grammar allows."""
    for way in _spelled(stem, ending):
        if stem in KAZAKH.stems(stem + way):
            yield stem + way


def _spelled(stem: str, ending: str) -> list[str]:
    """Return an ending in harmony with its stem; ң is tried for н."""
    vowels = _VOWEL_THAT_TELLS.findall(stem)
    is_front = bool(vowels) and vowels[-1] in _FRONT
    harmonised = _GLIDE.sub("й", stem[-1] + ending.translate(_TO_FRONT if is_front else _TO_BACK))[1:]
    ways = product(*("нң" if letter == "н" else letter for letter in harmonised))
    return ["".join(letters) for letters, _ in zip(ways, range(_MOST_WAYS), strict=False)]
