"""Take the names from a credit: labels are no names, and photographers no authors."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from searchkit.readers.boilerplate.phrase_lists import PHRASE_LISTS, any_of
from searchkit.readers.letters import CAPITALS

_SEPARATOR = re.compile(r"\s*[;|\n]\s*|\s+/\s+")
_LAST_INITIAL = re.compile(rf"(?<=[^\W\d_]\s)[{CAPITALS}]$")


def author_names(credit: str) -> str:
    """Return the names in a credit.

    >>> author_names("Текст: Лида Б., фото: Пётр С.")
    'Лида Б.'
    """
    names = (name for piece in _SEPARATOR.split(credit) for name in _names(" ".join(piece.split())))
    return ", ".join(dict.fromkeys(names))


def _names(piece: str) -> Iterator[str]:
    """Yield the names in a piece: before labels, and behind labels of authors."""
    labels = list(_label().finditer(piece))
    starts = [0, *(label.end() for label in labels)]
    ends = [*(label.start() for label in labels), len(piece)]
    kinds = ["author", *(str(label.lastgroup) for label in labels)]
    for kind, start, end in zip(kinds, starts, ends, strict=True):
        name = piece[start:end].strip(" ,:—–-")
        if name and kind == "author":
            yield _LAST_INITIAL.sub(lambda initial: initial[0] + ".", name)


@cache
def _label() -> re.Pattern[str]:
    """Return the pattern of a label: with a colon, before a name, or at the end.

    Of *Текст и фото* the first label counts.
    """
    labels = {kind: any_of(_phrases(kind)) for kind in ("author", "photo")}
    more = rf"(?:\s(?:{PHRASE_LISTS.alternation('joiner')})\s(?:{'|'.join(labels.values())}))*"
    by_kind = "|".join(rf"(?P<{kind}>(?:{label}){more})" for kind, label in labels.items())
    return re.compile(rf"(?<![\w-])(?i:{by_kind})(?:\s?[:：–—]|(?=\s[{CAPITALS}])|$)")


def _phrases(section: str) -> Iterator[str]:
    return (" ".join(row) for row in PHRASE_LISTS.rows(section) if "…" not in row)
