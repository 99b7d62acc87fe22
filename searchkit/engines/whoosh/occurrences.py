"""Where the words of a question stand in documents, as their postings tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from searchkit import places
from searchkit.engines.whoosh import spans
from searchkit.engines.whoosh.collection import Collection, Numbers
from searchkit.engines.whoosh.schema import PLACES
from searchkit.engines.whoosh.segments import Ids, Segment, damage_is_told
from searchkit.places import Occurrences
from searchkit.query.tree import Exact, Leaf, Prefix
from searchkit.stacks import COARSE_MARK

Positions = list[tuple[int, list[int]]]
"""Documents, each with positions in it."""


def occurrences(collection: Collection, numbers: Numbers, words: Sequence[Leaf]) -> dict[int, Occurrences | None]:
    """Return where words stand in documents, given by ascending numbers; None where these keep no places.

    A position that several words meet is that of the first.
    """
    found: dict[int, Occurrences | None] = {}
    for segment, base, wanted in collection.parts(numbers):
        leaf_at: dict[int, dict[int, int]] = {number: {} for number in wanted.tolist()}
        for leaf, word in enumerate(words):
            for number, positions in _positions(segment, word, wanted):
                leaf_at[number] = dict.fromkeys(positions, leaf) | leaf_at[number]
        found |= {base + number: _placed(segment, number, at) for number, at in leaf_at.items()}
    return found


def _positions(segment: Segment, word: Leaf, wanted: Ids) -> Positions:
    """Return where a word stands; in documents that hold no form of it, where something nearly like it does."""
    if isinstance(word, Exact):
        return [(number, spans.once(positions)) for number, positions in segment.positions(word.form, wanted)]
    if isinstance(word, Prefix):
        return segment.positions_of_all(word.prefix, wanted)
    met = _of_terms(segment, word.lemmas, wanted)
    held = {number for number, _ in met}
    without = [number for number in wanted.tolist() if number not in held]
    if word.coarse and without:
        met += _of_terms(segment, [COARSE_MARK + key for key in word.coarse], np.array(without, np.int32))
    return met


def _of_terms(segment: Segment, terms: Iterable[str], wanted: Ids) -> Positions:
    return [found for term in terms for found in segment.positions(term, wanted)]


def _placed(segment: Segment, number: int, leaf_at: dict[int, int]) -> Occurrences | None:
    packed = segment.value(PLACES, number)
    with damage_is_told():
        return places.occurrences(packed, leaf_at) if packed else None
