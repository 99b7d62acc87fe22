"""Converts Latin words to Cyrillic spellings: from chats, passports, and three alphabets.

Where a letter stands for several letters of one class (i for і, и and й; k for к and қ), one of
them is enough here: a dictionary of words tells them apart by skeleton (`letters.LETTER_CLASSES`).
So the alphabets of 2017, 2018 and 2021, in which i, ı, u and y change their sounds, hardly differ.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice, product
from unicodedata import normalize

from searchkit_analyzers.normalize import APOSTROPHES

_MAX_SPELLINGS = 24
_CYRILLIC = {
    latin: cyrillic.split()
    for latin, cyrillic in {
        **dict(zip("abdefgijklmnopqrstuvyz", "абдефгіжклмнопқрстувыз", strict=True)),
        **dict(zip("äáğǵıñńŋöóüúūŭýşï", "әәғғіңңңөөүүұұуши", strict=True)),
        **{"a'": "ә", "c'": "ч", "g'": "ғ", "i'": "и", "n'": "ң", "o'": "ө", "s'": "ш", "u'": "ү", "y'": "у"},
        **{"ch": "ч", "gh": "ғ", "kh": "х", "sh": "ш", "shch": "щ", "sch": "щ", "tş": "ч", "zh": "ж"},
        **{"c": "ц с к", "h": "х", "ng": "нг ң", "ts": "ц тс", "w": "у в", "x": "х кс"},
        **{"ia": "я иа", "iu": "ю иу", "ya": "я иа", "ye": "е ие", "yo": "е ио", "yu": "ю иу"},
    }.items()
}
"""Cyrillic spellings of the letters of all alphabets, the likeliest first; ё is folded."""
_LETTER = re.compile("|".join(sorted(_CYRILLIC, key=len, reverse=True)))
_WORD = re.compile(f"(?:[a-z\u00df-\u024f\u0300-\u036f{APOSTROPHES}]|ŋ|ı)+")


@cache
def _without_mark(letter: str) -> str:
    """Return a letter, without its mark if no alphabet has the marked letter."""
    return letter if letter in _CYRILLIC else normalize("NFD", letter)[0]


def is_latin(word: str) -> bool:
    """Whether a folded word consists of Latin letters."""
    return _WORD.fullmatch(word) is not None


def in_cyrillic(word: str) -> list[str]:
    """Return Cyrillic spellings of a Latin word, the likeliest first."""
    if not is_latin(word):
        return []
    letters = "".join(map(_without_mark, normalize("NFC", word)))
    ways = (_CYRILLIC[letter] for letter in _LETTER.findall(letters))
    return ["".join(letters) for letters in islice(product(*ways), _MAX_SPELLINGS)]
