"""The analyzer: from text to tokens.

text -> words (`tokenizer`) -> languages (`languages.detector`) -> subwords (`subwords`)
-> terms (the morphology of each language) -> tokens

Words in another script of their language, such as Kazakh in Latin letters, are respelled before
they are cut into subwords.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from searchkit_analyzers.dates import names
from searchkit_analyzers.dates.iso import days_of, find_dates
from searchkit_analyzers.language import Language, OtherScripts, as_meant
from searchkit_analyzers.languages import detector
from searchkit_analyzers.languages.clues import script_of
from searchkit_analyzers.normalize import clean, fold, is_ordinary
from searchkit_analyzers.registry import LANGUAGES
from searchkit_analyzers.subwords import subwords_of
from searchkit_analyzers.token import Morphology, Terms, Token
from searchkit_analyzers.tokenizer import LONGEST_WORD, Word, find_words, kind_of, split_words, with_kinds
from searchkit_analyzers.word_table import Subtoken, Subtokens, WordTable

_RECIPE = 6
"""Raised whenever words, their subwords or their languages change."""
ALL = "all"
"""Instead of a language: analyze a word in every language of its script, for queries too short to
tell."""
_REMEMBERED_QUERY_WORDS = 10_000
"""Words of questions that are remembered, about 10 MB: most questions ask for few words. Their
table is their own, so that questions never fill that of texts."""
_REMEMBERED_WORDS = 240_000
"""Words of a table: the vocabulary of a large archive, about 150 MB when full."""


class WordIds(NamedTuple):
    """The words of a text as columns: faster than tokens where many texts are analyzed."""

    ids: Sequence[int]
    """For each word its id in a `WordTable`, which has its subtokens."""
    starts: Sequence[int]
    """For each word its offset, in code points of the text as given."""


class Analyzer:
    """Turns text in several languages into tokens.

    Every distinct word is analyzed once and remembered. Words of a language whose libraries are not
    installed are only folded.
    """

    def __init__(self, languages: Mapping[str, Language]) -> None:
        """Make an analyzer of `languages`, by code."""
        self._languages = languages
        self._word_table = WordTable(self._analyze_word)
        self._query_table = WordTable(self._analyze_word)
        self.remembered_words = _REMEMBERED_WORDS
        """How many words are remembered before all are forgotten."""

    @cached_property
    def _morphologies(self) -> Mapping[str, Morphology]:
        """The morphologies whose libraries are installed, by language.

        Languages without letters of their own come first: a word of unknown language is likelier in
        one of them, and takes its terms in this order.
        """
        languages = sorted(self._languages.values(), key=lambda language: bool(language.letters))
        return {language.code: language.morphology for language in languages if _is_installed(language)}

    @cached_property
    def _other_scripts(self) -> Mapping[str, OtherScripts]:
        """The other scripts of each language that has some."""
        loaders = {code: language.load_scripts for code, language in self._languages.items()}
        return {code: load() for code, load in loaders.items() if load}

    @cached_property
    def _language_of_script(self) -> Mapping[str, str]:
        return {script: code for code, scripts in self._other_scripts.items() for script in scripts.codes}

    @cached_property
    def _suffix_tests(self) -> list[Callable[[str], bool]]:
        return [language.is_suffix for language in self._languages.values() if language.is_suffix]

    def _is_suffix(self, ending: str) -> bool:
        return any(is_suffix(ending) for is_suffix in self._suffix_tests)

    @property
    def versions(self) -> dict[str, str]:
        """The version of each step, by language or ``"text"``.

        A change makes analyzed texts stale.
        """
        of_scripts = (scripts.fingerprint() for scripts in self._other_scripts.values())
        text = "+".join([str(_RECIPE), detector.fingerprint(), names.fingerprint(), *of_scripts])
        return {"text": text} | {code: morphology.version for code, morphology in self._morphologies.items()}

    def analyze(self, text: str, language: str = "auto", default: str = "") -> Iterator[Token]:
        """Yield the tokens of a text in order.

        A word with a letter of one language only is read in that language in any case, and so is a
        run of words that are clearly Kazakh in Latin or Arabic letters.

        Args:
            text: A text of any length.
            language: A code of `LANGUAGES`, or ``"auto"``, which chooses for each paragraph,
                quotation and word.
            default: The code for text without evidence; ``""`` takes the likelier language.

        Returns:
            An iterator of `Token`, whose offsets are code points of `text`.
        """
        table = self.word_table()
        return _tokens(text, table, self.word_ids(text, table, language, default))

    def word_table(self) -> WordTable:
        """Return the table of the words analyzed so far.

        A new one is begun when the last has become full; one in use may still grow.
        """
        self._word_table = self._with_room(self._word_table, self.remembered_words)
        return self._word_table

    def _with_room(self, table: WordTable, most: int) -> WordTable:
        """Return a table of words, or a new one if it has as many as it may."""
        return table if len(table.subtokens) < most else WordTable(self._analyze_word)

    def word_ids(self, text: str, table: WordTable, language: str = "auto", default: str = "") -> WordIds:
        """Return the words of a text by their ids: `analyze` makes tokens of them.

        Args:
            text: A text of any length.
            table: The table that gives the ids, from `word_table`.
            language: As in `analyze`.
            default: As in `analyze`.

        Returns:
            The id and the offset of each word, in code points of `text`.
        """
        words, starts = split_words(text)
        if not words:
            return WordIds([], [])
        if language == "auto":
            languages = detector.detect_languages(text, words, starts, default or detector.LIKELIER)
        else:
            languages = [language] * len(words)
        self._detect_scripts(text, words, starts, languages, {language, default})
        words, starts, languages = _with_dates_joined(text, words, starts, languages)
        return WordIds(table.word_ids(words, languages), starts)

    def analyze_query(self, text: str) -> list[Token]:
        """Return the tokens of a query, in several languages where one is not sure.

        A language with letters of its own is sure only where the query has one of them: «в
        Каскелене», «аким Тараза» are Russian with Kazakh names.

        Args:
            text: The query, without operators.

        Returns:
            Its tokens; `language` is ``""`` where it is not sure.
        """
        words, starts = split_words(text)
        letters = set(text.lower())
        sure = {code for code, language in self._languages.items() if not language.letters.isdisjoint(letters)}
        sure |= {code for code, language in self._languages.items() if not language.letters} | {detector.OTHER}
        detected = detector.detect_languages(text, words, starts, detector.UNSURE)
        languages = [language if language in sure else ALL for language in detected]
        self._detect_scripts(text, words, starts, languages, self._languages.keys())
        words, starts, languages = _with_dates_joined(text, words, starts, languages)
        table = self._query_table = self._with_room(self._query_table, _REMEMBERED_QUERY_WORDS)
        tokens = _tokens(text, table, WordIds(table.word_ids(words, languages), starts))
        return list(as_meant(list(tokens), self._languages.values()))

    def language(self, text: str) -> str:
        """Return the code of the main language of `text`, or ``""`` where nothing tells."""
        code = detector.language_of_text(text)
        if code:
            return code
        detections = (
            code for code, scripts in self._other_scripts.items() if scripts.detect(text, find_words(text), False)
        )
        return next(detections, "")

    def _detect_scripts(
        self, text: str, words: list[str], starts: list[int], languages: list[str], likely: Collection[str]
    ) -> None:
        """Give words in another script of a language that script as their language.

        A word may change: an apostrophe after it may be part of its last letter. For `likely`
        languages less evidence is enough.
        """
        for code, scripts in self._other_scripts.items():
            detected = scripts.detect(text, with_kinds(words, starts), code in likely)
            for index, (word, script) in detected.items():
                words[index], languages[index] = word.text, script

    def _analyze_word(self, raw: str, language: str) -> Subtokens:
        """Cut a raw word into subtokens; `language` may be another script of a language too."""
        if language in self._language_of_script:
            return tuple(self._respelled_subtokens(raw, language))
        if is_ordinary(raw) and len(raw) <= LONGEST_WORD:
            return (self._subtoken(raw.lower(), (fold(raw),), 0, len(raw), language),)
        word = Word("date" if days_of(raw) else kind_of(raw), raw, 0)
        return tuple([self._subtoken(*subword, language) for subword in subwords_of(word, self._is_suffix)])

    def _respelled_subtokens(self, raw: str, script: str) -> Iterator[Subtoken]:
        """Analyze a word of another script in its language's own letters."""
        code = self._language_of_script[script]
        respelled = self._other_scripts[code].respell(raw, script)
        whole = _as_written(raw)
        for word, forms, *span in subwords_of(Word("word", respelled.text, 0), self._is_suffix):
            start, end = (respelled.raw_offsets[offset] for offset in span)
            written = (_as_written(raw[start:end]), *([whole] if start == 0 else ()))
            yield self._subtoken(word, tuple(dict.fromkeys((*forms, *written))), start, end, code)

    def _subtoken(self, word: str, forms: tuple[str, ...], start: int, end: int, language: str) -> Subtoken:
        script = script_of(word)
        language = self._language_of_word(word, script, language)
        terms = self._terms(word, script, language)
        lemmas = tuple(dict.fromkeys((*terms.lemmas, *forms)))
        return Subtoken(start, end, "" if language == ALL else language, lemmas, terms.coarse, forms, terms.doubts)

    def _language_of_word(self, word: str, script: str, language: str) -> str:
        if not script or language == detector.OTHER:
            return ""
        for code, other in self._languages.items():
            if not other.letters.isdisjoint(word):
                return code
        if language == ALL:
            return ALL
        return language if language in self._languages and self._languages[language].script == script else ""

    def _terms(self, word: str, script: str, language: str) -> Terms:
        if language == ALL:
            return self._undecided_terms(word, script)
        if language in self._morphologies:
            return self._morphologies[language].terms(word)
        return Terms((), ())

    def _undecided_terms(self, word: str, script: str) -> Terms:
        """Return the terms of a word in each language of its script.

        Where a language has the word itself (Семей, жылу), others add no lemma that it could be
        a form of (семья).
        """
        languages = (code for code in self._morphologies if self._languages[code].script == script)
        each = {code: self._morphologies[code].terms(word) for code in languages}
        having = {code for code, terms in each.items() if self._has(code, word, terms)} or each.keys()
        lemmas = [lemma for code in each if code in having for lemma in each[code].lemmas]
        coarse = dict.fromkeys(key for terms in each.values() for key in terms.coarse)
        return Terms(tuple(lemmas), tuple(coarse), tuple(doubt for code in having for doubt in each[code].doubts))

    def _has(self, code: str, word: str, terms: Terms) -> bool:
        """Whether a word is the base form of itself in a language."""
        return terms.lemmas[:1] == (fold(word),) and self._morphologies[code].knows(word)


