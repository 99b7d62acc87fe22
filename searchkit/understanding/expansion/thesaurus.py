"""What else a word or an expression is called: found by the words of a question, in any forms.

Thousands of expressions are known, and a question asks for a few. To analyse them takes dictionaries, which take longer
to read than a search takes otherwise: so they lie by how their first word begins, and one is analysed only where a
question has a word that differs from its first one in an ending.
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

_MEMO = 20_000
_BEGINNING = 2
"""So many first letters of a word stay in all of its forms, or nearly all."""
_ENDING = 2
"""So many last letters of the shorter of a base form and a lemma may be others: всемирная, всемирный."""
_LONGEST_ENDING = 5
"""So many last letters of the longer one: берілу, бер. Of compounds the first part counts."""


class Expression(NamedTuple):
    """A word or several, in a language."""

    text: str
    """As it is written, in the nominative."""
    language: str = ""
    """``kk``, ``ru``, or ``""`` where it may be either."""


class Alternative(NamedTuple):
    """Something else that an expression is called."""

    expression: Expression
    weight: float
    """What an occurrence of it counts beside one of what was asked for."""
    kind: str
    """Where that is from: ``synonym``, ``learned``, ``place``, ``translation`` or ``name``."""


class ThesaurusEntry(NamedTuple):
    """An expression, and what else it is called: thousands are made before the first question, offers when needed."""

    asked: Expression
    others: tuple[Expression, ...]
    """It may be among them, and so may longer names that begin so: its own words find them."""
    weight: float
    kind: str

    @property
    def offers(self) -> Iterator[Alternative]:
        """Yield the others."""
        words = self.asked.text.split()
        for other in self.others:
            if other.text.split()[: len(words)] != words or other.language != self.asked.language:
                yield Alternative(other, self.weight, self.kind)


class ThesaurusMatch(NamedTuple):
    """What is known of the words at some place of a question."""

    length: int
    """How many of them; 1 where nothing is known."""
    offers: tuple[Alternative, ...]


NOTHING = ThesaurusMatch(1, ())


_Known = tuple[tuple[Sequence[Token], tuple[Alternative, ...]], ...]
"""The telling words of expressions, and what else each is called."""


class Thesaurus:
    """Entries, found by words of a question, as far as `is_held` says that an index holds what they offer."""

    def __init__(self, entries: Iterable[ThesaurusEntry], is_held: Callable[[Expression], bool]) -> None:
        self._entries: dict[str, list[ThesaurusEntry]] = defaultdict(list)
        for entry in entries:
            self._entries[_beginning(entry.asked.text)].append(entry)
        self._is_held = is_held
        self._beginning_with = memoized(self._look_up, _MEMO)

    def found(self, words: Sequence[WordGroup]) -> list[ThesaurusMatch]:
        """Return what is known of the first words of a question, of one and of several."""
        known = self._beginning_with(words[0].lemmas)
        if not known:
            return []
        offers: dict[int, list[Alternative]] = defaultdict(list)
        for asked, some in known:
            if _is_asked_for(asked, words):
                offers[len(asked)] += some
        return [ThesaurusMatch(length, tuple(some)) for length, some in offers.items()]

    def _look_up(self, lemmas: tuple[str, ...]) -> _Known:
        """Return the entries of which the first word is one with these lemmas, and of which others are held."""
        candidates = ((telling_words(entry.asked), entry) for entry in self._candidates(lemmas))
        asked_for = ((asked, entry) for asked, entry in candidates if asked and _is_form_of(asked[0], lemmas))
        held = ((asked, self._held(entry)) for asked, entry in asked_for)
        return tuple((asked, offers) for asked, offers in held if offers)

    def _held(self, entry: ThesaurusEntry) -> tuple[Alternative, ...]:
        return tuple(offer for offer in entry.offers if self._is_held(offer.expression))

    def _candidates(self, lemmas: tuple[str, ...]) -> Iterator[ThesaurusEntry]:
        for beginning in dict.fromkeys(map(_beginning, lemmas)):
            for entry in self._entries.get(beginning, ()):
                first = _first_word(entry.asked.text)
                if any(_differ_in_ending(first, lemma) for lemma in lemmas):
                    yield entry


@lru_cache(_MEMO)
def telling_words(expression: Expression) -> tuple[Token, ...]:
    """Return the words of an expression, without function words; all where there are no others."""
    text, language = expression
    tokens = tuple(ANALYZER.analyze(text, language) if language else ANALYZER.analyze_question(text))
    return tuple(token for token in tokens if not is_function_word(token.surface)) or tokens


def slop(expression: Expression) -> int:
    """Return how many function words stand between those of an expression."""
    words = telling_words(expression)
    return words[-1].position - words[0].position - len(words) + 1 if words else 0


def _is_asked_for(asked: Sequence[Token], words: Sequence[WordGroup]) -> bool:
    """Whether words of a question are those of an expression, of which the first one is known to be."""
    if len(asked) > len(words):
        return False
    return all(_is_form_of(token, word.lemmas) for token, word in zip(asked[1:], words[1:], strict=False))


def _is_form_of(token: Token, lemmas: Sequence[str]) -> bool:
    """Whether a word with these lemmas is one of an expression: they share a likeliest lemma, or are written alike."""
    return token.lemmas[0] in lemmas or not set(token.forms).isdisjoint(lemmas)


def _beginning(text: str) -> str:
    return fold(text[:_BEGINNING])


def _first_word(text: str) -> str:
    return fold(clean(text.split()[0]))


def _differ_in_ending(word: str, lemma: str) -> bool:
    if "-" not in lemma:
        word = word.partition("-")[0]
    shorter, longer = sorted((len(word), len(lemma)))
    same = max(_BEGINNING, shorter - _ENDING, longer - _LONGEST_ENDING)
    return word[:same] == lemma[:same]
