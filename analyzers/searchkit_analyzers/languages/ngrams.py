"""How much the letters of a word speak for Kazakh or for Russian: a naive Bayes over letter n-grams.

A word is read letter by letter; each letter weighs as much as it is likelier in one language than in the other after
the letters before it. What was learnt from Kazakh was learnt from words stripped of their Kazakh letters, so that
*калай баруга болады* is known too, and *ғ* or *і* adds nothing here. The tool that learns is
``analyzers/tools/train_languages.py``.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

DATA_FILE = "ngrams.tsv"
"""Beside this module. A line holds a weight, in tenths of a nat, above 0 for Kazakh, and all n-grams that have it."""
LONGEST = 4
"""Letters in the longest n-gram, the borders of the word among them."""
BORDER = "_"
"""Stands before the first letter of a word, after its last one, and for what is no letter, such as a hyphen."""

_NO_LETTERS = re.compile(r"[\W\d_]+")


def log_odds(word: str) -> int:
    """Return ln(P(word | Kazakh) / P(word | Russian)) of a folded word, both languages being as likely before.

    In tenths, which are whole numbers: sums of them are exact, in whatever order they are added up.
    """
    letters, weights = framed(word), _weights()
    ends = range(2, len(letters) + 1)
    short = [weights[letters[:end]] for end in ends[: LONGEST - 2]]
    return sum(short) + sum([weights[letters[end - LONGEST : end]] for end in ends[LONGEST - 2 :]])


def framed(word: str) -> str:
    """Return a folded word with its borders marked."""
    return f"{BORDER}{word if word.isalpha() else _NO_LETTERS.sub(BORDER, word)}{BORDER}"


class _Weights(dict[str, int]):
    """By n-gram: what its last letter says after those before it."""

    def __missing__(self, ngram: str) -> int:
        """Of one that is not stored, the longest stored one in which it ends knows best; that is remembered."""
        self[ngram] = self[ngram[1:]] if ngram else 0
        return self[ngram]


@cache
def data() -> str:
    """Return the data file as text, for the fingerprint of what an index was made with."""
    return Path(__file__).with_name(DATA_FILE).read_text("utf-8")


@cache
def _weights() -> _Weights:
    weights = _Weights()
    for line in data().splitlines():
        if not line.startswith("#"):
            weight, ngrams = line.split("\t")
            weights |= dict.fromkeys(ngrams.split(" "), int(weight))
    return weights
