"""The description of one language: its code, its name, and where its knowledge is loaded from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from searchkit_analyzers.stopwords import StopWords, read_stopwords
from searchkit_analyzers.token import Morphology


@dataclass(frozen=True, eq=False)
class Language:
    """One language of documents and queries. Its package offers one as ``LANGUAGE``, cheap to import."""

    code: str
    """ISO 639-1 code, such as ``"kk"``."""
    name: str
    """Its English name, such as ``"Kazakh"``."""
    folder: Path
    """The folder of its package, which holds ``stopwords.txt``."""
    load: Callable[[], Morphology]
    """Imports the morphology. Raises ImportError where a library that it needs is not installed."""
    letters: frozenset[str] = frozenset()
    """Small letters that no other language here has."""
    is_suffix: Callable[[str], bool] | None = None
    """Tells whether letters after a hyphen (``-ның``) are an ending of the word before; None: never."""
    inflect: Callable[[str, str], Iterable[str]] | None = None
    """Returns the forms of a stem whose ending may have been typed as the second argument, without
    the letters that keyboards lack; None: every keyboard has them."""
    lemma_is_base_form: bool = True
    """Whether the base form of a dictionary is itself a lemma; a Kazakh infinitive is not (келу: кел)."""

    @cached_property
    def morphology(self) -> Morphology:
        """The morphology, loaded at first use.

        Raises:
            ImportError: A library that it needs is not installed; the message names the extra to install.
        """
        return self.load()

    @property
    def stopwords(self) -> StopWords:
        """The function words, those that tell the language of a text apart from the rest."""
        return read_stopwords(self.folder)

    @property
    def function_words(self) -> frozenset[str]:
        """All words that carry grammar rather than meaning, folded."""
        return self.stopwords.all
