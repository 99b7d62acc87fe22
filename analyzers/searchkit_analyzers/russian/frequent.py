"""Terms of frequent Russian words: short queries need neither the dictionary nor the stemmer.

Loading those takes 80 ms, more than the rest of a search. ``frequent.tsv`` has the terms that they
give, word for word (a test compares every line), so that both can be used with one index. The list
is made by ``analyzers/tools/list_russian.py`` from one version of the dictionary, and is not used
with another.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from pathlib import Path

from pymorphy3_dicts_ru import __version__ as installed

from searchkit_analyzers.token import Terms

DATA_FILE = "frequent.tsv"
DICTIONARY = "# pymorphy3-dicts-ru "
"""The beginning of the first line of the data file, before the version."""


def terms_of(word: str) -> Terms | None:
    """Return the terms of a word, or None if it is not listed."""
    begin, lines = f"{word}\t".encode(), _lines()
    at = bisect_left(lines, begin)
    if at == len(lines) or not word.isalpha() or not lines[at].startswith(begin):
        return None
    _, lemmas, coarse = lines[at].decode().split("\t")
    return Terms(tuple(lemmas.split()), tuple(coarse.split()))


@cache
def _lines() -> list[bytes]:
    """Return the lines of the data file, sorted by word.

    Splitting all of them would take longer than a binary search for the few words of a query.
    """
    lines = Path(__file__).with_name(DATA_FILE).read_bytes().splitlines()
    return lines if lines[0] == f"{DICTIONARY}{installed}".encode() else []
