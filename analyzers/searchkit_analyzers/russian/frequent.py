"""The terms of frequent words, kept ready: a short question of such words needs neither dictionary nor stemmer.

Reading those takes 80 ms, more than the whole search does otherwise. ``frequent.tsv`` holds what they answer, word for
word (a test compares every line), so it makes no difference to an index which of them was asked. It was made by
``analyzers/tools/list_russian.py`` from one version of the dictionary, and is left alone where another is installed.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache
from pathlib import Path

from pymorphy3_dicts_ru import __version__ as installed

from searchkit_analyzers.token import Terms

DATA_FILE = "frequent.tsv"
DICTIONARY = "# pymorphy3-dicts-ru "
"""What the first line of the data file begins with, before the version."""


def terms_of(word: str) -> Terms | None:
    """Return the terms of a frequent word, or None."""
    begin, lines = f"{word}\t".encode(), _lines()
    at = bisect_left(lines, begin)
    if at == len(lines) or not word.isalpha() or not lines[at].startswith(begin):
        return None
    _, lemmas, stem = lines[at].decode().split("\t")
    return Terms(tuple(lemmas.split()), (stem,))


@cache
def _lines() -> list[bytes]:
    """Return the lines of the data file, in the order of their words.

    To take all of them apart would take longer than to find a question's few words among them.
    """
    lines = Path(__file__).with_name(DATA_FILE).read_bytes().splitlines()
    return lines if lines[0] == f"{DICTIONARY}{installed}".encode() else []
