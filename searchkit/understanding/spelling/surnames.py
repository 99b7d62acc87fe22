"""Recognizes surnames and patronymics by their endings, in all cases: Рыбакина, Бозумбаевқа."""

from __future__ import annotations

import re
from functools import cache

from searchkit.understanding.word_lists import surname_endings

_STEM, _CASE = r"\w{2,}", r"\w{0,4}"
"""A surname has a stem before its ending, and the ending of a case behind it."""


def is_surname(word: str, is_capitalized: bool) -> bool:
    """Return whether a folded word has the ending of a surname."""
    return _pattern(is_capitalized).fullmatch(word) is not None


@cache
def _pattern(is_capitalized: bool) -> re.Pattern[str]:
    endings = surname_endings()
    listed = endings.anywhere + endings.capitalized if is_capitalized else endings.anywhere
    return re.compile(f"{_STEM}(?:{'|'.join(listed)}){_CASE}")
