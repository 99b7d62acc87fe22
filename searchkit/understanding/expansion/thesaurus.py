"""Finds other names of the words of a query.

Names consist of one or several words, and match in any forms. There are thousands of expressions,
and a query needs a few. Analyzing one may load a dictionary, which takes longer than the rest of a
search. So entries are filed by their first words (`EntrySource`), and one is analyzed only if a
query word differs from its first word in the ending.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, Protocol, TypeVar

from searchkit.query.nodes import WordGroup
from searchkit.runtime.memo import memoized
from searchkit.understanding.expansion.expressions import Expression, content_words, is_meant
from searchkit_analyzers import Token
from searchkit_analyzers.normalize import clean, fold

_T = TypeVar("_T")

_CACHE_SIZE = 5_000
_KEY_LENGTH = 2
"""This many first letters of a word are the same in nearly all of its forms."""
_CAPITALS = re.compile("(?![ХІ]+$)[А-ЯЁӘҒҚҢӨҰҮҺІ]{2,}")
"""An abbreviation of Cyrillic letters; ХХІ is a number."""
_MAX_SHORTER_ENDING = 2
"""This many last letters of the shorter of base form and lemma may differ: всемирная, всемирный."""
_MAX_LONGER_ENDING = 5
"""This many last letters of the longer one may differ: берілу, бер. A compound counts by its
first part."""


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


_IndexedEntries = tuple[tuple[Expression, tuple[Alternative, ...]], ...]
"""Expressions with the alternatives that the index has."""


class FiledEntry(NamedTuple):
    """An entry with what tells whether a word may be the first of its name."""

    first: str
    """The first word of the name, folded."""
    has_one_form: bool
    """Whether the name is an abbreviation of Cyrillic capitals, which has no other form."""
    entry: ThesaurusEntry

    def may_begin_with(self, lemmas: Sequence[str]) -> bool:
        """Whether the first word may have one of some lemmas."""
        if self.has_one_form:
            return self.first in lemmas
        return any(_may_be_forms_of_one_word(self.first, lemma) for lemma in lemmas)


def filed(entry: ThesaurusEntry) -> FiledEntry:
    """Return an entry as it is filed."""
    text = entry.expression.text
    return FiledEntry(fold(clean(text.split()[0])), _CAPITALS.fullmatch(text) is not None, entry)


Find = Callable[[Expression], Sequence[Expression]]
"""Returns an expression as an index has it: itself, forms of it, or nothing."""


class EntrySource(Protocol):
    """A sequence of thesaurus entries that finds those for a word."""

    def candidates(self, key: str, lemmas: Sequence[str]) -> Iterable[FiledEntry]:
        """Return entries with this `first_letters`, in order.

        Those are among them whose first word has one of the lemmas.
        """


class FiledEntries(Generic[_T]):
    """Entries in a dict by the first letters of their names, made when a query needs them.

    Args:
        items: What entries are made of.
        text_of: Returns the name of an item.
        entry_of: Returns the entry of an item.
    """

    def __init__(
        self, items: Iterable[_T], text_of: Callable[[_T], str], entry_of: Callable[[_T], ThesaurusEntry]
    ) -> None:
        self._entry_of = entry_of
        self._items: dict[str, list[_T]] = defaultdict(list)
        for item in items:
            self._items[first_letters(text_of(item))].append(item)
        self._filed: dict[str, list[FiledEntry]] = {}
        """By first letters: the entries, as soon as a query needs them."""

    @classmethod
    def of(cls, entries: Iterable[ThesaurusEntry]) -> FiledEntries[ThesaurusEntry]:
        """Return entries that are made already."""
        return FiledEntries(entries, lambda entry: entry.expression.text, lambda entry: entry)

    def candidates(self, key: str, lemmas: Sequence[str]) -> Iterable[FiledEntry]:
        """Return all entries with these first letters."""
        if key not in self._filed:
            self._filed[key] = [filed(self._entry_of(item)) for item in self._items.get(key, ())]
        return self._filed[key]


class Thesaurus:
    """Finds entries by query words; `find` looks their alternatives up in the index."""

    def __init__(self, sources: Sequence[EntrySource], find: Find) -> None:
        self._sources, self._find = sources, find
        self._indexed_entries = memoized(self._look_up, _CACHE_SIZE)

    def matches(self, words: Sequence[WordGroup]) -> list[ThesaurusMatch]:
        """Return the matches of the first words, one per length."""
        entries = self._indexed_entries(words[0].lemmas)
        if not entries:
            return []
        by_length: dict[int, list[Alternative]] = defaultdict(list)
        for expression, alternatives in entries:
            tokens = content_words(expression)
            if begins_with(words, tokens) and is_meant(expression, words[0]):
                by_length[len(tokens)] += alternatives
        return [ThesaurusMatch(length, tuple(alternatives)) for length, alternatives in by_length.items()]

    def _look_up(self, lemmas: tuple[str, ...]) -> _IndexedEntries:
        """Return entries with alternatives whose first word has one of these lemmas."""
        candidates = ((content_words(entry.expression), entry) for entry in self._candidates(lemmas))
        matching = ((tokens, entry) for tokens, entry in candidates if tokens and _is_form_of(tokens[0], lemmas))
        indexed = ((entry.expression, self._indexed(entry)) for _, entry in matching)
        return tuple((expression, alternatives) for expression, alternatives in indexed if alternatives)

    def _indexed(self, entry: ThesaurusEntry) -> tuple[Alternative, ...]:
        return tuple(
            each._replace(expression=found) for each in entry.alternatives for found in self._find(each.expression)
        )

    def _candidates(self, lemmas: tuple[str, ...]) -> Iterator[ThesaurusEntry]:
        for key in dict.fromkeys(map(first_letters, lemmas)):
            for source in self._sources:
                for candidate in source.candidates(key, lemmas):
                    if candidate.may_begin_with(lemmas):
                        yield candidate.entry


_folded = lru_cache(_CACHE_SIZE)(fold)


def begins_with(words: Sequence[WordGroup], tokens: Sequence[Token]) -> bool:
    """Whether query words begin with the words of an expression."""
    if len(tokens) > len(words):
        return False
    return all(_is_form_of(token, word.lemmas) for token, word in zip(tokens, words, strict=False))


def _is_form_of(token: Token, lemmas: Sequence[str]) -> bool:
    """Whether a token's likeliest lemma or its form is among the lemmas."""
    return token.lemmas[0] in lemmas or not set(token.forms).isdisjoint(lemmas)


def first_letters(text: str) -> str:
    """Return the key under which a name is filed."""
    return _folded(text[:_KEY_LENGTH])


def _may_be_forms_of_one_word(word: str, lemma: str) -> bool:
    """Whether a base form and a lemma differ only in their endings."""
    if "-" in word and "-" not in lemma:
        word = word.partition("-")[0]
    shorter, longer = len(word), len(lemma)
    if shorter > longer:
        shorter, longer = longer, shorter
    shared = max(_KEY_LENGTH, shorter - _MAX_SHORTER_ENDING, longer - _MAX_LONGER_ENDING)
    return word[:shared] == lemma[:shared]
