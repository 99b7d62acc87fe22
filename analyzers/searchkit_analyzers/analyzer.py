"""From text to tokens: find words, take them apart, choose each one's language, ask its morphology.

text -> words (`words`) -> parts (`parts`) -> language (`detect`) -> terms (`russian`, `kazakh`) -> tokens
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from searchkit_analyzers import detect
from searchkit_analyzers.normalize import fold, has_kazakh_letter, is_cyrillic
from searchkit_analyzers.parts import IsSuffix, parts_of
from searchkit_analyzers.token import Morphology, Terms, Token
from searchkit_analyzers.words import Word, find_words

_RECIPE = 1
"""Raised whenever words, their parts or their languages come out otherwise than before."""
BOTH = "both"
"""Analyse a Cyrillic word in every language: for questions too short to tell."""
_MEMO = 400_000
"""Distinct words to remember: above the vocabulary of a large archive, about 200 MB when full."""


class _Piece(NamedTuple):
    """A token without its place: what one raw word gives in one language, whatever text it stands in."""

    start: int
    end: int
    language: str
    lemmas: tuple[str, ...]
    coarse: tuple[str, ...]
    forms: tuple[str, ...]


class Analyzer:
    """Turns text in several languages into tokens.

    `morphologies` are the languages it knows, `is_suffix` tells which letters after a hyphen are an ending of the
    word before. Every distinct word is analysed once and remembered.
    """

    def __init__(self, morphologies: Sequence[Morphology], is_suffix: IsSuffix) -> None:
        self._morphologies: Mapping[str, Morphology] = {m.language: m for m in morphologies}
        self._is_suffix = is_suffix
        self._pieces = lru_cache(_MEMO)(self._analyse_word)

    @property
    def versions(self) -> dict[str, str]:
        """The version of each step: where one changed, what it analysed is stale."""
        steps = {"text": f"{_RECIPE}+{detect.fingerprint()}"}
        return steps | {language: m.version for language, m in self._morphologies.items()}

    def analyze(self, text: str, language: str = "auto", default: str = "") -> Iterator[Token]:
        """Yield the tokens of `text` in order.

        `language` is ``"kk"``, ``"ru"`` or ``"auto"``, which chooses per paragraph, quotation and word; `default` is
        taken where a text does not tell (else the likelier language). A word with a Kazakh letter is read as Kazakh
        in any case.
        """
        words = list(find_words(text))
        if language == "auto":
            chosen = detect.languages(text, words, default or detect.likelier(words))
        else:
            chosen = [language] * len(words)
        return self._tokens(words, chosen)

    def analyze_question(self, text: str) -> list[Token]:
        """Return the tokens of a question: like `analyze`, but words of unsure language get both languages' terms."""
        words = list(find_words(text))
        chosen = detect.languages(text, words, detect.UNSURE)
        return list(self._tokens(words, [language or BOTH for language in chosen]))

    def language(self, text: str) -> str:
        """Return the language that most of `text` is in, or ``""`` where nothing tells."""
        return detect.language_of_text(text)

    def _tokens(self, words: Sequence[Word], languages: Sequence[str]) -> Iterator[Token]:
        position = 0
        for word, language in zip(words, languages, strict=True):
            for piece in self._pieces(word.kind, word.text, language):
                start, end = word.start + piece.start, word.start + piece.end
                surface = word.text[piece.start : piece.end]
                yield Token(surface, start, end, position, *piece[2:])
                position += 1

    def _analyse_word(self, kind: str, raw: str, language: str) -> tuple[_Piece, ...]:
        word = Word(kind, raw, 0)
        return tuple(self._piece(*part, language) for part in parts_of(word, self._is_suffix))

    def _piece(self, word: str, forms: tuple[str, ...], start: int, end: int, language: str) -> _Piece:
        language = self._language_of_word(word, language)
        terms = self._terms(word, language)
        lemmas = tuple(dict.fromkeys((*terms.lemmas, *forms)))
        return _Piece(start, end, "" if language == BOTH else language, lemmas, terms.coarse, forms)

    def _language_of_word(self, word: str, language: str) -> str:
        if not is_cyrillic(word) or language == detect.OTHER:
            return ""
        return "kk" if has_kazakh_letter(word) else language

    def _terms(self, word: str, language: str) -> Terms:
        if language == BOTH:
            each = [m.terms(word) for m in self._morphologies.values()]
            lemmas = tuple(lemma for terms in each for lemma in terms.lemmas)
            return Terms(lemmas, tuple(dict.fromkeys(key for terms in each for key in terms.coarse)))
        if language in self._morphologies:
            return self._morphologies[language].terms(word)
        return Terms((fold(word),) if word else (), ())
