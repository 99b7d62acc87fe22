"""Lists the letters that people type for one another.

Keyboards lack some letters, and other keys are nearer. Kazakh has nine letters that a Russian
keyboard lacks; they are typed as similar Russian letters (қ as к). In Latin, one letter stands for
several Cyrillic ones (i for и, і, ы and й).
"""

from __future__ import annotations

LETTER_CLASSES = (
    *("аә", "б", "в", "гғ", "д", "еэ", "ж", "з", "иійы", "кқ", "л", "м", "нң", "оө", "п", "р", "с", "т", "уұү", "ф"),
    *("хһ", "ц", "ч", "ш", "щ", "ьъ", "ю", "я", "-"),
    *"abcdefghijklmnopqrstuvwxyz",
)
"""Letters of folded words, at most four a class: those in one class are typed for one another.

Stored words name a letter by its class and its place in it, so classes are only ever appended, and
so are letters.
"""

_TO_BASE = str.maketrans("әғқңөұүіһ", "агкноууих")


def in_base_letters(word: str) -> str:
    """Return a folded word in Russian letters: қала as кала."""
    return word.translate(_TO_BASE)


def in_loose_letters(word: str) -> str:
    """Return a folded word in base letters, with й as и."""
    return in_base_letters(word).replace("й", "и")
