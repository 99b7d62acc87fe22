"""The words of `irregular.tsv`: forms that no rule makes, and stems with ways of their own."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from searchkit_analyzers.kazakh.phonology import elided
from searchkit_analyzers.kazakh.tables import rows


@dataclass(frozen=True, slots=True)
class Irregulars:
    """What `irregular.tsv` says, by kind."""

    forms: dict[str, str]
    """Whole forms and their stems: оған -> ол."""
    elisions: dict[str, str]
    """Stems without their last ы or і, and the full stems: орн -> орын."""
    possessed: frozenset[str]
    """Stems that end in a possessive of their own: отбасы."""
    numerals: frozenset[str]
    """Numerals, the only stems of ordinals: үш, үшінші."""
    soft: frozenset[str]
    """Stems whose final soft sign drops before a vowel: стиль, стилі."""


@cache
def read_irregulars() -> Irregulars:
    """Read the table of irregular words, once."""
    table = rows("irregular.tsv")
    elisions = {elided(row[1]): row[1] for row in table if row[0] == "elision"}
    elisions |= {row[1]: row[2] for row in table if row[0] == "changed"}
    return Irregulars(
        forms={row[1]: row[2] for row in table if row[0] == "form"},
        elisions=elisions,
        possessed=frozenset(row[1] for row in table if row[0] == "possessed"),
        numerals=frozenset(row[1] for row in table if row[0] == "numeral"),
        soft=frozenset(row[1] for row in table if row[0] == "soft"),
    )
