"""The description of one language: its code, its name, and where its knowledge is loaded from."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, Protocol

from searchkit_analyzers.normalize import fold
from searchkit_analyzers.stopwords import StopWords, read_stopwords
from searchkit_analyzers.token import Morphology, Token
from searchkit_analyzers.tokenizer import Word

CYRILLIC = "Cyrl"
LATIN = "Latn"


class Respelling(Protocol):
    """A word of another script in the language's own letters."""

    @property
    def text(self) -> str:
        """The word in the language's own letters."""

    @property
    def raw_offsets(self) -> Mapping[int, int]:
        """Offset in `text` -> offset in the raw word (code points), at borders of parts."""


class Font(Protocol):
    """A font from before Unicode, which drew letters at the places of others."""

    @property
    def charset(self) -> str:
        """The charset whose places of letters it used."""

    def respell(self, text: str) -> str:
        """Return `text` with the letters that the font showed; all offsets stay true."""


class OtherScripts(NamedTuple):
    """Scripts in which a language is written besides its own."""

    codes: tuple[str, ...]
    """Such as ``"kk-Arab"``."""
    detect: Callable[[str, Iterable[Word], bool], Mapping[int, tuple[Word, str]]]
    """Takes a text, its words, and whether little evidence is enough.

    Returns word index -> word and script."""
    respell: Callable[[str, str], Respelling]
    """Takes a raw word and its script."""
    fingerprint: Callable[[], str]
    """Returns a hash of the data that the two others depend on."""


@dataclass(frozen=True, eq=False)
class Language:
    """One language of documents and queries, as its package offers it in ``LANGUAGE``."""

    code: str
    """ISO 639-1 code, such as ``"kk"``."""
    name: str
    """Its English name, such as ``"Kazakh"``."""
    folder: Path
    """The folder of its package, which holds ``stopwords.txt``."""
    load: Callable[[], Morphology]
    """Imports the morphology. Raises ImportError where a library is not installed."""
    script: str = CYRILLIC
    """ISO 15924 code of the letters that it is written in: `CYRILLIC` or `LATIN`."""
    letters: frozenset[str] = frozenset()
    """Small letters that no other language here has: a word with one of them is in this
    language."""
    letter_odds: Callable[[str], int] | None = None
    """Tells how much the letters of a folded word speak for this language, in tenths of a nat.

    0 says nothing, below 0 speaks for the others. None marks the language that a word of the script
    is taken to be in where nothing speaks for another.
    """
    is_lookalike: Callable[[int, int, int, bool], bool] | None = None
    """Tells whether words that seem to be in this language are in an unlisted one.

    It takes the arguments of `turkic.resembles_kazakh`."""
    is_suffix: Callable[[str], bool] | None = None
    """Tells whether letters after a hyphen (``-ның``) are an ending; None: never."""
    inflect: Callable[[str, str], Iterable[str]] | None = None
    """Returns the forms of a stem whose ending may have been typed as the second argument, without
    the letters that keyboards lack; None: every keyboard has them."""
    is_ending: Callable[[str], bool] | None = None
    """Tells whether letters (``tion``) end words and are none, for languages without a dictionary;
    None: there is one."""
    is_beginning: Callable[[str], bool] | None = None
    """Tells the same of letters (``con``) that begin words."""
    recognizes: Callable[[str], bool] | None = None
    """Tells whether the grammar can read a cleaned, lower-cased word as a form of a listed one,
    however unlikely; None: `Morphology.knows` tells all."""
    is_listed: Callable[[str], bool] | None = None
    """Tells whether a folded word stands in a list of words, without loading the morphology; None:
    there is no such list."""
    meant_after: Callable[[str, str], str] | None = None
    """Returns the lemma that the second of two folded words surely has after the first (1846 жылы:
    жыл), or an empty text; None: no word depends on another."""
    is_common: Callable[[str], bool] | None = None
    """Tells whether a folded word is a frequent one; None: no list tells."""
    lemma_is_base_form: bool = True
    """Whether the base form of a dictionary is itself a lemma; a Kazakh infinitive is not (келу:
    кел)."""
    load_scripts: Callable[[], OtherScripts] | None = None
    """Imports the other scripts of the language, where there are some."""
    load_old_fonts: Callable[[], Callable[[str], Font | None]] | None = None
    """Imports what tells the font in which a text was typed before Unicode, or that there is
    none."""
    clue_data: Callable[[], str] = str
    """Returns the data that `letter_odds` and `is_lookalike` depend on, as text."""

    @cached_property
    def morphology(self) -> Morphology:
        """The morphology, loaded at first use.

        Raises:
            ImportError: A library is not installed; the message names the extra to install.
        """
        return self.load()

    def knows(self, word: str) -> bool:
        """Return whether the dictionary has `word`, cleaned and lower-cased.

        It has none where there is no dictionary, or where its library is not installed.
        """
        try:
            return self.morphology.knows(word)
        except ImportError:
            return False

    def lemmas(self, word: str) -> tuple[str, ...]:
        """Return the likely lemmas of `word`, cleaned and lower-cased.

        There are none where a library is not installed.
        """
        try:
            return self.morphology.terms(word).lemmas
        except ImportError:
            return ()

    def accepts(self, word: str) -> bool:
        """Return whether `word`, cleaned and lower-cased, can be a form of a known word."""
        return self.knows(word) or bool(self.recognizes and self.recognizes(word))

    @property
    def stopwords(self) -> StopWords:
        """The function words, those that tell the language of a text apart from the rest."""
        return read_stopwords(self.folder)

    @property
    def function_words(self) -> frozenset[str]:
        """All words that carry grammar rather than meaning, folded."""
        return self.stopwords.all


def as_meant(tokens: Sequence[Token], languages: Collection[Language]) -> Iterator[Token]:
    """Yield the tokens of a query without the doubts that the word before each settles."""
    yield from tokens[:1]
    for previous, token in pairwise(tokens):
        yield _after(previous, token, languages) if token.doubts else token


def _after(previous: Token, token: Token, languages: Collection[Language]) -> Token:
    words = fold(previous.surface), token.forms[0]
    meant = {language.meant_after(*words) for language in languages if language.meant_after}
    return token._replace(doubts=tuple([doubt for doubt in token.doubts if doubt[0] not in meant]))
