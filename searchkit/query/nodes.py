"""A question as a tree. Engines rank it, snippets are chosen by its leaves; neither sees the text that was typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from searchkit_analyzers import Token

Variants = tuple[tuple[str, float], ...]
"""Terms and what an occurrence of each counts."""


@dataclass(frozen=True, slots=True)
class WordGroup:
    """A query word in any form, scored as Lucene's SynonymQuery: frequencies are summed, one similarity.

    Its doc freq is that of the most frequent lemma.
    """

    text: str
    """The word as typed, or as near to it as a message needs."""
    lemmas: tuple[str, ...]
    """Lemmas, stems and the word itself, the likeliest lemma first."""
    spellings: tuple[str, ...] = ()
    """Those of the lemmas that are but the word as typed: an occurrence so written is met by a lemma already."""
    coarse: tuple[str, ...] = ()
    """Coarser keys, without their ``~`` mark: an occurrence met by these alone counts less."""
    weight: float = 1.0
    """What the word's score is multiplied with."""
    supposed: Variants = ()
    """Terms of other words that may be meant, and what an occurrence of each counts beside one of the lemmas."""

    def meets(self, token: Token) -> bool:
        """Whether a token is a form of this word."""
        return not set(self.terms).isdisjoint(token.lemmas)

    @property
    def terms(self) -> tuple[str, ...]:
        """The terms that stand where a form of this word stands, or of another that may be meant."""
        return (*self.lemmas, *(term for term, _ in self.supposed))

    def nearly_meets(self, token: Token) -> bool:
        """Whether a token shares at least a coarse key with this word."""
        return not set(self.coarse).isdisjoint(token.coarse)


@dataclass(frozen=True, slots=True)
class Exact:
    """``!слово``: this form and no other."""

    form: str

    @property
    def text(self) -> str:
        """The form as it is searched."""
        return self.form

    def meets(self, token: Token) -> bool:
        """Whether a token is written so."""
        return self.form in token.forms

    def nearly_meets(self, token: Token) -> bool:
        """Never: nearly is not exactly."""
        return False


@dataclass(frozen=True, slots=True)
class Prefix:
    """``слов*``: whatever begins so."""

    prefix: str

    @property
    def text(self) -> str:
        """The prefix as typed."""
        return f"{self.prefix}*"

    def meets(self, token: Token) -> bool:
        """Whether a token, or one of its lemmas, begins so."""
        return any(lemma.startswith(self.prefix) for lemma in token.lemmas)

    def nearly_meets(self, token: Token) -> bool:
        """Never."""
        return False


Leaf = WordGroup | Exact | Prefix


@dataclass(frozen=True, slots=True)
class Phrase:
    """``"два слова"``: these words in this order, in any forms, with at most `slop` other words between them."""

    words: tuple[Leaf, ...]
    slop: int = 0

    @property
    def text(self) -> str:
        """The phrase as it is searched."""
        return f'"{" ".join(word.text for word in self.words)}"' + (f"~{self.slop}" if self.slop else "")


@dataclass(frozen=True, slots=True)
class DisMax:
    """Words of a question that name something, and what else it is called: whichever says more of an article counts."""

    asked: Node
    """A word, or several, as typed."""
    names: tuple[tuple[Phrase, float], ...]
    """Other names, and what an occurrence of each counts beside one of what was asked for."""

    @property
    def text(self) -> str:
        """What was asked for."""
        return " ".join(leaf.text for leaf in leaves(self.asked))


@dataclass(frozen=True, slots=True)
class InTitle:
    """``title:слово``."""

    words: Phrase

    @property
    def text(self) -> str:
        """The condition as it is searched."""
        return f"title:{self.words.text if len(self.words.words) > 1 else self.words.words[0].text}"


@dataclass(frozen=True, slots=True)
class FieldFilter:
    """``lang:kk``, ``source:el.kz``, ``author:Ашимбаев``: a condition on a field that is not text."""

    field: str
    wanted: str

    def accepts(self, value: str) -> bool:
        """Whether a document with this value in the field is meant: all words of `wanted` stand in it."""
        return _words(self.wanted) <= _words(value)


@dataclass(frozen=True, slots=True)
class DateRange:
    """``date:2022-01-01..2022-09-22``: from the first to the last day or month or year, both included."""

    first: str
    last: str
    field: str = "date"

    def accepts(self, value: str) -> bool:
        """Whether an ISO date lies between, as exactly as both are known."""
        return bool(value) and self._after_first(value) and self._before_last(value)

    def _after_first(self, value: str) -> bool:
        return value >= self.first[: len(value)]

    def _before_last(self, value: str) -> bool:
        return not self.last or value[: len(self.last)] <= self.last


@dataclass(frozen=True, slots=True)
class ById:
    """The document of this id. It is a condition too, but none that is typed."""

    id: str


@dataclass(frozen=True, slots=True)
class Boolean:
    """All of `must`, none of `must_not`, and at least one of `should`.

    As in Lucene, where there is a `must`, `should` need not hold and only adds to the score; so does `optional` always.
    """

    should: tuple[Node, ...] = ()
    must: tuple[Node, ...] = ()
    must_not: tuple[Node, ...] = ()
    optional: tuple[Node, ...] = ()


Node = WordGroup | Exact | Prefix | Phrase | DisMax | InTitle | FieldFilter | DateRange | ById | Boolean


def leaves(node: Node) -> Iterator[Leaf]:
    """Yield the words that a hit is wanted for: those of a snippet, and never those that it must not hold."""
    match node:
        case WordGroup() | Exact() | Prefix():
            yield node
        case Phrase(words=words):
            yield from words
        case DisMax(asked=asked, names=names):
            yield from leaves(asked)
            for name, _ in names:
                yield from name.words
        case InTitle(words=phrase):
            yield from phrase.words
        case Boolean(should=should, must=must, optional=optional):
            for child in (*should, *must, *optional):
                yield from leaves(child)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
