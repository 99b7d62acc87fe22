"""What was typed with the keyboard left on another layout: the same keys on the layout that was meant.

Layouts: US, Russian (ЙЦУКЕН), and Kazakh, which is the Russian one with nine letters in the place of digits and signs.
қазақ is ``0fpf0`` on the US layout and ``0аза0`` on the Russian one.
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
_ROMAN = re.compile("[IVXLC]+(?:-[IVXLC]+)?")
_MARKS = re.compile(r"[?!.,;:…»)]*$")


def on_other_layouts(typed: str) -> list[str]:
    """Return what a piece of a question without spaces may be on the layout that was meant, likelier ways first.

    A mark at its end may be a mark or a letter: ``.`` is ю.
    """
    if _ROMAN.fullmatch(typed):
        return []
    end = _MARKS.search(typed)
    at = end.start() if end else len(typed)
    return [way + typed[cut:] for cut in dict.fromkeys((at, len(typed))) for way in _ways(typed[:cut])]


def _ways(typed: str) -> Iterator[str]:
    if _LATIN.search(typed) and not _CYRILLIC.search(typed):
        russian = typed.translate(_US_TO_RUSSIAN)
        yield from (
            russian.translate(keys) for keys in (_KEYS_TO_KAZAKH, _KEYS_BUT_HYPHEN) if _KAZAKH_KEY.search(typed)
        )
        yield russian
    elif _CYRILLIC.search(typed):
        yield from [typed.translate(_KEYS_TO_KAZAKH)] if _KAZAKH_KEY.search(typed) else []
        yield typed.translate(_RUSSIAN_TO_US)
