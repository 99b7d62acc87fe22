"""A word in Latin letters, in the Cyrillic ones that it may stand for: chat spellings, passports, and three alphabets.

Only the class of a letter counts here (`searchkit.vocabulary.letters`): и stands for і, ы and й too, к for қ. Which
of them is meant, the words of the index tell. So the alphabets of 2017, 2018 and 2021 hardly differ.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice, product
from unicodedata import normalize

from searchkit_analyzers.normalize import APOSTROPHES

_MOST_WAYS = 24
_LETTERS = {
    **dict(zip("abdefgijklmnopqrstuvyz", "абдефгижклмнопкрстувиз", strict=True)),
    "c": "ц с к",
    "h": "х",
    "w": "у в",
    "x": "х кс",
    "ı": "и",
    "ŋ": "н",
    "ch": "ч",
    "gh": "г",
    "ia": "я иа",
    "iu": "ю иу",
    "kh": "х",
    "ng": "н нг",
    "sch": "щ",
    "sh": "ш",
    "shch": "щ",
    "ts": "ц тс",
    "tş": "ч",
    "ş": "ш",
    "ya": "я иа",
    "ye": "е ие",
    "yo": "е ио",
    "yu": "ю иу",
    "zh": "ж",
    "c'": "ч",
    "s'": "ш",
    "y'": "у",
    "ý": "у",
}
"""What letters of any of the alphabets may stand for; those that are not here lose their marks first (á, ǵ, ö)."""
_WAYS = {latin: cyrillic.split() for latin, cyrillic in _LETTERS.items()}
_LETTER = re.compile("|".join(sorted(_WAYS, key=len, reverse=True)))
_WORD = re.compile(f"(?:[a-z\u00df-\u024f\u0300-\u036f{APOSTROPHES}]|ŋ|ı)+")


@cache
def _bare(letter: str) -> str:
    return letter if letter in _WAYS else normalize("NFD", letter)[0]


def is_latin(word: str) -> bool:
    """Whether a folded word is written in Latin letters only."""
    return _WORD.fullmatch(word) is not None


def in_cyrillic(word: str) -> list[str]:
    """Return what a folded Latin word may be in Cyrillic, likelier spellings first; nothing where it is none."""
    if not is_latin(word):
        return []
    bare = "".join(map(_bare, normalize("NFC", word)))
    ways = (_WAYS[letter] for letter in _LETTER.findall(bare))
    return ["".join(letters) for letters in islice(product(*ways), _MOST_WAYS)]
