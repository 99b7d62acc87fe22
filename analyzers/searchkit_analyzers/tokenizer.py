"""The tokenizer: finds the words of a raw text in one pass of a regular expression.

Offsets are those of the text as given, as nothing is normalized before. Compounds, numbers with
units and initials are one word here; `subwords` cuts them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate
from typing import NamedTuple

from searchkit_analyzers.figures import NUMBER, PHONE, is_phone
from searchkit_analyzers.normalize import APOSTROPHES, HYPHENS, IGNORABLE, SPACES

LONGEST_WORD = 128
"""Code points. A longer run of letters is indexed under its beginning: no language has such
words."""


_PHONE_DIGITS = 11


class Word(NamedTuple):
    """A span of raw text that is one word, number, address or symbol."""

    kind: str
    """``word``, ``number``, ``phone``, ``date``, ``time``, ``initials``, ``address`` or
    ``symbol``."""
    text: str
    start: int


_MARKS = f"[{IGNORABLE}\u0300-\u036f]"
_LETTERS = rf"(?:[^\W_]{_MARKS}*)+"
_TOP_DOMAINS = "kz|ru|com|org|net|info|asia|uz|kg|edu|gov|tv|io|eu|su|рф|қаз"
_CYRILLIC = "\u0400-\u0481\u048a-\u052f"
_PLAIN = rf"[{_CYRILLIC}]{{2,}}+(?![\w+@{_MARKS[1:-1]}{HYPHENS}{APOSTROPHES}]|\.\S)"
"""A Cyrillic word that nothing joins to the next: most are so, and need not be tried as an
address."""
_ADDRESS = rf"""
      (?P<address>
          (?:https?://|www\.)[^\s<>«»"“”]+
        | (?<![\w.+-])[\w.+-]{{1,64}}@[\w-]+(?:\.[\w-]+)+
        | (?<![\w@.-])(?:[A-Za-z0-9-]{{1,63}}\.){{1,8}}(?:{_TOP_DOMAINS})(?![\w-])(?:/[^\s<>«»"]*)?
      )
"""
_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:1[0-9]|20)\d\d"
_FIGURES = rf"""
    | (?P<date>
          (?<![\d.]){_DAY}\.{_MONTH}\.(?:\d{{4}}|\d{{2}})(?!\d)
        | (?<![\w.,/+-])(?:{_DAY}/{_MONTH}/{_YEAR}|{_YEAR}(?:/{_MONTH}/|\.{_MONTH}\.){_DAY})(?![\w/]|[.,-]\w)
      )
    | (?P<time>(?<![\d:])\d{{1,2}}:\d{{2}}(?!\d))
    | (?P<phone>{PHONE})
    | (?P<number>{NUMBER})
"""
"""Each has a digit: a text without any, as most queries are, need not wait for these patterns."""
_LETTERS_AND_SYMBOLS = rf"""
    | (?P<initials>
          (?<!\w)(?:[А-ЯЁӘҒҚҢӨҰҮҺІA-Z]\.[{SPACES}]?-?){{2,4}}(?=[{SPACES}]?[^\W\d_]{{2}})
        | (?<!\w)(?:[^\W\d_]\.){{2,}}
      )
    | (?P<word>{_LETTERS}(?:[{HYPHENS}{APOSTROPHES}]{_LETTERS})*)
    | (?P<symbol>[%‰₸$€₽])
"""
_DIGIT = re.compile(r"\d")
_BEGINNING = r"(?=[\w.+(%‰₸$€₽-])"
"""The characters a word may begin with: at others, no pattern is tried."""


@cache
def _kind_pattern() -> re.Pattern[str]:
    """Return the pattern of one word, with a group for each kind."""
    return re.compile(_ADDRESS + _FIGURES + _LETTERS_AND_SYMBOLS, re.VERBOSE)


@cache
def _word_pattern(has_digits: bool) -> re.Pattern[str]:
    """Return the pattern that finds words in texts with digits, or without."""
    kinds = _ADDRESS + (_FIGURES if has_digits else "") + _LETTERS_AND_SYMBOLS
    return re.compile(rf"({_BEGINNING} (?: {_PLAIN} | {re.sub(r'[?]P<[a-z]+>', '?:', kinds)} ))", re.VERBOSE)


def split_words(text: str) -> tuple[list[str], list[int]]:
    """Return the words of a text in order, and their offsets in code points."""
    pieces = _word_pattern(_DIGIT.search(text) is not None).split(text)
    return pieces[1::2], [*accumulate(map(len, pieces))][:-1:2]


def kind_of(word: str) -> str:
    """Return the kind of a word (`Word`), without looking at its text."""
    if word.isalnum():
        return "phone" if len(word) == _PHONE_DIGITS and word.isdecimal() and is_phone(word) else "word"
    match = _kind_pattern().fullmatch(word)
    return (match and match.lastgroup) or "initials"  # the only kind whose pattern looks at the next word


def with_kinds(texts: Iterable[str], starts: Iterable[int]) -> Iterator[Word]:
    """Yield the words that `split_words` returns, with their kinds."""
    for text, start in zip(texts, starts, strict=True):
        yield Word(kind_of(text), text, start)


def find_words(text: str) -> Iterator[Word]:
    """Yield the words of a text in order."""
    return with_kinds(*split_words(text))
