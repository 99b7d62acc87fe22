"""What was typed with the keyboard left on another layout: the same keys on the layout that was meant.

Layouts: US, Russian (ЙЦУКЕН), and Kazakh, which is the Russian one with nine letters in the place of the digits. In
Kazakh ``0fpf0`` (US) and ``0аза0`` (Russian) are both қазақ.
"""

from __future__ import annotations

import re

_US = "`qwertyuiop[]asdfghjkl;'zxcvbnm,." + '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>'
_RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю" + "ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ"
_US_TO_RUSSIAN = str.maketrans(_US, _RUSSIAN)
_RUSSIAN_TO_US = str.maketrans(_RUSSIAN, _US)
_DIGITS_TO_KAZAKH = str.maketrans("2345890-=", "әіңғүұқөһ")

_KAZAKH_KEYS = re.compile("[2345890=-]")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_LATIN = re.compile("[A-Za-z]")
_END = re.compile(r"[?!.,;:]+$")


def on_other_layouts(typed: str) -> list[str]:
    """Return what a piece of a question without spaces may be, were it typed on the layout that was meant.

    A mark at its end may be a letter (``.`` is ю) or a mark.
    """
    end = _END.search(typed)
    stems = [(typed, "")] if not end else [(typed[: end.start()], end.group()), (typed, "")]
    return [there + mark for stem, mark in stems for there in _moved(stem)]


def _moved(typed: str) -> list[str]:
    if _LATIN.search(typed) and not _CYRILLIC.search(typed):
        russian = typed.translate(_US_TO_RUSSIAN)
        return [russian.translate(_DIGITS_TO_KAZAKH), russian] if _KAZAKH_KEYS.search(typed) else [russian]
    if not _CYRILLIC.search(typed):
        return []
    if _KAZAKH_KEYS.search(typed):
        return [typed.translate(_DIGITS_TO_KAZAKH)]
    return [typed.translate(_RUSSIAN_TO_US)]
