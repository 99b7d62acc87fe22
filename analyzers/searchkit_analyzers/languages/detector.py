"""Which language: per paragraph, per quotation inside it, and per word where a Kazakh letter decides.

A word gives evidence by its letters: those that Russian never has (ә ғ қ ң ө ұ ү і һ), else by which of them follow
each other (`ngrams`), and by being a function word of one language only. A paragraph is of the language with more
evidence; a sentence or a quotation inside it that clearly speaks the other language is read in that one. What is
written in the letters of a third language is left alone (`neighbours`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from operator import mul
from struct import Struct
from typing import NamedTuple
from zlib import crc32

from searchkit_analyzers.languages import ngrams, turkic
from searchkit_analyzers.normalize import clean, fold, has_kazakh_letter, is_cyrillic, is_ordinary, one_script
from searchkit_analyzers.registry import LANGUAGES
from searchkit_analyzers.tokenizer import kind_of

UNSURE = ""
"""The answer where nothing in the text tells the two languages apart."""

LIKELIER = "likelier"
"""A default for `languages`: whichever language is likelier, on however little evidence."""

OTHER = "other"
"""What `languages` answers for the words of a sentence that is in neither language, nor to be analysed in either."""

_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_QUOTATION = re.compile(r"«[^«»]+»|“[^“”„]+”|„[^“”„]+“|\"[^\"\n]+\"")
_LINE_END = re.compile("\n")
_SENTENCE_END = re.compile(r"[.!?…][»”\")]?\s+")
# All evidence is in tenths of a nat, above 0 for Kazakh: whole numbers, whose sums are exact.
_KAZAKH_LETTER = 60
"""In a word with a Kazakh letter: enough for a short text, not so much that a few quoted words rule a paragraph."""
_NO_KAZAKH_LETTER = -4
"""In every other word: most sentences that are typed without such letters are Russian."""
_FUNCTION_WORD = 40
"""No function word of one language says less."""
_MOST = (-80, 80)
"""No word without a Kazakh letter says more, for Russian or for Kazakh, since it may be a loan."""
_NAME_MOST = (-5, 25)
"""Nor does a capitalised word: Kazakh names stand in Russian text too, and foreign names look Russian anywhere."""
_CERTAIN = 20
"""Evidence from which on a text is read in one language; below, what stands around it is asked."""
_INSERTION = 10
"""Evidence in each word by which a sentence or a quotation is read in another language than its paragraph."""
_RUSSIAN_BETWEEN = -20
"""Evidence down to which a word between two with Kazakh letters is Kazakh too."""
_MEMO = 400_000
"""Distinct words to remember what they say, before all are forgotten."""


@cache
def fingerprint() -> str:
    """Return a short hash of the data that decide in which language a text is read."""
    lists = "".join(language.stopwords.source for language in LANGUAGES.values())
    return f"{crc32((lists + turkic.data() + ngrams.data()).encode()):08x}"


@cache
def _telling_words() -> tuple[frozenset[str], frozenset[str]]:
    """Function words that speak for Kazakh, and those that speak for Russian."""
    kazakh, russian = LANGUAGES["kk"].stopwords, LANGUAGES["ru"].stopwords
    return kazakh.distinctive - russian.all, russian.distinctive - kazakh.all


class Clue(NamedTuple):
    """What one word, or several together, say of the language that they are in."""

    evidence: int = 0
    """How much for Kazakh (above 0) or for Russian (below 0), in tenths of a nat."""
    alphabet: int = 0
    """How much for the alphabet of Kazakh (above 0) or of a neighbour (below 0): see `neighbours`."""
    strange: int = 0
    """How many are of no use in Kazakh."""
    kazakh: int = 0
    """How many have a letter that only Kazakh has."""
    words: int = 0
    """How many are words: not numbers, addresses and the like, which say nothing."""
    size: int = 0
    """How many there are, of any kind."""


_COUNTS = Struct(f"<{len(Clue._fields)}q")
"""Each count is packed in 64 bits: enough for whatever fits into memory."""
_UNITS = [1 << place for place in range(0, 8 * _COUNTS.size, 64)]
_SIGNS = sum(unit << 63 for unit in _UNITS)
"""The first bit of each count."""


@lru_cache(10_000)
def _packed(said: Clue) -> int:
    """Return a clue as one number: the sum of such numbers is what all of them say.

    Words have few clues among them, so they share these numbers.
    """
    return sum(map(mul, said, _UNITS))


def _unpacked(said: int) -> Clue:
    signed = (said + _SIGNS) ^ _SIGNS  # each count below 0 has borrowed from the next one
    return Clue._make(_COUNTS.unpack(signed.to_bytes(_COUNTS.size, "little")))


def _total(words: Iterable[str]) -> Clue:
    return _unpacked(sum(map(_packed_clue, words)))


class _PackedClues(dict[str, int]):
    """What words say, packed: a word that is looked for the first time is looked at."""

    def __missing__(self, raw: str) -> int:
        if len(self) >= _MEMO:
            self.clear()
        self[raw] = packed = _packed(clue(raw))
        return packed


_packed_clue = _PackedClues().__getitem__


def clue(raw: str) -> Clue:
    """Return what one word of a text says."""
    if is_ordinary(raw):
        folded = fold(raw)
        is_kazakh = has_kazakh_letter(folded)
        return _clue(folded, _evidence(raw, folded, is_kazakh), is_kazakh)
    if kind_of(raw) != "word":
        return Clue(size=1)
    pieces = one_script(clean(raw))
    word, folded = pieces[0], fold(pieces[0])
    evidence = _evidence(word, folded, has_kazakh_letter(folded)) if is_cyrillic(word) else 0
    return _clue(folded, evidence, any(has_kazakh_letter(piece.lower()) for piece in pieces))


def _clue(folded: str, evidence: int, is_kazakh: bool) -> Clue:
    alphabet = turkic.kazakh_alphabet(folded)
    return Clue(evidence, alphabet, int(turkic.is_strange(alphabet)), int(is_kazakh), 1, 1)


def _evidence(word: str, folded: str, has_letter: bool) -> int:
    """Return what a Cyrillic word says; `has_letter` is whether it has one that only Kazakh has."""
    is_name = word[0].isupper()
    if has_letter:
        return _NAME_MOST[1] if is_name else _KAZAKH_LETTER
    least, most = _NAME_MOST if is_name else _MOST
    return min(most, max(least, _odds(folded)))


def _odds(folded: str) -> int:
    odds = ngrams.log_odds(folded) + _NO_KAZAKH_LETTER
    kazakh, russian = _telling_words()
    if folded in kazakh:
        return max(odds, _FUNCTION_WORD)
    return min(odds, -_FUNCTION_WORD) if folded in russian else odds


def likelier(words: Iterable[str]) -> str:
    """Return ``"kk"`` or ``"ru"``, on however little evidence."""
    return _likelier(_total(words))


def _likelier(said: Clue) -> str:
    return "kk" if said.evidence > 0 else "ru"


def language_of_text(text: str) -> str:
    """Return the language that most of `text` is in, however short; `UNSURE` if in neither, or without a word.

    Letters are all it looks at, so it is quicker than `languages`.
    """
    language = _verdict(_total(_LETTERS.findall(text)), 0)
    return UNSURE if language == OTHER else language


def _verdict(said: Clue, enough: int, around: str = UNSURE) -> str:
    """Return the language of words that say so much and stand in a text in the language `around`."""
    if said.evidence == 0 or abs(said.evidence) < enough:
        return UNSURE
    if said.evidence < 0:
        return OTHER if turkic.is_foreign(said.alphabet, said.words) else "ru"
    if around == OTHER:
        return OTHER if turkic.may_be_neighbour(said.alphabet) else "kk"
    return OTHER if turkic.is_neighbour(said.alphabet, said.strange, said.words) else "kk"


def languages(text: str, words: Sequence[str], starts: Sequence[int], default: str = UNSURE) -> list[str]:
    """Return the language in which each of the `words` found in `text` is to be analysed.

    A paragraph that gives no evidence is read in the language of the whole text, and a text that gives none in
    `default` (`LIKELIER`: the likelier one). `UNSURE` is left only where `default` is. `OTHER` are the words of what
    is in neither language.
    """
    paragraphs = [
        _Paragraph(text, words[begin:end], starts[begin:end]) for begin, end in pairwise(_line_edges(text, starts))
    ]
    said = _unpacked(sum([paragraph.packed for paragraph in paragraphs]))
    whole = _verdict(said, _CERTAIN) or (_likelier(said) if default == LIKELIER else default)
    return [language for paragraph in paragraphs for language in paragraph.languages(whole)]


def _line_edges(text: str, starts: Sequence[int]) -> list[int]:
    """Return the number of the first word of each line that has words, and how many words there are."""
    breaks = [match.start() for match in _LINE_END.finditer(text)]
    return sorted({0, *(bisect_left(starts, at) for at in breaks), len(starts)})


class _Paragraph:
    """A line of a text: its words, of which there is at least one, and what they say."""

    def __init__(self, text: str, words: Sequence[str], starts: Sequence[int]) -> None:
        self._text, self._starts = text, starts
        self._begin, self._end = starts[0], starts[-1] + len(words[-1])
        self._clues = list(map(_packed_clue, words))
        self.packed = sum(self._clues)
        self.said = _unpacked(self.packed)

    def languages(self, default: str) -> list[str]:
        """Return the language of each word; `default` is that of the text around."""
        quotations = self._ranges(self._quotations())
        ranges = quotations + self._ranges(self._sentences())
        found = self._with_insertions(quotations, ranges, default) if ranges else self._all_in(self.said, default)
        undecided = self.said.kazakh and found.count("kk") < len(found)
        return self._let_letters_decide(found) if undecided else found

    def _all_in(self, around: Clue, default: str) -> list[str]:
        return [self._main_language(around, default)] * len(self._clues)

    def _with_insertions(
        self, quotations: Sequence[tuple[int, int]], ranges: Iterable[tuple[int, int]], default: str
    ) -> list[str]:
        """Read quotations and sentences in a language of their own where they clearly speak it."""
        outside = self._without(quotations) if quotations else self._clues
        found = self._all_in(_unpacked(sum(outside)), default)
        main = found[0]
        for begin, end in sorted(ranges, key=lambda stretch: stretch[0] - stretch[1]):
            speaking = sum(outside[begin:end]) or sum(self._clues[begin:end])
            own = _language_of_insertion(_unpacked(speaking), main)
            if own:
                found[begin:end] = [own] * (end - begin)
        return found

    def _main_language(self, around: Clue, default: str) -> str:
        """Return the language of the words outside quotations, if need be the likelier one."""
        if 0 < around.size < self.said.size:
            return _verdict(around, _CERTAIN, default) or _likelier(around)
        return _verdict(self.said, _CERTAIN, default) or default

    def _ranges(self, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return the numbers of the words that begin in each stretch of the text."""
        return [(bisect_left(self._starts, begin), bisect_left(self._starts, end)) for begin, end in spans]

    def _quotations(self) -> list[tuple[int, int]]:
        return [match.span() for match in _QUOTATION.finditer(self._text, max(0, self._begin - 1), self._end + 1)]

    def _sentences(self) -> list[tuple[int, int]]:
        ends = [match.end() for match in _SENTENCE_END.finditer(self._text, self._begin, self._end)]
        return list(pairwise([self._begin, *ends, self._end])) if ends else []

    def _without(self, ranges: Iterable[tuple[int, int]]) -> list[int]:
        clues = self._clues.copy()
        for begin, end in ranges:
            clues[begin:end] = [0] * (end - begin)
        return clues

    def _let_letters_decide(self, found: list[str]) -> list[str]:
        """A word with a Kazakh letter is Kazakh, and so is one that stands between two such words."""
        clues = list(map(_unpacked, self._clues))
        own = [said.kazakh for said in clues]
        between = [
            before and after and said.evidence > _RUSSIAN_BETWEEN
            for before, said, after in zip([0, *own], clues, [*own[1:], 0], strict=False)
        ]
        return [
            "kk" if language != OTHER and (letter or middle) else language
            for language, letter, middle in zip(found, own, between, strict=True)
        ]


def _language_of_insertion(said: Clue, around: str) -> str:
    """A sentence or quotation counts as another language only if its words say so on the whole, not one or two."""
    return _verdict(said, max(_CERTAIN, _INSERTION * said.size), around)
