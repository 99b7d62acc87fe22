"""The scripts of Kazakh besides Cyrillic: their codes, their data, and a first look for them.

Most texts and queries have none of them, and need no more of this package than this module.
"""

from __future__ import annotations

import re
from functools import cache

from searchkit_analyzers.kazakh import tables
from searchkit_analyzers.normalize import APOSTROPHES

ARABIC = "kk-Arab"
SCRIPTS = (ARABIC, "kk-2017", "kk-2018", "kk-2021")
"""The columns of ``scripts.tsv``: A. Baitursynov's töte jazu as used in China; Latin by the
decrees no. 569 of 2017-10-26 and no. 637 of 2018-02-19, and by the project of 2021."""

LETTERS, LOANS = "scripts/scripts.tsv", "scripts/loans.txt"

_MAYBE_KAZAKH = re.compile(f"[äğıŋñūŭáǵńóúýöüşÄĞİŊÑŪŬÁǴŃÓÚÝÖÜŞ\\u0300-\\u0327ا-ە\\u0674qQ{APOSTROPHES}]")
"""Letters one of which every text in these scripts has."""


def may_have_words(text: str) -> bool:
    """Return whether a text may have Kazakh words in other scripts."""
    return _MAYBE_KAZAKH.search(text) is not None


@cache
def fingerprint() -> str:
    """Return a hash of the tables that transliteration depends on."""
    return tables.fingerprint((LETTERS, LOANS))
