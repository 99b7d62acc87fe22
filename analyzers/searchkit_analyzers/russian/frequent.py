"""The terms of frequent words, kept ready: a short question of such words needs neither dictionary nor stemmer.

Reading those takes 80 ms, more than the whole search does otherwise. ``frequent.tsv`` holds what they answer, word for
word (a test compares every line), so it makes no difference to an index which of them was asked. It was made by
``analyzers/tools/list_russian.py`` from one version of the dictionary, and is left alone where another is installed.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pymorphy3_dicts_ru import __version__ as installed

from searchkit_analyzers.token import Terms

DATA_FILE = "frequent.tsv"
DICTIONARY = "# pymorphy3-dicts-ru "
"""What the first line of the data file begins with, before the version."""


def terms_of(word: str) -> Terms | None:
    """Return the terms of a frequent word, or None.

    The word is looked for in the text of the file: taking that apart would take longer than a question's few words.
    """
    begin = f"\n{word}\t".encode()
    start = _data().find(begin) if word.isalpha() else -1
    if start < 0:
        return None
    line = _data()[start + len(begin) :].partition(b"\n")[0].decode()
    lemmas, stem = line.split("\t")
    return Terms(tuple(lemmas.split()), (stem,))


@cache
def _data() -> bytes:
    data = Path(__file__).with_name(DATA_FILE).read_bytes()
    return data if data.startswith(f"{DICTIONARY}{installed}\n".encode()) else b""
