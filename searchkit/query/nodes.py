"""Defines the query nodes: engines score the tree, snippets use its leaves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeGuard

from searchkit import bm25
from searchkit_analyzers import Token

_WORD = re.compile(r"\w+")

Variants = tuple[tuple[str, float], ...]
"""Terms, each with the weight of one occurrence."""


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Matches one query word in all its forms.

    As Lucene's SynonymQuery: frequencies summed, one similarity, docFreq of the most frequent.
    """

    text: str
    """The word as typed, or close to it: for messages."""
    lemmas: tuple[str, ...]
    """Lemmas, stems and the word itself, the likeliest lemma first."""
    surface_forms: tuple[str, ...] = ()
    """Lemmas that are only the typed form: its occurrences already match another lemma."""
    coarse: tuple[str, ...] = ()
    """Coarse keys without their ``~`` mark: an occurrence that matches only these counts less."""
    weight: float = 1.0
    """Factor of the word's score."""
    variants: Variants = ()
    """Terms of other words that may be meant; an occurrence of a lemma has weight 1."""
    doubts: Variants = ()
    """Lemmas that are less likely, each with its weight."""

    def weight_of(self, lemma: str) -> float:
        """Return the weight of one occurrence of a lemma."""
        return bm25.EXACT_WEIGHT if lemma in self.surface_forms else dict(self.doubts).get(lemma, 1.0)

    def matches(self, token: Token) -> bool:
        """Whether a token is a form of this word or of a variant."""
        return not set(self.terms).isdisjoint(token.lemmas)

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms that index a form of this word or of a variant."""
        return (*self.lemmas, *(term for term, _ in self.variants))

    def matches_coarsely(self, token: Token) -> bool:
        """Whether a token shares a coarse key with this word."""
        return not set(self.coarse).isdisjoint(token.coarse)


@dataclass(frozen=True, slots=True)
class Exact:
    """Matches exactly one form of a word: ``!слово``."""

    form: str

    @property
    def text(self) -> str:
        """The form that is searched."""
        return self.form

    def matches(self, token: Token) -> bool:
        """Whether a token has this form."""
        return self.form in token.forms

    def matches_coarsely(self, token: Token) -> bool:
        """Return False: an exact word has no coarse match."""
        return False


@dataclass(frozen=True, slots=True)
class Prefix:
    """Matches all words that begin with a prefix: ``слов*``."""

    prefix: str
    terms: tuple[str, ...] = ()
    """The terms to search where not all of them are: the commonest."""

    @property
    def text(self) -> str:
        """The prefix as typed."""
        return f"{self.prefix}*"

    def matches(self, token: Token) -> bool:
        """Whether a token, or one of its lemmas, begins with the prefix."""
        return any(lemma.startswith(self.prefix) for lemma in token.lemmas)

    def matches_coarsely(self, token: Token) -> bool:
        """Return False: a prefix has no coarse match."""
        return False


Leaf = WordGroup | Exact | Prefix


def is_leaf(node: object) -> TypeGuard[Leaf]:
    """Return whether a node is a word to find."""
    return isinstance(node, Leaf)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Matches words in this order, at most `slop` other words between: ``"два слова"``."""

    words: tuple[Leaf, ...]
    slop: int = 0
    places: tuple[int, ...] = ()
    """The place of each word, from 0, where words between them are not compared."""

    @property
    def word_places(self) -> Sequence[int]:
        """The place of each word, from 0."""
        return self.places or range(len(self.words))

    @property
    def text(self) -> str:
        """The phrase in query syntax."""
        return f'"{" ".join(word.text for word in self.words)}"' + (f"~{self.slop}" if self.slop else "")


@dataclass(frozen=True, slots=True)
class DisMax:
    """Scores by the typed words or their aliases, whichever is higher."""

    original: Node
    """One or several words as typed."""
    aliases: tuple[tuple[Phrase, float], ...]
    """Other names with the weight of one occurrence; an occurrence of `original` has weight 1."""

    @property
    def text(self) -> str:
        """The words as typed."""
        return " ".join(leaf.text for leaf in leaves(self.original))


