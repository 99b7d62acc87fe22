"""The arithmetic of BM25F scores over word groups.

A query word matches under several terms: its lemmas, the word itself, a coarse key. Their weighted
frequencies are summed before one saturation and one idf. So an exact form counts a little more,
coarse matches together less than one occurrence, and a word that matches under several terms does
not count like several words. Adding up the scores of separate fields instead loses half of the gain
(docs/tour.md, "How is a hit ranked?").

An occurrence in the text counts less in a long text. One in the title counts more in a short title,
whatever the length of the text (BM25F). As a title is short, the share of it that a query covers
says more than the rarity of the words: this coverage is added to the score without idf or
saturation (docs/reference/ranking.md has the figures).

Source: Robertson & Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009). The
idf is Lucene's, which is never negative.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]

K1 = 1.1
"""The frequency at which saturation reaches half of its limit."""
B = 0.75
"""The strength of length normalisation of texts, from 0 (none) to 1 (full)."""
COARSE_WEIGHT = 0.5
"""The weight of an occurrence under a coarse key; a lemma has 1, which comes on top."""
EXACT_WEIGHT = 0.2
"""The additional weight of an occurrence in the typed form, where that is not the lemma."""
FUNCTION_WORD_WEIGHT = 0.2
"""The weight of a query word that carries grammar rather than meaning (что, в, қандай, туралы)."""
TITLE_BOOST = 3.0
"""The weight of a whole title, in occurrences in a text of average length."""
TITLE_COVERAGE_WEIGHT = 1.5
"""The score of a title that the query covers completely, in idfs of a word with a doc freq of 1."""


def idf(doc_count: int, doc_freq: int) -> float:
    """Return the inverse document frequency of a word in `doc_freq` of `doc_count` documents."""
    return math.log(1 + (doc_count - doc_freq + 0.5) / (doc_freq + 0.5))


class TermStatistics(NamedTuple):
    """The document frequency of a word in a collection."""

    doc_freq: int
    """The number of documents that contain the word."""
    doc_count: int
    """The number of all documents."""

    @property
    def idf(self) -> float:
        """The inverse document frequency."""
        return idf(self.doc_count, self.doc_freq)


def text_norms(lengths: Floats, average_length: float) -> Floats:
    """Return the weight of an occurrence in texts of these lengths.

    Lengths are in tokens; a text of average length has 1.
    """
    return 1 / (1 - B + B * lengths / max(average_length, 1.0))


def title_norms(lengths: Floats) -> Floats:
    """Return the weight of an occurrence in titles of these lengths in tokens."""
    return TITLE_BOOST / np.maximum(lengths, 1.0)


def title_coverage(frequencies: Floats, lengths: Floats, doc_count: int) -> Floats:
    """Return the scores that one query word adds for its share of titles.

    `frequencies` are weighted frequencies in the titles, `lengths` their lengths in tokens,
    `doc_count` the size of the collection.
    """
    return TITLE_COVERAGE_WEIGHT * idf(doc_count, 1) * np.minimum(frequencies, 1.0) / np.maximum(lengths, 1.0)


def limit_coarse(frequencies: Floats) -> Floats:
    """Limit frequencies under coarse keys to less than 1.

    So one occurrence of a word says more than any number of words that only begin like it.
    """
    return frequencies / (1 + frequencies)


def saturate(frequencies: Floats) -> Floats:
    """Return BM25 term weights, from 0 to ``K1 + 1``, of weighted and normalised frequencies."""
    return frequencies * (K1 + 1) / (frequencies + K1)
