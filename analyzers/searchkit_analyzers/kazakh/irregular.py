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
    )