@dataclass(frozen=True, slots=True)
class InTitle:
    """Matches a phrase in the title only: ``title:слово``."""

    words: Phrase

    @property
    def text(self) -> str:
        """The node in query syntax."""
        return f"title:{self.words.text if len(self.words.words) > 1 else self.words.words[0].text}"


@dataclass(frozen=True, slots=True)
class FieldFilter:
    """Keeps documents by a field that is not text: ``source:el.kz``, ``author:Ашимбаев``."""

    field: str
    value: str

    @property
    def words(self) -> frozenset[str]:
        """The words of the value: the field of a document must have all of them."""
        return words_of_value(self.value)

    def accepts(self, value: str) -> bool:
        """Whether a document's value contains all words of the filter's value."""
        return self.words <= words_of_value(value)


@dataclass(frozen=True, slots=True)
class FieldValue:
    """Keeps documents whose field has exactly this value, as facets list it; there is no syntax."""

    field: str
    value: str

    def accepts(self, value: str) -> bool:
        """Whether a document's value is this one."""
        return value == self.value


@dataclass(frozen=True, slots=True)
class DateRange:
    """Keeps documents dated from `first` to `last`, both included: ``date:2022-01-01..2022-09-22``.

    Both are ISO dates: a day, a month or a year; empty where the range is open.
    """

    first: str
    last: str
    field: str = "date"

    def accepts(self, value: str) -> bool:
        """Whether an ISO date of any precision is in the range.

        Dates are compared at the coarser precision of the two.
        """
        return bool(value) and self._after_first(value) and self._before_last(value)

    def _after_first(self, value: str) -> bool:
        return value >= self.first[: len(value)]

    def _before_last(self, value: str) -> bool:
        return not self.last or value[: len(self.last)] <= self.last


@dataclass(frozen=True, slots=True)
class ById:
    """Matches one document by id; there is no syntax."""

    id: str


@dataclass(frozen=True, slots=True)
class Boolean:
    """Matches all of `must`, none of `must_not`, and at least one of `should`.

    As in Lucene, `should` only adds to the score where there is a `must`; `optional` always does.
    """

    should: tuple[Node, ...] = ()
    must: tuple[Node, ...] = ()
    must_not: tuple[Node, ...] = ()
    optional: tuple[Node, ...] = ()


Node = WordGroup | Exact | Prefix | Phrase | DisMax | InTitle | FieldFilter | FieldValue | DateRange | ById | Boolean

Condition = FieldFilter | FieldValue | DateRange | Boolean
"""What restricts a query: a filter, or a Boolean node of filters."""


def leaves(node: Node) -> Iterator[Leaf]:
    """Yield the words to find and mark, never excluded ones."""
    match node:
        case WordGroup() | Exact() | Prefix():
            yield node
        case Phrase(words=words):
            yield from words
        case DisMax(original=original, aliases=aliases):
            yield from leaves(original)
            for alias, _ in aliases:
                yield from alias.words
        case InTitle(words=phrase):
            yield from phrase.words
        case Boolean(should=should, must=must, optional=optional):
            for child in (*should, *must, *optional):
                yield from leaves(child)


def words_of_value(value: str) -> frozenset[str]:
    """Return the words by which values of fields are compared, in any case."""
    return frozenset(_WORD.findall(value.casefold()))


_FILTERS = (FieldFilter, FieldValue, DateRange, ById)


def all_required(root: Boolean) -> Boolean | None:
    """Return a tree in which no word may be missing, but for function words.

    None where at most one word is needed: `a OR b` is one.
    """
    inner = root.must[0] if root.must and isinstance(root.must[0], Boolean) else None
    if inner is not None and not root.should:
        required = all_required(inner)  # a filter was put around the query
        return required and replace(root, must=(required, *root.must[1:]))
    words = [node for node in (*root.should, *root.must) if not isinstance(node, _FILTERS)]
    if len(words) < 2:
        return None
    return replace(root, should=(), must=(*root.must, *root.should))
