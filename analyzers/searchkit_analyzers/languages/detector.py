"""Language detection: by paragraph, by quotation and sentence inside it, and by word.

A paragraph is in the language with the most evidence (`clues`) among those of its script; a
sentence or a quotation inside it that clearly speaks another is read in that one, and a word with a
letter that only one language has is in that language in any case. Latin words among words in other
letters are judged by themselves. Text in the letters of an unlisted language is left alone
(`turkic`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby, pairwise
from zlib import crc32

from searchkit_analyzers.language import CYRILLIC, LATIN
from searchkit_analyzers.languages.clues import (
    JUDGED,
    NO_CLUES,
    Clues,
    PackedClues,
    add,
    has_letter,
    is_latin_word,
    is_word,
    packed_clues,
    unpack,
)
from searchkit_analyzers.registry import LANGUAGES

UNSURE = ""
"""The answer where nothing in the text tells the languages apart."""
LIKELIER = "likelier"
"""A default for `detect_languages`: the likelier language, on however little evidence."""
OTHER = "other"
"""The answer for words of an unlisted language, which no morphology is asked about."""

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_QUOTATION = re.compile(r"«[^«»]+»|“[^“”„]+”|„[^“”„]+“|\"[^\"\n]+\"")
_LINE_END = re.compile("\n")
_SENTENCE_END = re.compile(r"[.!?…][»”\")]?\s+")
# Evidence is in tenths of a nat.
_CERTAIN = 20
"""Evidence from which on a text is read in one language; below, its surroundings decide."""
_CERTAIN_INSERTION = 10
"""Evidence in each word by which a sentence or a quotation is read in another language than its
paragraph."""
_CERTAIN_LATIN = 4
"""Evidence in each word by which a line of Latin words is in a language: there are many other
languages."""
_SHORTEST_LATIN_INSERTION = 4
"""Words. Shorter runs of Latin words among others are names."""
_BETWEEN_LETTERS = -20
"""Evidence down to which a word between two words with letters of one language is in that language
too."""


@cache
def fingerprint() -> str:
    """Return a short hash of the data that decide in which language a text is read."""
    data = "".join(language.stopwords.source + language.clue_data() for language in LANGUAGES.values())
    return f"{crc32(data.encode()):08x}"


class _Rivals:
    """The languages of one script, among which the evidence decides."""

    def __init__(self, script: str) -> None:
        ours = [language for language in LANGUAGES.values() if language.script == script]
        self.codes = {language.code for language in ours}
        self._reference = next((language.code for language in ours if language not in JUDGED), OTHER)
        self._judged = [(place, language.code) for place, language in enumerate(JUDGED) if language in ours]

    def leader(self, clues: Clues) -> tuple[str, int]:
        """Return the language with the most evidence, and by how much it leads."""
        if len(self._judged) == 1:
            place, code = self._judged[0]
            lead = clues.evidence[place]
            return (code, lead) if lead > 0 else (self._reference, -lead)
        scores = [(0, self._reference), *((clues.evidence[place], code) for place, code in self._judged)]
        (first, code), (second, _), *_ = sorted(scores, key=lambda score: -score[0])
        return code, first - second


_CYRILLIC, _LATIN = _Rivals(CYRILLIC), _Rivals(LATIN)


def likelier(words: Iterable[str]) -> str:
    """Return the likelier language of Cyrillic words, on however little evidence."""
    return _likelier(unpack(add(map(packed_clues, words))))


def _likelier(clues: Clues) -> str:
    return _CYRILLIC.leader(clues)[0]


def language_of_text(text: str) -> str:
    """Return the main language of a text, however short, or `UNSURE`.

    It looks at letters only, so it is quicker than `detect_languages`.
    """
    clues = unpack(add(map(packed_clues, _WORD.findall(text))))
    language = _language_of_latin_text(clues) or _verdict(clues, 0)
    return UNSURE if language == OTHER else language


def _verdict(clues: Clues, enough: int, around: str = UNSURE) -> str:
    """Return the language of Cyrillic words that stand in a text in the language `around`."""
    code, lead = _CYRILLIC.leader(clues)
    if lead == 0 or lead < enough:
        return UNSURE
    is_lookalike = LANGUAGES[code].is_lookalike if code in LANGUAGES else None
    if is_lookalike and is_lookalike(clues.alphabet, clues.strange, clues.words, around == OTHER):
        return OTHER
    return code


def _language_of_latin_text(clues: Clues) -> str:
    """Return the language of a text that has more Latin words than others, or `UNSURE`."""
    return _latin_verdict(clues) if 2 * clues.latin > clues.words else UNSURE


def _latin_verdict(clues: Clues) -> str:
    code, lead = _LATIN.leader(clues)
    return code if code != OTHER and lead >= max(_CERTAIN, _CERTAIN_LATIN * clues.latin) else UNSURE


def detect_languages(text: str, words: Sequence[str], starts: Sequence[int], default: str = UNSURE) -> list[str]:
    """Return the language of each word, by which it is to be analyzed.

    A paragraph without evidence is read in the language of the whole text.

    Args:
        text: The raw text.
        words: Its words, in order.
        starts: The offset of each word, in code points.
        default: The language of a text without evidence; `LIKELIER` takes the likelier one.

    Returns:
        For each word a code, `OTHER`, or, only if `default` is so, `UNSURE`. Words in letters that
        the language does not have may get its code, too.
    """
    paragraphs = [
        _Paragraph(text, words[begin:end], starts[begin:end]) for begin, end in pairwise(_line_edges(text, starts))
    ]
    clues = unpack(add(paragraph.packed for paragraph in paragraphs))
    whole = _language_of_whole(clues, default)
    latin = default if default == UNSURE else _language_of_latin_text(clues) or default
    return [language for paragraph in paragraphs for language in paragraph.languages(whole, latin)]


def _language_of_whole(clues: Clues, default: str) -> str:
    is_known = default == UNSURE or default in _CYRILLIC.codes
    return _verdict(clues, _CERTAIN) or (default if is_known else _likelier(clues))


def _line_edges(text: str, starts: Sequence[int]) -> list[int]:
    """Return the index of each line's first word, and the number of words."""
    breaks = [match.start() for match in _LINE_END.finditer(text)]
    return sorted({0, *(bisect_left(starts, at) for at in breaks), len(starts)})


