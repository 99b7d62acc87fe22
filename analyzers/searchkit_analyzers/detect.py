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
from hashlib import blake2b
from importlib.resources import files
from itertools import groupby, pairwise

from searchkit_analyzers import neighbours, ngrams
from searchkit_analyzers.normalize import clean, fold, has_kazakh_letter, is_cyrillic, one_script
from searchkit_analyzers.words import Word

UNSURE = ""
"""The answer where nothing in the text tells the two languages apart."""

OTHER = "other"
"""What `languages` answers for the words of a sentence that is in neither language, nor to be analysed in either."""

_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SHARED = "# also "
"""The comment line in a list of function words below which those stand that the other language has too."""
_QUOTATION = re.compile(r"«[^«»]+»|“[^“”„]+”|„[^“”„]+“|\"[^\"\n]+\"")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[»”\")]?\s+")
# All evidence is in nats, above 0 for Kazakh.
_KAZAKH_LETTER = 6.0
"""In a word with a Kazakh letter: enough for a short text, not so much that a few quoted words rule a paragraph."""
_NO_KAZAKH_LETTER = -0.4
"""In every other word: most sentences that are typed without such letters are Russian."""
_FUNCTION_WORD = 4.0
"""No function word of one language says less."""
_MOST = (-8.0, 8.0)
"""No word without a Kazakh letter says more, for Russian or for Kazakh, since it may be a loan."""
_NAME_MOST = (-0.5, 2.5)
"""Nor does a capitalised word: Kazakh names stand in Russian text too, and foreign names look Russian anywhere."""
_CERTAIN = 2.0
"""Evidence from which on a text is read in one language; below, what stands around it is asked."""
_INSERTION = 1.0
"""Evidence in each word by which a sentence or a quotation is read in another language than its paragraph."""


@cache
def function_words(language: str) -> frozenset[str]:
    """Return the function words of ``"kk"`` or ``"ru"``, folded, from the language's ``stopwords.txt``."""
    return _own_words(language) | _words_in(_list(language).partition(_SHARED)[2])


@cache
def fingerprint() -> str:
    """Return a short hash of the data that have a say in which language a text is read."""
    return blake2b((_list("kk") + _list("ru") + neighbours.data() + ngrams.data()).encode(), digest_size=4).hexdigest()


@cache
def _all_function_words() -> frozenset[str]:
    return function_words("ru") | function_words("kk")


def is_function_word(word: str) -> bool:
    """Whether a word carries grammar rather than meaning, in either language."""
    return fold(word) in _all_function_words()


def _own_words(language: str) -> frozenset[str]:
    """The function words of one language that the other has in no sense."""
    return _words_in(_list(language).partition(_SHARED)[0])


@cache
def _list(language: str) -> str:
    folder = {"kk": "kazakh", "ru": "russian"}[language]
    return files("searchkit_analyzers").joinpath(folder, "stopwords.txt").read_text("utf-8")


def _words_in(lines: str) -> frozenset[str]:
    return frozenset(fold(line.split("#")[0].strip()) for line in lines.splitlines()) - {""}


@cache
def _telling_words() -> tuple[frozenset[str], frozenset[str]]:
    """Function words that speak for Kazakh, and those that speak for Russian."""
    return _own_words("kk") - function_words("ru"), _own_words("ru") - function_words("kk")


@lru_cache(200_000)
def evidence(raw: str) -> float:
    """Return how much one word speaks for Kazakh (above 0) or for Russian (below 0), in nats."""
    word = one_script(clean(raw))[0]
    if not is_cyrillic(word):
        return 0.0
    folded, is_name = fold(word), word[0].isupper()
    if has_kazakh_letter(folded):
        return _NAME_MOST[1] if is_name else _KAZAKH_LETTER
    least, most = _NAME_MOST if is_name else _MOST
    return min(most, max(least, _odds(folded)))


def _odds(folded: str) -> float:
    odds = ngrams.log_odds(folded) + _NO_KAZAKH_LETTER
    kazakh, russian = _telling_words()
    if folded in kazakh:
        return max(odds, _FUNCTION_WORD)
    return min(odds, -_FUNCTION_WORD) if folded in russian else odds


def likelier(words: Iterable[Word]) -> str:
    """Return ``"kk"`` or ``"ru"``, on however little evidence."""
    return "kk" if _balance(_texts(words)) > 0 else "ru"


