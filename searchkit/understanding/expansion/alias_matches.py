"""Where the words of other names are marked: only where a whole name stands, or the народ of one would be anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from searchkit.analysis.token_offsets import Occurrence, Occurrences
from searchkit.query.nodes import Boolean, DisMax, Leaf, Node, Phrase, WordGroup, leaves
from searchkit.query.parser import Query


class _Name(NamedTuple):
    words: tuple[frozenset[int], ...]
    """For each, the leaves of the question that stand where it stands."""
    furthest: int
    """How many positions there are at most from one word to the next."""


class WholeNames:
    """Knows which words of a question are there for other names only."""

    def __init__(self, query: Query) -> None:
        phrases = list(_phrases(query.root))
        all_ = query.leaves if phrases else ()
        asked = set(_asked_for(query.root)) if phrases else ()
        self._only_in_names = {number for number, leaf in enumerate(all_) if leaf not in asked}
        self._names = [_Name(tuple(_alike(word, all_) for word in each.words), 1 + each.slop) for each in phrases]

    def only(self, found: Occurrences | None) -> Occurrences | None:
        """Return occurrences without words of names that are not whole."""
        if found is None or not self._names:
            return found
        return Occurrences(*map(self._whole, found))

    def _whole(self, occurrences: Sequence[Occurrence]) -> list[Occurrence]:
        starts = range(len(occurrences))
        kept = {at for name in self._names for start in starts for at in _places(name, occurrences, start)}
        return [each for at, each in enumerate(occurrences) if at in kept or each.leaf not in self._only_in_names]


def _places(name: _Name, occurrences: Sequence[Occurrence], start: int) -> Sequence[int]:
    """Return which occurrences are the words of a name that begins at one of them; nothing where it does not."""
    places: list[int] = []
    first, furthest = start, occurrences[start].position
    for word in name.words:
        at = next((at for at in _until(furthest, occurrences, first) if occurrences[at].leaf in word), None)
        if at is None:
            return ()
        places.append(at)
        first, furthest = at + 1, occurrences[at].position + name.furthest
    return places


def _until(furthest: int, occurrences: Sequence[Occurrence], first: int) -> Iterator[int]:
    """Yield occurrences from the first one on, as far as a position."""
    for at in range(first, len(occurrences)):
        if occurrences[at].position > furthest:
            return
        yield at


def _alike(word: Leaf, others: Sequence[Leaf]) -> frozenset[int]:
    """Return which leaves share a term with a word of a name: a place that several meet is said to be the first's."""
    terms = set(word.terms) if isinstance(word, WordGroup) else set()
    return frozenset(
        n for n, leaf in enumerate(others) if isinstance(leaf, WordGroup) and not terms.isdisjoint(leaf.terms)
    )


def _asked_for(node: Node) -> Iterator[Leaf]:
    """Yield the words of a question that are not other names."""
    match node:
        case DisMax(original=original):
            yield from _asked_for(original)
        case Boolean(should=should, must=must, optional=optional):
            for child in (*should, *must, *optional):
                yield from _asked_for(child)
        case _:
            yield from leaves(node)


def _phrases(node: Node) -> Iterator[Phrase]:
    """Yield other names."""
    match node:
        case DisMax(original=original, aliases=aliases):
            yield from (name for name, _ in aliases)
            yield from _phrases(original)
        case Boolean(should=should, must=must, optional=optional):
            for child in (*should, *must, *optional):
                yield from _phrases(child)
