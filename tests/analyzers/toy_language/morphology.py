"""Stems of the made-up language, whose nouns end in -ышт and -ахум."""

from __future__ import annotations

from searchkit_analyzers.token import Terms

_ENDINGS = ("ышт", "ахум")


class ToyMorphology:
    """Takes off one ending."""

    language = "xx"
    version = "1"

    def terms(self, word: str) -> Terms:
        """Return the stem of one cleaned, lower-cased word."""
        ending = next((ending for ending in _ENDINGS if word.endswith(ending)), "")
        return Terms((word.removesuffix(ending),), ())

    def knows(self, word: str) -> bool:
        """Return False, as there is no dictionary."""
        return False


TOY = ToyMorphology()
