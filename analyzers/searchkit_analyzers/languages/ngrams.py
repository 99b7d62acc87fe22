"""Evidence of letters for Kazakh against Russian: naive Bayes over letter n-grams.

A word is read letter by letter; each letter weighs as much as it is likelier in one language than
in the other after the letters before it. The Kazakh words of the training texts had their Kazakh
letters replaced, so that *калай баруга болады* is known too, and *ғ* or *і* adds nothing here. The
weights are trained by ``analyzers/tools/train_languages.py``.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

DATA_FILE = "ngrams.tsv"
"""Beside this module. A line has a weight in tenths of a nat, above 0 for Kazakh, and its
n-grams."""
LONGEST = 4
"""Letters of the longest n-gram, borders of the word included."""
BORDER = "_"
"""Stands before the first letter of a word, after the last, and for hyphens and digits inside."""

_NO_LETTERS = re.compile(r"[\W\d_]+")


def log_odds(word: str) -> int:
    """Return ln(P(word | Kazakh) / P(word | Russian)) of a folded word, for equal priors.

    The result is in tenths of a nat, whole numbers whose sums are exact in any order.
    """
    letters, weights = framed(word), _weights()
    ends = range(2, len(letters) + 1)
    short = [weights[letters[:end]] for end in ends[: LONGEST - 2]]
    return sum(short) + sum([weights[letters[end - LONGEST : end]] for end in ends[LONGEST - 2 :]])


def framed(word: str) -> str:
    """Return a folded word with its borders marked."""
    return f"{BORDER}{word if word.isalpha() else _NO_LETTERS.sub(BORDER, word)}{BORDER}"


class _Weights(dict[str, int]):
    """N-gram -> the weight of its last letter after the letters before it."""

    def __missing__(self, ngram: str) -> int:
        """Return and remember the weight of the longest stored n-gram at the end of this one."""
        self[ngram] = self[ngram[1:]] if ngram else 0
        return self[ngram]


@cache
def data() -> str:
    """Return the data file as text, for fingerprints."""
    return Path(__file__).with_name(DATA_FILE).read_text("utf-8")


@cache
def _weights() -> _Weights:
    weights = _Weights()
    for line in data().splitlines():
        if not line.startswith("#"):
            weight, ngrams = line.split("\t")
            weights |= dict.fromkeys(ngrams.split(" "), int(weight))
    return weights
