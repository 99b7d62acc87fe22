"""Drops occurrences of alias words outside a whole alias.

Otherwise the народ of one alias would be marked anywhere in a document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from searchkit.analysis.token_offsets import Occurrence, Occurrences
from searchkit.query.nodes import Boolean, DisMax, Leaf, Node, Phrase, WordGroup, leaves
from searchkit.query.parser import Query


class _Alias(NamedTuple):
    words: tuple[frozenset[int], ...]
    """For each word, the numbers of the query leaves that match the same occurrences."""
    max_step: int
    """The largest distance, in positions, from one word to the next."""


class AliasMatches:
    """Knows the words that a query has only because of aliases."""

    def __init__(self, query: Query) -> None:
        phrases = list(_alias_phrases(query.root))
        query_leaves = query.leaves if phrases else ()
        original = set(_original_leaves(query.root)) if phrases else ()
        self._alias_leaves = {number for number, leaf in enumerate(query_leaves) if leaf not in original}
        self._aliases = [
            _Alias(tuple(_sharing_a_term(word, query_leaves) for word in phrase.words), 1 + phrase.slop)
            for phrase in phrases
        ]

    def drop_partial(self, occurrences: Occurrences | None) -> Occurrences | None:
        """Return the occurrences without parts of incomplete aliases."""
        if occurrences is None or not self._aliases:
            return occurrences
        return Occurrences(*map(self._whole_only, occurrences))

    def _whole_only(self, occurrences: Sequence[Occurrence]) -> list[Occurrence]:
        starts = range(len(occurrences))
        kept = {i for alias in self._aliases for start in starts for i in _match(alias, occurrences, start)}
        return [each for i, each in enumerate(occurrences) if i in kept or each.leaf not in self._alias_leaves]


def _match(alias: _Alias, occurrences: Sequence[Occurrence], start: int) -> Sequence[int]:
    """Return the indices of the occurrences that form an alias.

    The alias begins at the occurrence `start`; there are none if it is not whole.
    """
    matched: list[int] = []
    first, last_position = start, occurrences[start].position
    for word in alias.words:
        i = next((i for i in _up_to(last_position, occurrences, first) if occurrences[i].leaf in word), None)
        if i is None:
            return ()
        matched.append(i)
        first, last_position = i + 1, occurrences[i].position + alias.max_step
    return matched


def _up_to(last_position: int, occurrences: Sequence[Occurrence], first: int) -> Iterator[int]:
    """Yield indices of occurrences from `first` on, up to a position."""
    for i in range(first, len(occurrences)):
        if occurrences[i].position > last_position:
            return
        yield i


def _sharing_a_term(word: Leaf, others: Sequence[Leaf]) -> frozenset[int]:
    """Return the numbers of leaves that share a term with a word.

    An occurrence that several leaves match carries the number of the first one.
    """
    terms = set(word.terms) if isinstance(word, WordGroup) else set()
    return frozenset(
        n for n, leaf in enumerate(others) if isinstance(leaf, WordGroup) and not terms.isdisjoint(leaf.terms)
    )


def _original_leaves(node: Node) -> Iterator[Leaf]:
    """Yield the words of a query that do not come from aliases."""
    match node:
        case DisMax(original=original):
            yield from _original_leaves(original)
        case Boolean(should=should, must=must, optional=optional):
            for child in (*should, *must, *optional):
                yield from _original_leaves(child)
        case _:
            yield from leaves(node)


def _alias_phrases(node: Node) -> Iterator[Phrase]:
    """Yield all aliases in a tree."""
    match node:
        case DisMax(original=original, aliases=aliases):
            yield from (alias for alias, _ in aliases)
            yield from _alias_phrases(original)
        case Boolean(should=should, must=must, optional=optional):
            for child in (*should, *must, *optional):
                yield from _alias_phrases(child)
