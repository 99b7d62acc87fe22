"""Loans whose stem is written otherwise before endings: класс, класы; турист, туристер.

A listed loan gets its own form back (`full_stems`). Where a loan is not listed, sound decides: an і
after a final group of consonants that no Kazakh word ends in is no part of it (`without_link`), and
a soft sign or a double consonant may be missing before endings (`short_key`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

_DROPPING = ("ст", "зд")
"""турист, туристер; съезд, съезге: the last letter is lost before consonants, and mostly before
vowels."""
_LINKED = ("кт", "нк", "нг", "рк", "лк", "ск", "фт", "пт")
"""акт, актіге; банк, банкілер: endings may follow an і that links them."""
_LINKS = tuple(f"{final}і" for final in _LINKED)
_FOREIGN = re.compile(f"[аоуыэюяё](?:{'|'.join(_LINKED)})$|и(?:нк|нг|ск|фт)$|[вфхцчщэъь]")
"""Loans before a linking і: harmony forbids these vowels there, and sound these letters."""
_FINALS = frozenset("бвгдзклмнпрстфь")
"""Last letters of the loans that are written otherwise before endings."""
_ENDINGS = ("ь", *(2 * letter for letter in sorted(_FINALS)), *_DROPPING, *_LINKED)
"""Endings of these loans, whose stems `written_stems` spells."""
_MIN_LETTERS = 4
"""Shorter loans keep their spelling: акт is written so, обь too, and a link is told by sound."""


def written_stems(loan: str) -> Iterator[str]:
    """Yield the ways in which a loan's stem is written before endings.

    класс, металл, ватт: one of two letters stands there.
    """
    if loan[-1] == "ь" or loan[-1] == loan[-2] or loan.endswith(_DROPPING):
        yield loan[:-1]
    if loan.endswith("сть"):
        yield loan[:-2]
    if loan.endswith(_LINKED):
        yield loan + "і"


def full_stems(roots: Mapping[str, str]) -> dict[str, str]:
    """Return the stems as written before endings, each with its root.

    Args:
        roots: The listed stems with their parts of speech; a stem that is one itself stays.
    """
    return {written: loan for loan in _loans(roots) for written in written_stems(loan) if written not in roots}


def short_keys(roots: Mapping[str, str]) -> dict[str, str]:
    """Return the loans that are written before endings like another root: балл, балы (honey).

    Args:
        roots: The listed stems with their parts of speech.
    """
    keys = {loan: short_key(loan) for loan in _loans(roots)}
    return {loan: key for loan, key in keys.items() if key in roots}


def _loans(roots: Mapping[str, str]) -> Iterator[str]:
    """Yield the roots that may be written otherwise before endings."""
    return (
        root
        for root, pos in roots.items()
        if pos == "n" and root[-1] in _FINALS and root.endswith(_ENDINGS) and len(root) >= _MIN_LETTERS
    )


def without_link(stem: str) -> str:
    """Return an unlisted loan without the і that links endings: рецепті is рецепт."""
    return stem[:-1] if stem.endswith(_LINKS) and _FOREIGN.search(stem[:-1]) else stem


def linkless_key(stem: str) -> str:
    """Return a stem without an і that may link endings (респекті), or ``""``."""
    return stem[:-1] if len(stem) > _MIN_LETTERS + 1 and stem.endswith(_LINKS) else ""


def short_key(stem: str) -> str:
    """Return the shortest spelling of a loan's stem before endings; ``""`` if there is one only."""
    shorter = [written for written in written_stems(stem) if len(written) < len(stem)]
    return min(shorter, key=len, default="")
