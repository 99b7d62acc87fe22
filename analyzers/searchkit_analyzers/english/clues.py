"""Clues to English: the spelling of words in Latin letters, and word lists.

The patterns are rules of thumb, checked against the English of this project's documentation and
Kazakh queries typed in Latin letters; the function words of English weigh more than all of them.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from searchkit_analyzers.normalize import fold
from searchkit_analyzers.stopwords import read_stopwords

_FOLDER = Path(__file__).parent
# All weights are in tenths of a nat, above 0 for English.
_FOREIGN_WORD = -40
_FOREIGN_LETTER = -20
_SHORT_WORD = 10
"""A function word of English that other languages have too."""
_LIKE_WEIGHT = 6
_UNLIKE_WEIGHT = -10
_NEITHER = -2
_LIKE = re.compile(
    r"""
      th|wh|ck|ght|oo|ee|ow|ew|ph|[ts]ion|ture|ment|ness
    | (?: [^aiouys]s|ed|ing|ity|ly|[nc]cy|[nc]try|ous|ive|ble|[ae]nce|ism|ist|ess|ies )$
    """,
    re.VERBOSE,
)
_UNLIKE = re.compile(
    r"""
      q(?!u)|kh|zh|sch|yy|ii|aa|uu                                # Kazakh and Russian in Latin letters
    | [^aeiouy]y[^aeiou]{1,2}[aeiouy] | [aeiou]y[^aeiouydsi]      # y as a vowel, or after one
    | [uioa]$
    | ^[^aeiouy]{3,}$ | [^aeiouy]{5}                              # typed on another keyboard layout
    | (?: [dt][ay]r|(?<![uoi])lar|lyr|kter|iler|inder|shk?e )$    # Kazakh plural, cases and persons
    | (?: [nd][yi]n|[dt]an|nan|[ei][dg]e|tte|nde|[ay][dst]y|[ayiu]gy|[yi]ny|zy|[qk]y|sh[yi] )$
    | (?: [yi]m|[yi]q|[^aeous][yi]s|[^aeou][yi]l )$
    """,
    re.VERBOSE,
)


def letter_odds(folded: str) -> int:
    """Return the evidence of a folded word for English, in tenths of a nat."""
    if folded in _foreign_words():
        return _FOREIGN_WORD
    if folded in read_stopwords(_FOLDER).all:
        return _SHORT_WORD
    if not folded.isascii():
        return _FOREIGN_LETTER
    return _spelling_odds(folded)


def _spelling_odds(folded: str) -> int:
    if _UNLIKE.search(folded):
        return _NEITHER if _LIKE.search(folded) else _UNLIKE_WEIGHT
    return _LIKE_WEIGHT if _LIKE.search(folded) else _NEITHER


def data() -> str:
    """Return the list of foreign words as text, for fingerprints."""
    return (_FOLDER / "foreign.txt").read_text("utf-8")


@cache
def _foreign_words() -> frozenset[str]:
    return frozenset(fold(line) for line in data().splitlines() if not line.startswith("#"))
