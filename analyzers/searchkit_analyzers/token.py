"""Tokens, the result of analysis, and the protocol of a morphology."""

from __future__ import annotations

from typing import NamedTuple, Protocol

Doubts = tuple[tuple[str, float], ...]
"""Lemmas, each with its likelihood beside the likeliest one, from 0 to 1."""


class Token(NamedTuple):
    """One word of a text, with every term under which it is indexed."""

    surface: str
    """As written: ``text[start:end]``."""
    start: int
    """Where it begins, in code points of the text as given (before any normalisation)."""
    end: int
    """Where it ends (exclusive), in code points of the text as given."""
    position: int
    """Its position among the tokens of the text, from 0."""
    language: str
    """A code of `LANGUAGES`; ``""`` for numbers, symbols and unlisted languages."""
    lemmas: tuple[str, ...]
    """Its lemmas (Russian) or stems (Kazakh, English), and the word itself folded."""
    coarse: tuple[str, ...]
    """Coarser keys that back the lemmas where they fail; written without the ``~`` that marks them
    in an index."""
    forms: tuple[str, ...]
    """The word itself folded; at the first part of a compound, the whole compound too. All are in
    `lemmas`.

    For a Kazakh word in another script the Cyrillic spelling comes first, the word as written
    last."""
    doubts: Doubts = ()
    """The lemmas that are less likely than the first; all others count in full."""


class Terms(NamedTuple):
    """The terms that one language's morphology gives a word."""

    lemmas: tuple[str, ...]
    """Lemmas or stems, likeliest first, folded. The caller adds the word itself."""
    coarse: tuple[str, ...]
    """Coarser keys, without the ``~`` mark."""
    doubts: Doubts = ()
    """The lemmas that are less likely than the first."""


class Morphology(Protocol):
    """The words of one language. Adding a language means writing one of these."""

    @property
    def language(self) -> str:
        """ISO 639-1 code, such as ``"kk"``."""

    @property
    def version(self) -> str:
        """Changes whenever terms may change; an index finds stale documents by it."""

    def terms(self, word: str) -> Terms:
        """Return the terms of `word`, cleaned: NFC, of one script, lower-cased, ``ё`` kept."""

    def knows(self, word: str) -> bool:
        """Return whether its dictionary has `word`, cleaned and lower-cased.

        Without a dictionary it has none.
        """
