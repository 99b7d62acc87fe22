"""Recognise personal names by form: *Маулен Ашимбаев*, *Қ. Мұқанов*, *Виктор НЕЧАЕВ*."""

from __future__ import annotations

import re

from searchkit.readers.boilerplate.phrase_lists import PHRASE_LISTS
from searchkit.readers.letters import CAPITALS

_CAPITAL = f"[{CAPITALS}]"
_LETTERS = r"(?:[^\W\d_]|[’'ʼ])*"
_NAME_WORD = re.compile(rf"{_CAPITAL}{_LETTERS}(?:-{_CAPITAL}{_LETTERS})?|{_CAPITAL}\.")
_BETWEEN_INITIALS = re.compile(r"(?<=\.)(?=[^\W\d])")
ABBREVIATION = re.compile(rf"{_CAPITAL}{{2,6}}\b")
"""An abbreviation in capitals at the start of a text."""


def is_person_name(text: str) -> bool:
    """Whether a text has the form of a person's name."""
    words = _BETWEEN_INITIALS.sub(" ", text).split()
    if words and ABBREVIATION.fullmatch(words[0]) and not text.isupper():
        return False  # ДЧС Алматы
    if any(word.lower().startswith(PHRASE_LISTS.words("institution")) for word in words):
        return False
    return 2 <= len(words) <= 4 and all(map(_NAME_WORD.fullmatch, words)) and any(len(word) > 3 for word in words)


def is_surely_person_name(text: str) -> bool:
    """Whether a name has a typical ending; *Қара Жорға* has none.

    Surnames and patronymics have them.
    """
    endings = PHRASE_LISTS.words("surname")
    return is_person_name(text) and any(len(word) > 4 and word.lower().endswith(endings) for word in text.split())
