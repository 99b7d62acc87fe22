"""Which language: per paragraph, per quotation inside it, and per word where a Kazakh letter decides.

A word gives evidence by its letters (ә ғ қ ң ө ұ ү і һ are never Russian), by being a function word of one language
only, or by an ending that only one of them has. A paragraph is of the language with more evidence; a sentence or a
quotation inside it that clearly speaks the other language is read in that one.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.resources import files
from itertools import groupby, pairwise

from searchkit_analyzers.normalize import clean, fold, has_kazakh_letter, is_cyrillic, one_script
from searchkit_analyzers.words import Word

UNSURE = ""
"""The answer where nothing in the text tells the two languages apart."""

# Endings that Russian words have and Kazakh words have not,
# and the other way round for Kazakh words that happen to hold no Kazakh letter.
_RUSSIAN_ENDINGS = (
    "ого его ому ему ыми ими ый ий ая яя ое ее ые ие ых их ую юю ешь ишь ют ят ала ать ять еть ить ила или ило ела ело "
    "ели лся лась лось лись ться тся ции цию ние ния нию нием ость ости остью ство ства ству ов ев ами ями ах ях ой "
    "еву ову ева ова".split()
)
# Not among them: -ет, -ит, -ам, -ция (мемлекет, адам, лекция are Kazakh too).
_KAZAKH_ENDINGS = (
    "лар дар тар лер дер тер лары дары тары лардан дардан тардан ларда дарда тарда ларды дарды тарды дан ден тан тен "
    "нан нен мен бен пен сыз дай дей тай тей ша ше ады йды лық лы ды ты ында ына ынан сында сына уы уда удан мыз "
    "ыңыз шы сы рақ".split()
)
_RUSSIAN_ENDING = re.compile(f".{{2,}}(?:{'|'.join(_RUSSIAN_ENDINGS)})|.*[щъ].*")
_KAZAKH_ENDING = re.compile(f".{{2,}}(?:{'|'.join(_KAZAKH_ENDINGS)})")
_LETTERS = re.compile(r"[^\W\d_]+")
_SHARED = "# also "
"""The comment line in a list of function words below which those stand that the other language has too."""
_QUOTATION = re.compile(r"«[^«»]+»|“[^“”„]+”|„[^“”„]+“|\"[^\"\n]+\"")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[»”\")]?\s+")
_NO_LETTER = 0.2
"""Evidence for Russian in each word without a Kazakh letter: three words in five have one in Kazakh text."""
_KAZAKH_LETTER = 1.5
"""Evidence for Kazakh in a word with a Kazakh letter."""
_KAZAKH_NAME = 0.6
"""Evidence in a capitalised word with a Kazakh letter: Kazakh names stand in Russian text too."""
_CERTAIN_KAZAKH = 0.35
"""Evidence by which a text counts as Kazakh: a Kazakh letter, a function word, or two endings."""
_CERTAIN_RUSSIAN = 0.55
"""Evidence by which a text counts as Russian: more, because a lack of Kazakh letters says little in a short one."""


@cache
def function_words(language: str) -> frozenset[str]:
    """Return the function words of ``"kk"`` or ``"ru"``, folded, from the language's ``stopwords.txt``."""
    return _own_words(language) | _words_in(_list(language).partition(_SHARED)[2])


@cache
def fingerprint() -> str:
    """Return a short hash of the lists of function words: they have a say in which language a text is read."""
    return blake2b((_list("kk") + _list("ru")).encode(), digest_size=4).hexdigest()


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
    """Return how much one word speaks for Kazakh (above 0) or for Russian (below 0)."""
    word = one_script(clean(raw))[0]
    if not is_cyrillic(word):
        return 0.0
    word, is_name = word.lower(), word[0].isupper()
    if has_kazakh_letter(word):
        return _KAZAKH_NAME if is_name else _KAZAKH_LETTER
    kazakh, russian = _telling_words()
    folded = fold(word)
    if folded in kazakh or folded in russian:
        return 1.0 if folded in kazakh else -1.0
    return 0.5 * (bool(_KAZAKH_ENDING.fullmatch(word)) - bool(_RUSSIAN_ENDING.fullmatch(word))) - _NO_LETTER


def language_of(words: Iterable[Word]) -> str:
    """Return ``"kk"``, ``"ru"`` or `UNSURE` for words that belong together."""
    return _verdict(_balance(words))


def likelier(words: Iterable[Word]) -> str:
    """Return ``"kk"`` or ``"ru"``, on however little evidence."""
    return "kk" if _balance(words) > 0 else "ru"


def language_of_text(text: str) -> str:
    """Return the language that most of `text` is in; letters are all it looks at, so it is quicker than `languages`."""
    return _verdict(sum(map(evidence, _LETTERS.findall(text))))


def languages(text: str, words: Sequence[Word], default: str = UNSURE) -> list[str]:
    """Return the language in which each of the `words` found in `text` is to be analysed.

    A paragraph that gives no evidence is read in the language of the whole text, and a text that gives none in
    `default`. `UNSURE` is left only where `default` is.
    """
    whole = language_of(words) or default
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
    found = [_main_language(words, around, default)] * len(words)
    for start, stop in _sentences(text, begin, end):
        ranges.append(range(bisect_left(starts, start), bisect_left(starts, stop)))
    for inside in sorted(ranges, key=len, reverse=True):
        own = _language_of_insertion([words[i] for i in inside])
        for i in inside if own else ():
            found[i] = own
    return _let_letters_decide(words, found)


def _main_language(words: list[Word], around: list[Word], default: str) -> str:
    """Return the language of a paragraph's words outside quotations, if need be the likelier one."""
    if around and len(around) < len(words):
        return language_of(around) or likelier(around)
    return language_of(words) or default


def _sentences(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    cuts = [begin, *(m.end() for m in _SENTENCE_END.finditer(text, begin, end)), end]
    return list(pairwise(cuts)) if len(cuts) > 2 else []


def _quotations(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    return [match.span() for match in _QUOTATION.finditer(text, max(0, begin - 1), end + 1)]


def _language_of_insertion(words: list[Word]) -> str:
    """A sentence or quotation counts as another language only if its words say so on the whole, not one or two."""
    return _verdict(_balance(words), len(words) / 6)


def _balance(words: Iterable[Word]) -> float:
    return sum(evidence(word.text) for word in words if word.kind == "word")


def _verdict(balance: float, enough: float = 0.0) -> str:
    if balance >= max(enough, _CERTAIN_KAZAKH):
        return "kk"
    return "ru" if balance <= -max(enough, _CERTAIN_RUSSIAN) else UNSURE


def _let_letters_decide(words: list[Word], found: list[str]) -> list[str]:
    """A word with a Kazakh letter is Kazakh, and so is one that stands between two such words."""
    certain = [_is_certainly_kazakh(word) for word in words]
    for i, own in enumerate(certain):
        between = 0 < i < len(words) - 1 and certain[i - 1] and certain[i + 1] and evidence(words[i].text) > -0.5
        if own or between:
            found[i] = "kk"
    return found


@lru_cache(200_000)
def _has_kazakh_letter(raw: str) -> bool:
    return any(has_kazakh_letter(piece.lower()) for piece in one_script(clean(raw)) if is_cyrillic(piece))


def _is_certainly_kazakh(word: Word) -> bool:
    return word.kind == "word" and _has_kazakh_letter(word.text)
