"""The arithmetic of a score: BM25 over word groups.

A word of a question is met under several terms: its lemmas, the word itself, a coarser key. Their frequencies are
weighted and summed *before* the one saturation and the one idf, so that meeting the exact form counts a little more
and a coarse match much less, and a word that is met in several ways does not count like several words. Adding up the
scores of separate fields instead loses half of the gain (docs/architecture.md, "How is a hit ranked?").

An occurrence in the text counts less in a long text; one in the title counts more the shorter the title is, and
whatever the text's length (BM25F). A title is short, so what share of it a question names tells more than how rare the
words are: that share is added to the score, without idf and saturation (docs/ranking.md has the figures).

Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009); idf as in Lucene, never
negative.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

K1 = 1.2
"""How soon more occurrences stop counting."""
B = 0.75
"""How much a long text is held back, from 0 to 1."""
COARSE_WEIGHT = 0.3
"""What an occurrence counts that the coarse key meets; one met by a lemma counts 1 more."""
EXACT_WEIGHT = 0.3
"""What an occurrence counts more that is written as in the question, where that is not the lemma itself."""
FUNCTION_WORD_WEIGHT = 0.3
"""What a word of a question is worth that carries grammar rather than meaning (что, в, қандай, туралы)."""
TITLE_WORTH = 3.0
"""How many times in a text of average length the whole title is worth, all of its words together."""
TITLE_SHARE = 1.5
"""What a title is worth all of whose words are asked for, in idfs of a word that stands in one document only."""


def idf(documents: int, frequency: int) -> float:
    """Return the inverse document frequency of a word that `frequency` of `documents` documents hold."""
    return math.log(1 + (documents - frequency + 0.5) / (frequency + 0.5))


class TermStatistics(NamedTuple):
    """In how many articles a word stands, of how many in all."""

    articles: int
    of: int

    @property
    def idf(self) -> float:
        """The same as an inverse document frequency."""
        return idf(self.of, self.articles)


def worth_in_text(lengths: Floats, average_length: float) -> Floats:
    """Return what an occurrence is worth in texts of these lengths, in tokens: 1 in one of average length."""
    return 1 / (1 - B + B * lengths / max(average_length, 1.0))


def worth_in_title(lengths: Floats) -> Floats:
    """Return what an occurrence is worth in titles of these lengths, in tokens."""
    return TITLE_WORTH / np.maximum(lengths, 1.0)


def share_of_title(met: Floats, lengths: Floats, documents: int) -> Floats:
    """Return what a word is worth for standing in titles of these lengths, in tokens, in a collection of that size.

    `met` is how often it stands there, and how surely: 1 for a lemma, less for a coarse key.
    """
    return TITLE_SHARE * idf(documents, 1) * np.minimum(met, 1.0) / np.maximum(lengths, 1.0)


def saturate(frequencies: Floats) -> Floats:
    """Return BM25's term weight, from 0 to ``K1 + 1``, for sums of what occurrences are worth."""
    return frequencies * (K1 + 1) / (frequencies + K1)