def language_of_text(text: str) -> str:
    """Return the language that most of `text` is in, however short; `UNSURE` if in neither, or without a word.

    Letters are all it looks at, so it is quicker than `languages`.
    """
    return _known(_verdict(_LETTERS.findall(text), 0.0))


def _known(language: str) -> str:
    return UNSURE if language == OTHER else language


def languages(text: str, words: Sequence[Word], default: str = UNSURE) -> list[str]:
    """Return the language in which each of the `words` found in `text` is to be analysed.

    A paragraph that gives no evidence is read in the language of the whole text, and a text that gives none in
    `default`. `UNSURE` is left only where `default` is. `OTHER` are the words of what is in neither language.
    """
    whole = _verdict(_texts(words), _CERTAIN) or default
    found: list[str] = []
    for _, paragraph in groupby(words, key=_LineCounter(text)):
        found += _paragraph_languages(text, list(paragraph), whole)
    return found


class _LineCounter:
    """Numbers the line of each word, for words that come from left to right."""

    def __init__(self, text: str) -> None:
        self._text, self._at, self._line = text, 0, 0

    def __call__(self, word: Word) -> int:
        self._line += self._text.count("\n", self._at, word.start)
        self._at = word.start
        return self._line


def _paragraph_languages(text: str, words: list[Word], default: str) -> list[str]:
    begin, end = words[0].start, words[-1].start + len(words[-1].text)
    starts = [word.start for word in words]
    quotations = _quotations(text, begin, end)
    ranges = [range(bisect_left(starts, start), bisect_left(starts, stop)) for start, stop in quotations]
    quoted = {i for inside in ranges for i in inside}
    around = [word for i, word in enumerate(words) if i not in quoted]
    main = _main_language(words, around, default)
    found = [main] * len(words)
    for start, stop in _sentences(text, begin, end):
        ranges.append(range(bisect_left(starts, start), bisect_left(starts, stop)))
    for inside in sorted(ranges, key=len, reverse=True):
        speaking = [i for i in inside if i not in quoted] or inside
        own = _language_of_insertion([words[i] for i in speaking], main)
        for i in inside if own else ():
            found[i] = own
    return _let_letters_decide(words, found)


def _main_language(words: list[Word], around: list[Word], default: str) -> str:
    """Return the language of a paragraph's words outside quotations, if need be the likelier one."""
    if around and len(around) < len(words):
        return _verdict(_texts(around), _CERTAIN, default) or likelier(around)
    return _verdict(_texts(words), _CERTAIN, default) or default


def _sentences(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    cuts = [begin, *(m.end() for m in _SENTENCE_END.finditer(text, begin, end)), end]
    return list(pairwise(cuts)) if len(cuts) > 2 else []


def _quotations(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    return [match.span() for match in _QUOTATION.finditer(text, max(0, begin - 1), end + 1)]


def _language_of_insertion(words: list[Word], around: str) -> str:
    """A sentence or quotation counts as another language only if its words say so on the whole, not one or two."""
    return _verdict(_texts(words), max(_CERTAIN, _INSERTION * len(words)), around)


def _texts(words: Iterable[Word]) -> list[str]:
    return [word.text for word in words if word.kind == "word"]


def _balance(words: list[str]) -> float:
    return sum(map(evidence, words))


def _verdict(words: list[str], enough: float, around: str = UNSURE) -> str:
    """Return the language of words that stand in a text in the language `around`."""
    balance = _balance(words)
    if balance == 0.0 or abs(balance) < enough:
        return UNSURE
    if balance < 0:
        return OTHER if neighbours.is_foreign(words) else "ru"
    is_other = neighbours.may_be_neighbour if around == OTHER else neighbours.is_neighbour
    return OTHER if is_other(words) else "kk"


def _let_letters_decide(words: list[Word], found: list[str]) -> list[str]:
    """A word with a Kazakh letter is Kazakh, and so is one that stands between two such words."""
    certain = [_is_certainly_kazakh(word) for word in words]
    for i, own in enumerate(certain):
        between = 0 < i < len(words) - 1 and certain[i - 1] and certain[i + 1] and evidence(words[i].text) > -2.0
        if found[i] != OTHER and (own or between):
            found[i] = "kk"
    return found


@lru_cache(200_000)
def _has_kazakh_letter(raw: str) -> bool:
    return any(has_kazakh_letter(piece.lower()) for piece in one_script(clean(raw)) if is_cyrillic(piece))


def _is_certainly_kazakh(word: Word) -> bool:
    return word.kind == "word" and _has_kazakh_letter(word.text)
