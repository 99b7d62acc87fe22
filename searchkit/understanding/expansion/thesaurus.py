"""Finds other names of the words of a query.

Names consist of one or several words, and match in any forms. There are thousands of expressions,
and a query needs a few. Analyzing one may load a dictionary, which takes longer than the rest of a
search. So entries are filed by the first letters of their first word, and one is analyzed only if a
query word differs from that word in its ending.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from searchkit.query.nodes import WordGroup
from searchkit.runtime.memo import memoized
from searchkit_analyzers import ANALYZER, Token, is_function_word
from searchkit_analyzers.normalize import clean, fold

_CACHE_SIZE = 20_000
_KEY_LENGTH = 2
"""This many first letters of a word are the same in nearly all of its forms."""
_MAX_SHORTER_ENDING = 2
"""This many last letters of the shorter of base form and lemma may differ: всемирная, всемирный."""
_MAX_LONGER_ENDING = 5
"""This many last letters of the longer one may differ: берілу, бер. A compound counts by its
first part."""


class Expression(NamedTuple):
    """One or several words in a language."""

    text: str
    """The words in the nominative, spelled as usual."""
    language: str = ""
    """ISO 639-1 code, or ``""`` for a name of any language."""


class Alternative(NamedTuple):
    """Another name of an expression."""

    expression: Expression
    weight: float
    """The weight of one occurrence; an occurrence of the query word has 1."""
    kind: str
    """The source: ``synonym``, ``learned``, ``place``, ``translation`` or ``name``."""


class ThesaurusEntry(NamedTuple):
    """An expression with its other names.

    Thousands are built before the first query, and their alternatives only when needed.
    """

    expression: Expression
    others: tuple[Expression, ...]
    """May include the expression itself and longer names that begin with it."""
    weight: float
    kind: str

    @property
    def alternatives(self) -> Iterator[Alternative]:
        """Yield the others, except those that the words of the expression match anyway."""
        words = self.expression.text.split()
        for other in self.others:
            if other.text.split()[: len(words)] != words or other.language != self.expression.language:
                yield Alternative(other, self.weight, self.kind)


class ThesaurusMatch(NamedTuple):
    """The alternatives of the first words of a sequence."""

    length: int
    """The number of words; 1 if there are no alternatives."""
    alternatives: tuple[Alternative, ...]


NO_MATCH = ThesaurusMatch(1, ())


_IndexedEntries = tuple[tuple[Sequence[Token], tuple[Alternative, ...]], ...]
"""The content words of expressions, with the alternatives that the index has."""


class Thesaurus:
    """Finds entries by query words; `is_indexed` tells whether the index has an expression."""

    def __init__(self, entries: Iterable[ThesaurusEntry], is_indexed: Callable[[Expression], bool]) -> None:
        self._entries: dict[str, list[ThesaurusEntry]] = defaultdict(list)
        for entry in entries:
            self._entries[_key(entry.expression.text)].append(entry)
        self._is_indexed = is_indexed
        self._indexed_entries = memoized(self._look_up, _CACHE_SIZE)

    def matches(self, words: Sequence[WordGroup]) -> list[ThesaurusMatch]:
        """Return the matches of the first words, one per length."""
        entries = self._indexed_entries(words[0].lemmas)
        if not entries:
            return []
        by_length: dict[int, list[Alternative]] = defaultdict(list)
        for tokens, alternatives in entries:
            if begins_with(words, tokens):
                by_length[len(tokens)] += alternatives
        return [ThesaurusMatch(length, tuple(alternatives)) for length, alternatives in by_length.items()]

    def _look_up(self, lemmas: tuple[str, ...]) -> _IndexedEntries:
        """Return entries with alternatives whose first word has one of these lemmas."""
        candidates = ((content_words(entry.expression), entry) for entry in self._candidates(lemmas))
        matching = ((tokens, entry) for tokens, entry in candidates if tokens and _is_form_of(tokens[0], lemmas))
        indexed = ((tokens, self._indexed(entry)) for tokens, entry in matching)
        return tuple((tokens, alternatives) for tokens, alternatives in indexed if alternatives)

    def _indexed(self, entry: ThesaurusEntry) -> tuple[Alternative, ...]:
        return tuple(each for each in entry.alternatives if self._is_indexed(each.expression))

    def _candidates(self, lemmas: tuple[str, ...]) -> Iterator[ThesaurusEntry]:
        for key in dict.fromkeys(map(_key, lemmas)):
            for entry in self._entries.get(key, ()):
                first = _first_word(entry.expression.text)
                if any(_may_be_forms_of_one_word(first, lemma) for lemma in lemmas):
                    yield entry


@lru_cache(_CACHE_SIZE)
def content_words(expression: Expression) -> tuple[Token, ...]:
    """Return the content words of an expression, or all its words."""
    text, language = expression
    tokens = tuple(ANALYZER.analyze(text, language) if language else ANALYZER.analyze_query(text))
    return tuple(token for token in tokens if not is_function_word(token.surface, token.language)) or tokens


def slop(expression: Expression) -> int:
    """Return the number of function words between the content words of an expression."""
    words = content_words(expression)
    return words[-1].position - words[0].position - len(words) + 1 if words else 0


def begins_with(words: Sequence[WordGroup], tokens: Sequence[Token]) -> bool:
    """Whether query words begin with the words of an expression."""
    if len(tokens) > len(words):
        return False
    return all(_is_form_of(token, word.lemmas) for token, word in zip(tokens, words, strict=False))


def _is_form_of(token: Token, lemmas: Sequence[str]) -> bool:
    """Whether a token's likeliest lemma or its form is among the lemmas."""
    return token.lemmas[0] in lemmas or not set(token.forms).isdisjoint(lemmas)


def _key(text: str) -> str:
    return fold(text[:_KEY_LENGTH])


def _first_word(text: str) -> str:
    return fold(clean(text.split()[0]))


def _may_be_forms_of_one_word(word: str, lemma: str) -> bool:
    """Whether a base form and a lemma differ only in their endings."""
    if "-" not in lemma:
        word = word.partition("-")[0]
    shorter, longer = sorted((len(word), len(lemma)))
    shared = max(_KEY_LENGTH, shorter - _MAX_SHORTER_ENDING, longer - _MAX_LONGER_ENDING)
    return word[:shared] == lemma[:shared]