class _Paragraph:
    """A line of a text with at least one word, and its clues."""

    def __init__(self, text: str, words: Sequence[str], starts: Sequence[int]) -> None:
        self._text, self._starts = text, starts
        self._begin, self._end = starts[0], starts[-1] + len(words[-1])
        self._packed = list(map(packed_clues, words))
        self.packed = add(self._packed)
        self.clues = unpack(self.packed)

    def languages(self, default: str, latin: str) -> list[str]:
        """Return the language of each word; `default` and `latin` are those of the text around."""
        quotations = self._ranges(self._quotations())
        ranges = quotations + self._ranges(self._sentences())
        codes = self._with_insertions(quotations, ranges, default) if ranges else self._all_in(self.clues, default)
        if any(self.clues.letters):
            self._let_letters_decide(codes)
        if self.clues.latin:
            self._judge_latin_words(codes, latin)
        return codes

    def _all_in(self, around: Clues, default: str) -> list[str]:
        return [self._main_language(around, default)] * len(self._packed)

    def _with_insertions(
        self, quotations: Sequence[tuple[int, int]], ranges: Iterable[tuple[int, int]], default: str
    ) -> list[str]:
        """Return the language of each word, with quotations and sentences told apart."""
        outside = self._without(quotations) if quotations else self._packed
        codes = self._all_in(unpack(add(outside)), default)
        main = codes[0]
        for begin, end in sorted(ranges, key=lambda span: span[0] - span[1]):
            clues = unpack(add(outside[begin:end]) or add(self._packed[begin:end]))
            own = _language_of_insertion(clues, main)
            if own:
                codes[begin:end] = [own] * (end - begin)
        return codes

    def _main_language(self, around: Clues, default: str) -> str:
        """Return the language of the words outside quotations, if need be the likelier one."""
        if 0 < around.size < self.clues.size:
            return _verdict(around, _CERTAIN, default) or _likelier(around)
        return _verdict(self.clues, _CERTAIN, default) or default

    def _ranges(self, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return the indexes of the words that begin in each span of the text."""
        return [(bisect_left(self._starts, begin), bisect_left(self._starts, end)) for begin, end in spans]

    def _quotations(self) -> list[tuple[int, int]]:
        return [match.span() for match in _QUOTATION.finditer(self._text, max(0, self._begin - 1), self._end + 1)]

    def _sentences(self) -> list[tuple[int, int]]:
        ends = [match.end() for match in _SENTENCE_END.finditer(self._text, self._begin, self._end)]
        return list(pairwise([self._begin, *ends, self._end])) if ends else []

    def _without(self, ranges: Iterable[tuple[int, int]]) -> list[PackedClues]:
        packed = self._packed.copy()
        for begin, end in ranges:
            packed[begin:end] = [NO_CLUES] * (end - begin)
        return packed

    def _let_letters_decide(self, codes: list[str]) -> None:
        """Give words with letters of one language, and words between them, to it."""
        for place, language in enumerate(JUDGED):
            if self.clues.letters[place] and codes.count(language.code) < len(codes):
                for index in self._words_with_letters(place):
                    if codes[index] != OTHER:
                        codes[index] = language.code

    def _words_with_letters(self, place: int) -> Iterator[int]:
        own = [False, *(has_letter(packed, place) for packed in self._packed), False]
        for index, packed in enumerate(self._packed):
            before, is_own, after = own[index : index + 3]
            if is_own or (before and after and unpack(packed).evidence[place] > _BETWEEN_LETTERS):
                yield index

    def _judge_latin_words(self, codes: list[str], default: str) -> None:
        is_alone = self.clues.latin == self.clues.words
        if not is_alone and default != UNSURE and self.clues.latin < _SHORTEST_LATIN_INSERTION:
            return
        for run in self._latin_runs():
            clues = unpack(add(self._packed[index] for index in run))
            code = _language_of_latin_run(clues, is_alone, default)
            if code is not None:
                for index in run:
                    codes[index] = code

    def _latin_runs(self) -> Iterator[list[int]]:
        """Yield the indexes of Latin words that no word in other letters parts."""
        words = (index for index, packed in enumerate(self._packed) if is_word(packed))
        for is_latin, run in groupby(words, key=lambda index: is_latin_word(self._packed[index])):
            if is_latin:
                yield list(run)


def _language_of_insertion(clues: Clues, around: str) -> str:
    """Return the language of a sentence or quotation if most words speak for it."""
    return _verdict(clues, max(_CERTAIN, _CERTAIN_INSERTION * clues.size), around)


def _language_of_latin_run(clues: Clues, is_alone: bool, default: str) -> str | None:
    """Return the language of Latin words that stand together; None leaves them without one.

    `is_alone` says that their line has no other words: then the text around may decide.
    """
    code, lead = _LATIN.leader(clues)
    if is_alone and (_latin_verdict(clues) or default in _LATIN.codes):
        return _latin_verdict(clues) or default
    is_insertion = clues.latin >= _SHORTEST_LATIN_INSERTION and lead >= _CERTAIN_INSERTION * clues.latin
    if code != OTHER and is_insertion:
        return code
    if default != UNSURE:
        return None
    return OTHER if code == OTHER and lead >= _CERTAIN_LATIN * clues.latin else UNSURE
