"""From text to tokens: find words, take them apart, choose each one's language, ask its morphology.

text -> words (`words`) -> parts (`parts`) -> language (`detect`) -> terms (`russian`, `kazakh`) -> tokens

Kazakh in Latin or Arabic letters (`scripts`) is brought to Cyrillic (`cyrillic`) before its parts are looked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from searchkit_analyzers.kazakh.scripts import detector as scripts
from searchkit_analyzers.kazakh.scripts import transliterator
from searchkit_analyzers.kazakh.scripts.alphabets import SCRIPTS
from searchkit_analyzers.language import Language
from searchkit_analyzers.languages import detector
from searchkit_analyzers.normalize import clean, fold, has_kazakh_letter, is_cyrillic, is_ordinary
from searchkit_analyzers.registry import LANGUAGES
from searchkit_analyzers.subwords import parts_of
from searchkit_analyzers.token import Morphology, Terms, Token
from searchkit_analyzers.tokenizer import LONGEST_WORD, Word, as_words, find_words, kind_of, split
from searchkit_analyzers.word_table import Subtoken, Subtokens, WordTable

_RECIPE = 3
"""Raised whenever words, their parts or their languages come out otherwise than before."""
BOTH = "both"
"""Analyse a Cyrillic word in every language: for questions too short to tell."""


class WordIds(NamedTuple):
    """The words of a text as columns of numbers: quicker than tokens for those who want all of many texts."""

    numbers: list[int]
    """By word: its number in a lexicon, which knows what it is made of."""
    starts: list[int]
    """By word: where it begins, in code points of the text as given."""


class Analyzer:
    """Turns text in several languages into tokens.

    Every distinct word is analysed once and remembered. Of a language whose libraries are not
    installed, words are only folded.

    Args:
        languages: The languages it knows, by code.
    """

    def __init__(self, languages: Mapping[str, Language]) -> None:
        self._languages = languages
        self._lexicon = WordTable(self._analyse_word)

    @cached_property
    def _morphologies(self) -> Mapping[str, Morphology]:
        """The morphologies whose libraries are installed, of languages without letters of their own first.

        A word of a short query that may be of several languages takes its terms from all of them in this order.
        """
        codes = sorted(self._languages, key=lambda code: bool(self._languages[code].letters))
        return {code: self._languages[code].morphology for code in codes if _is_installed(self._languages[code])}

    @cached_property
    def _endings(self) -> list[Callable[[str], bool]]:
        return [language.is_suffix for language in self._languages.values() if language.is_suffix]

    def _is_suffix(self, ending: str) -> bool:
        return any(is_suffix(ending) for is_suffix in self._endings)

    @property
    def versions(self) -> dict[str, str]:
        """The version of each step: where one changed, what it analysed is stale."""
        steps = {"text": f"{_RECIPE}+{detector.fingerprint()}+{transliterator.fingerprint()}"}
        return steps | {code: morphology.version for code, morphology in self._morphologies.items()}

    def analyze(self, text: str, language: str = "auto", default: str = "") -> Iterator[Token]:
        """Yield the tokens of `text` in order.

        `language` is ``"kk"``, ``"ru"`` or ``"auto"``, which chooses per paragraph, quotation and word; `default` is
        taken where a text does not tell (else the likelier language). A word with a Kazakh letter is read as Kazakh
        in any case, and so is a run of words that are clearly Kazakh in Latin or Arabic letters.
        """
        lexicon = self.lexicon()
        return _tokens(text, lexicon, self.columns(text, lexicon, language, default))

    def lexicon(self) -> WordTable:
        """Return the memory of all words met: another one where the last has become as large as memory allows."""
        if self._lexicon.is_full:
            self._lexicon = WordTable(self._analyse_word)
        return self._lexicon

    def columns(self, text: str, lexicon: WordTable, language: str = "auto", default: str = "") -> WordIds:
        """Return the words of `text`, numbered by `lexicon`: what `analyze` makes tokens of."""
        words, starts = split(text)
        if not words:
            return WordIds([], [])
        if language == "auto":
            chosen = detector.languages(text, words, starts, default or detector.LIKELIER)
        else:
            chosen = [language] * len(words)
        enough = scripts.SHORT_TEXT_THRESHOLD if "kk" in (language, default) else scripts.TEXT_THRESHOLD
        _find_scripts(text, words, starts, chosen, enough)
        return WordIds(lexicon.numbers(words, chosen), starts)

    def analyze_question(self, text: str) -> list[Token]:
        """Return the tokens of a question: like `analyze`, but words of unsure language get both languages' terms.

        Without a Kazakh letter none is surely Kazakh: «в Каскелене», «аким Тараза» are Russian with Kazakh names.
        """
        words, starts = split(text)
        sure = ("kk", "ru", detector.OTHER) if has_kazakh_letter(text.lower()) else ("ru", detector.OTHER)
        found = detector.languages(text, words, starts, detector.UNSURE)
        chosen = [language if language in sure else BOTH for language in found]
        _find_scripts(text, words, starts, chosen, scripts.SHORT_TEXT_THRESHOLD)
        lexicon = self.lexicon()
        return list(_tokens(text, lexicon, WordIds(lexicon.numbers(words, chosen), starts)))

    def language(self, text: str) -> str:
        """Return the language that most of `text` is in, or ``""`` where nothing tells."""
        return detector.language_of_text(text) or ("kk" if scripts.detect_words(text, find_words(text)) else "")

    def _analyse_word(self, raw: str, language: str) -> Subtokens:
        """Take a raw word apart; `language` may be a script too."""
        if language in SCRIPTS:
            return tuple(self._respelled_pieces(raw, transliterator.transliterate(raw, language)))
        if is_ordinary(raw) and len(raw) <= LONGEST_WORD:
            return (self._piece(raw.lower(), (fold(raw),), 0, len(raw), language),)
        word = Word(kind_of(raw), raw, 0)
        return tuple([self._piece(*part, language) for part in parts_of(word, self._is_suffix)])

    def _respelled_pieces(self, raw: str, respelled: transliterator.Transliteration) -> Iterator[Subtoken]:
        """Analyse a Kazakh word as if it were written in Cyrillic; as it is written, it is a form too."""
        whole = _as_written(raw)
        for word, forms, *span in parts_of(Word("word", respelled.text, 0), self._is_suffix):
            start, end = (respelled.raw_offsets[at] for at in span)
            written = (_as_written(raw[start:end]), *([whole] if start == 0 else ()))
            yield self._piece(word, tuple(dict.fromkeys((*forms, *written))), start, end, "kk")

    def _piece(self, word: str, forms: tuple[str, ...], start: int, end: int, language: str) -> Subtoken:
        language = self._language_of_word(word, language)
        terms = self._terms(word, language)
        lemmas = tuple(dict.fromkeys((*terms.lemmas, *forms)))
        return Subtoken(start, end, "" if language == BOTH else language, lemmas, terms.coarse, forms)

    def _language_of_word(self, word: str, language: str) -> str:
        if not is_cyrillic(word) or language == detector.OTHER:
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


def _is_installed(language: Language) -> bool:
    try:
        return bool(language.morphology)
    except ImportError:
        return False


def _as_written(raw: str) -> str:
    return fold(clean(raw)).replace("'", "")[:LONGEST_WORD]


def _find_scripts(text: str, words: list[str], starts: list[int], languages: list[str], enough: float) -> None:
    """Where a word is Kazakh in another script, put that in the place of its language, and the word as it is there."""
    for number, (word, script) in scripts.detect_words(text, as_words(words, starts), enough).items():
        words[number], languages[number] = word.text, script


def _tokens(text: str, lexicon: WordTable, words: WordIds) -> Iterator[Token]:
    position = 0
    for number, at in zip(*words, strict=True):
        for piece in lexicon.pieces[number]:
            start, end = at + piece.start, at + piece.end
            yield Token(text[start:end], start, end, position, *piece[2:])
            position += 1


ANALYZER = Analyzer(LANGUAGES)
"""The analyzer of all languages, with the memory of all words that it has met."""
analyze = ANALYZER.analyze
