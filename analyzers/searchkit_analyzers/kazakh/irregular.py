"""The words of `irregular.tsv`: forms that no rule makes, and stems with exceptions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from searchkit_analyzers.kazakh.phonology import elide
from searchkit_analyzers.kazakh.tables import rows


@dataclass(frozen=True, slots=True)
class Irregulars:
    """The entries of `irregular.tsv`, by kind."""

    forms: dict[str, str]
    """Whole forms -> their stems: оған -> ол."""
    elisions: dict[str, str]
    """Stems without their last ы or і -> the full stems: орн -> орын."""
    inherent_possessives: frozenset[str]
    """Stems that end in a possessive suffix of their own: отбасы."""
    numerals: frozenset[str]
    """Numerals, the only stems of ordinals: үш, үшінші."""
    stems: dict[str, str]
    """Stems in another spelling, or of another word of the same number: рахмет -> рақмет."""
    in_context: dict[str, str]
    """A word after another one, or after 0 for any number -> its stem there: 0 жылы -> жыл."""


@cache
def read_irregulars() -> Irregulars:
    """Read the table of irregular words, once."""
    table = rows("irregular.tsv")
    elisions = {elide(row[1]): row[1] for row in table if row[0] == "elision"}
    elisions |= {row[1]: row[2] for row in table if row[0] == "changed"}
    return Irregulars(
        forms={row[1]: row[2] for row in table if row[0] == "form"},
        elisions=elisions,
        inherent_possessives=frozenset(row[1] for row in table if row[0] == "possessed"),
        numerals=frozenset(row[1] for row in table if row[0] == "numeral"),
        stems={row[1]: row[2] for row in table if row[0] == "stem"},
        in_context={row[1]: row[2] for row in table if row[0] == "context"},
    )


def meant_after(previous: str, word: str) -> str:
    """Return the stem that `word` surely has after the word `previous`, or an empty text."""
    return read_irregulars().in_context.get(f"{'0' if previous.isdecimal() else previous} {word}", "")
