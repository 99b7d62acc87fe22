"""Cyrillic in old fonts that stands at the places of Latin letters: *Ïðåçèäåíò*.

Word processors took the letters of such a font for those of cp1252, which has other letters at the
places of cp1251. Words of nothing but accented letters are in no language.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from searchkit_analyzers import is_known_word, old_font_of

_HIGH = (
    "\u0081\u008d\u008f\u0090\u009dŠŒŽšœžŸƒˆ\u00a1-\u00a3\u00a5\u00a8\u00aa\u00af\u00b2-\u00b4\u00b8\u00ba\u00bc-\u00ff"
)
_WORD = re.compile(rf"(?<![A-Za-z{_HIGH}])[{_HIGH}]+(?![A-Za-z{_HIGH}])")
_LONG_WORD = re.compile(rf"(?<![A-Za-z{_HIGH}])[{_HIGH}]{{4,64}}(?![A-Za-z{_HIGH}])")
_HIGH_RUN = re.compile("[\u00c0-\u00ff]{3}")
_SAMPLE = 500
_ENOUGH = 0.3
"""The least share of known words: some are names, or have letters of old Kazakh fonts."""


def is_at_latin_places(text: str) -> bool:
    """Whether the text is Cyrillic that was taken for accented letters."""
    if not _HIGH_RUN.search(text):
        return False
    words = list(dict.fromkeys(islice((match[0] for match in _LONG_WORD.finditer(text)), _SAMPLE)))
    cyrillic = " ".join(words).translate(_places())
    font = old_font_of(cyrillic)
    known = sum(map(is_known_word, (font.respell(cyrillic) if font else cyrillic).split()))
    return known >= max(1, _ENOUGH * len(words))


def at_cyrillic_places(text: str) -> str:
    """Return a text with the letters that its font showed; offsets stay true."""
    return _WORD.sub(lambda match: match[0].translate(_places()), text)


@cache
def _places() -> dict[int, str]:
    codes = (bytes([code]) for code in range(128, 256) if code != 0x98)  # cp1251 has nothing there
    return {ord(_in_cp1252(code)): code.decode("cp1251") for code in codes}


def _in_cp1252(code: bytes) -> str:
    try:
        return code.decode("cp1252")
    except UnicodeDecodeError:
        return code.decode("latin-1")
