"""A word in Latin letters, in the Cyrillic ones that it may stand for: chat spellings, passports, and three alphabets.

Where a letter stands for several of one class (i for і, и and й; k for к and қ), one of them is enough here: the words
of the index tell which is meant (`searchkit.lexicon.skeletons`). So the alphabets of 2017, 2018 and 2021, in which
i, ı, u and y change their sounds, hardly differ.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice, product
from unicodedata import normalize

from searchkit_analyzers.normalize import APOSTROPHES

_MOST_WAYS = 24
_WAYS = {
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
"""What letters of any of the alphabets may stand for, the likeliest first; ё is folded."""
_LETTER = re.compile("|".join(sorted(_WAYS, key=len, reverse=True)))
_WORD = re.compile(f"(?:[a-z\u00df-\u024f\u0300-\u036f{APOSTROPHES}]|ŋ|ı)+")


@cache
def _known(letter: str) -> str:
    """Return a letter without its mark, if none of the alphabets has it."""
    return letter if letter in _WAYS else normalize("NFD", letter)[0]


def is_latin(word: str) -> bool:
    """Whether a folded word is written in Latin letters only."""
    return _WORD.fullmatch(word) is not None


def in_cyrillic(word: str) -> list[str]:
    """Return what a folded Latin word may be in Cyrillic, likelier spellings first; nothing where it is none."""
    if not is_latin(word):
        return []
    known = "".join(map(_known, normalize("NFC", word)))
    ways = (_WAYS[letter] for letter in _LETTER.findall(known))
    return ["".join(letters) for letters in islice(product(*ways), _MOST_WAYS)]
