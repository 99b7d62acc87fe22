"""Where the words of other names are marked: only where a whole name stands, or the народ of one would be anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from searchkit.places import Occurrence, Occurrences
from searchkit.query import Query
from searchkit.query.tree import Alternatives, Boolean, Leaf, Node, leaves

_FURTHEST = 2
"""How far apart neighbouring words of a name may stand, in positions: a function word may be between."""


class WholeNames:
    """Knows which words of a question are there for other names only."""

    def __init__(self, query: Query) -> None:
        asked = set(_asked_for(query.root))
        lengths = {word: len(words) for words in _names(query.root) for word in words}
        self._lengths = {
            number: lengths[leaf] for number, leaf in enumerate(query.leaves) if leaf in lengths and leaf not in asked
        }

    def only(self, found: Occurrences | None) -> Occurrences | None:
        """Return occurrences without words of names that are not whole."""
        if found is None or not self._lengths:
            return found
        return Occurrences(*(list(self._whole(some)) for some in found))

    def _whole(self, occurrences: Sequence[Occurrence]) -> Iterator[Occurrence]:
        for run in _runs(occurrences):
            yield from (each for each in run if self._lengths.get(each.leaf, 0) <= len(run))


def _runs(occurrences: Sequence[Occurrence]) -> Iterator[Sequence[Occurrence]]:
    ends = [n for n, (a, b) in enumerate(pairwise(occurrences), 1) if b.position - a.position > _FURTHEST]
    for start, end in pairwise([0, *ends, len(occurrences)]):
        yield occurrences[start:end]


def _asked_for(node: Node) -> Iterator[Leaf]:
    """Yield the words of a question that are not other names."""
    match node:
        case Alternatives(asked=asked):
            yield from _asked_for(asked)
        case Boolean(should=should, must=must, optional=optional):
            for child in (*should, *must, *optional):
                yield from _asked_for(child)
        case _:
            yield from leaves(node)


def _names(node: Node) -> Iterator[Sequence[Leaf]]:
    match node:
        case Alternatives(asked=asked, names=names):
            yield from (name.words for name, _ in names)
            yield from _names(asked)
        case Boolean(should=should, must=must, optional=optional):
            for child in (*should, *must, *optional):
                yield from _names(child)
