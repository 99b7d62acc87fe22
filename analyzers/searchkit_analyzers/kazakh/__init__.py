"""Kazakh: stems by a grammar of suffix slots and sound laws, disambiguated by costs.

1. `suffix_stripper` reads a word from its end, suffix by suffix, as the slots (`morphotactics`)
   and sound laws (`phonology`) allow.
2. `disambiguation` chooses the cheapest reading by ``costs.tsv``, and a second one that costs
   hardly more. Pronouns and contractions come from ``irregular.tsv``.
3. A coarse key backs the stem, for words whose forms get different stems.

>>> from searchkit_analyzers.kazakh import KAZAKH
>>> KAZAKH.stem("балаларымызға")
'бала'
>>> KAZAKH.explain("балаларымызға")[0].analysis
'бала+PL+1PL.POSS+DAT'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from searchkit_analyzers.kazakh.hyphenated import is_suffix
    from searchkit_analyzers.kazakh.morphology import KAZAKH, Explanation, KazakhMorphology

__all__ = ["KAZAKH", "Explanation", "KazakhMorphology", "is_suffix"]


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = "hyphenated" if name == "is_suffix" else "morphology"
    value: object = getattr(import_module(f"{__name__}.{module}"), name)
    globals()[name] = value
    return value