def _is_installed(language: Language) -> bool:
    try:
        return bool(language.morphology)
    except ImportError:
        return False


def _with_dates_joined(
    text: str, words: list[str], starts: list[int], languages: list[str]
) -> tuple[list[str], list[int], list[str]]:
    """Return the words, each date as one: *15 сентября 2022*."""
    dates = list(find_dates(text, words, starts))
    if not dates:
        return words, starts, languages
    kept = sorted({*range(len(words))} - {index for begin, end in dates for index in range(begin + 1, end)})
    ends = dict(dates)
    joined = [
        text[starts[index] : starts[ends[index] - 1] + len(words[ends[index] - 1])] if index in ends else words[index]
        for index in kept
    ]
    return joined, [starts[index] for index in kept], [languages[index] for index in kept]


def _as_written(raw: str) -> str:
    return fold(clean(raw)).replace("'", "")[:LONGEST_WORD]


def _tokens(text: str, table: WordTable, words: WordIds) -> Iterator[Token]:
    position = 0
    for word_id, offset in zip(*words, strict=True):
        for subtoken in table.subtokens[word_id]:
            start, end = offset + subtoken.start, offset + subtoken.end
            yield Token(text[start:end], start, end, position, *subtoken[2:])
            position += 1


ANALYZER = Analyzer(LANGUAGES)
"""The analyzer of all languages, with a table of the words analyzed so far."""
analyze = ANALYZER.analyze
