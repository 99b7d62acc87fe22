"""What an analyzer hands out: tokens with the terms that stand for them."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class Token(NamedTuple):
    """One word of a text, and every term under which a search may meet it."""

    surface: str
    """As written: ``text[start:end]``."""
    start: int
    """Where it begins, in code points of the text as given (before any normalisation)."""
    end: int
    """Where it ends (exclusive), in code points of the text as given."""
    position: int
    """Its place among the tokens of the text, from 0."""
    language: str
    """``"kk"``, ``"ru"``, or ``""`` for numbers, symbols and words in Latin letters that are not Kazakh."""
    lemmas: tuple[str, ...]
    """Its lemmas (Russian) or stems (Kazakh), and the word itself folded."""
    coarse: tuple[str, ...]
    """Coarser keys that back the lemmas where they fail; written without the ``~`` that marks them in an index."""
    forms: tuple[str, ...]
    """The word itself folded; at the first part of a compound, the whole compound too. A part of `lemmas`.

    Of a Kazakh word in another script the Cyrillic spelling comes first, the word as written last."""


class Terms(NamedTuple):
    """What one language's morphology knows about one word."""

    lemmas: tuple[str, ...]
    """Lemmas or stems, best first, folded. The word itself is added by the caller."""
    coarse: tuple[str, ...]
    """Coarser keys, without the ``~`` mark."""


class Morphology(Protocol):
    """One language's knowledge of words. Adding a language means writing one of these."""

    @property
    def language(self) -> str:
        """ISO 639-1 code, such as ``"kk"``."""

    @property
    def version(self) -> str:
        """Changes whenever the terms of any word may change; an index records it to know what is stale."""

    def terms(self, word: str) -> Terms:
        """Return the terms of `word`, cleaned: NFC, of one script, lower-cased, ``ё`` kept."""

    def knows(self, word: str) -> bool:
        """Return whether its dictionary has `word`, cleaned and lower-cased; False without a dictionary."""
