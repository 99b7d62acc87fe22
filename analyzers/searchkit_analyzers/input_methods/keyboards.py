"""Converts text that was typed on the wrong keyboard layout: same keys, another layout.

Layouts: US, Russian (ЙЦУКЕН), and Kazakh, which is the Russian one with nine letters in place of
digits and signs. қазақ is ``0fpf0`` on the US layout and ``0аза0`` on the Russian one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_US = "`qwertyuiop[]asdfghjkl;'zxcvbnm,." + '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>'
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю" + "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ"
_US_TO_RUSSIAN = str.maketrans(_US, _RUSSIAN)
_RUSSIAN_TO_US = str.maketrans(_RUSSIAN, _US)
_KEYS_TO_KAZAKH = str.maketrans("2345890-=", "әіңғүұқөһ")
_KEYS_BUT_HYPHEN = str.maketrans("2345890=", "әіңғүұқһ")

_KAZAKH_KEY = re.compile("[2345890=-]")
_CYRILLIC, _LATIN = re.compile("[\u0400-\u052f]"), re.compile("[A-Za-z]")
_ROMAN_NUMERAL = re.compile("[IVXLC]+(?:-[IVXLC]+)?")
_FINAL_MARKS = re.compile(r"[?!.,;:…»)]*$")


def on_other_layouts(typed: str) -> list[str]:
    """Return the texts that the same keys give on other layouts, the likeliest first.

    Args:
        typed: A piece of a query without spaces. A mark at its end may be a mark or a letter:
            ``.`` is ю.

    Returns:
        The converted texts; none for a Roman numeral.
    """
    if _ROMAN_NUMERAL.fullmatch(typed):
        return []
    marks = _FINAL_MARKS.search(typed)
    end = marks.start() if marks else len(typed)
    return [text + typed[cut:] for cut in dict.fromkeys((end, len(typed))) for text in _conversions(typed[:cut])]


def _conversions(typed: str) -> Iterator[str]:
    if _LATIN.search(typed) and not _CYRILLIC.search(typed):
        russian = typed.translate(_US_TO_RUSSIAN)
        yield from (
            russian.translate(keys) for keys in (_KEYS_TO_KAZAKH, _KEYS_BUT_HYPHEN) if _KAZAKH_KEY.search(typed)
        )
        yield russian
    elif _CYRILLIC.search(typed):
        yield from [typed.translate(_KEYS_TO_KAZAKH)] if _KAZAKH_KEY.search(typed) else []
        yield typed.translate(_RUSSIAN_TO_US)
