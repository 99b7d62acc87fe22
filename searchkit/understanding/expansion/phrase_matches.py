"""Drops occurrences of words that a query asks for only within phrases.

Otherwise the банк of "Национальный банк" would be marked anywhere in a document, and so would the
народ of an alias.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from searchkit.analysis.token_offsets import Occurrence
from searchkit.query.nodes import Boolean, DisMax, Exact, InTitle, Leaf, Node, Phrase, Prefix, WordGroup
from searchkit.query.parser import Query


class _NumberedPhrase(NamedTuple):
    words: tuple[frozenset[int], ...]
    """For each word, the numbers of the query leaves that match the same occurrences."""
    places: Sequence[int]
    slop: int


class PhraseMatches:
    """Knows the words that a query has only within phrases: its own, and those of aliases."""

    def __init__(self, query: Query) -> None:
        phrases = list(_phrases(query.root))
        query_leaves = query.leaves if phrases else ()
        alone = set(_words_alone(query.root)) if phrases else ()
        self._phrase_leaves = {number for number, leaf in enumerate(query_leaves) if leaf not in alone}
        self._phrases = [
            _NumberedPhrase(
                tuple(_sharing_a_term(word, query_leaves) for word in phrase.words), phrase.word_places, phrase.slop
            )
            for phrase in phrases
        ]

    def whole_only(self, occurrences: Sequence[Occurrence]) -> list[Occurrence]:
        """Return the occurrences in one text without parts of incomplete phrases."""
        kept = {i for phrase in self._phrases for i in _in_whole(phrase, occurrences)}
        return [each for i, each in enumerate(occurrences) if i in kept or each.leaf not in self._phrase_leaves]


def _in_whole(phrase: _NumberedPhrase, occurrences: Sequence[Occurrence]) -> Iterator[int]:
    """Yield the indices of the occurrences that belong to a whole phrase."""
    for start, occurrence in enumerate(occurrences):
        if occurrence.leaf in phrase.words[0]:
            yield from _match(phrase, occurrences, start)


def _match(phrase: _NumberedPhrase, occurrences: Sequence[Occurrence], start: int) -> Sequence[int]:
    """Return the indices of the occurrences that form a phrase.

    The phrase begins at the occurrence `start`; there are none if it is not whole.
    """
    matched: list[int] = []
    first, position = start, occurrences[start].position
    for word, place in zip(phrase.words, phrase.places, strict=True):
        last_position = position + place + (phrase.slop if matched else 0)
        i = next((i for i in _up_to(last_position, occurrences, first) if occurrences[i].leaf in word), None)
        if i is None:
            return ()
        matched.append(i)
        first = i + 1
    return matched


def _up_to(last_position: int, occurrences: Sequence[Occurrence], first: int) -> Iterator[int]:
    """Yield indices of occurrences from `first` on, up to a position."""
    for i in range(first, len(occurrences)):
        if occurrences[i].position > last_position:
            return
        yield i


def _sharing_a_term(word: Leaf, others: Sequence[Leaf]) -> frozenset[int]:
    """Return the numbers of leaves that may stand for a word.

    An occurrence that several leaves match carries the number of the first one.
    """
    terms = _terms(word)
    return frozenset(n for n, leaf in enumerate(others) if leaf == word or not terms.isdisjoint(_terms(leaf)))


def _terms(leaf: Leaf) -> set[str]:
    if isinstance(leaf, WordGroup):
        return set(leaf.terms)
    return {leaf.form} if isinstance(leaf, Exact) else set()


def _words_alone(node: Node) -> Iterator[Leaf]:
    """Yield the words of a query that match outside of phrases too."""
    match node:
        case DisMax(original=original):
            yield from _words_alone(original)
        case Boolean(should=should, must=must, optional=optional):
            for child in (*should, *must, *optional):
                yield from _words_alone(child)
        case InTitle(words=Phrase(words=(word,))) | Phrase(words=(word,)):
            yield word
        case WordGroup() | Exact() | Prefix():
            yield node


def _phrases(node: Node) -> Iterator[Phrase]:
    """Yield all phrases of several words in a tree."""
    match node:
        case DisMax(original=original, aliases=aliases):
            yield from (alias for alias, _ in aliases)
            yield from _phrases(original)
        case Boolean(should=should, must=must, optional=optional):
            for child in (*should, *must, *optional):
                yield from _phrases(child)
        case InTitle(words=phrase) | (Phrase() as phrase) if len(phrase.words) > 1:
            yield phrase
