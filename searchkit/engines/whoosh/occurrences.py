"""Where the words of a question stand in documents, as their postings tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from searchkit import places
from searchkit.engines.whoosh import spans
from searchkit.engines.whoosh.collection import Collection, Numbers
from searchkit.engines.whoosh.schema import PLACES
from searchkit.engines.whoosh.segments import damage_is_told
from searchkit.entry import COARSE_MARK
from searchkit.places import Occurrences
from searchkit.query.tree import Exact, Leaf, Prefix


def occurrences(collection: Collection, numbers: Sequence[int], words: Sequence[Leaf]) -> dict[int, Occurrences | None]:
    """Return where words stand in the documents of the given ascending numbers; None where they keep no places.

    A position that several words meet is that of the first.
    """
    leaf_at: dict[int, dict[int, int]] = {number: {} for number in numbers}
    for leaf, word in enumerate(words):
        for number, position in _positions(collection, word, np.array(numbers, np.intp)):
            leaf_at[number].setdefault(position, leaf)
    return {number: _placed(collection, number, at) for number, at in leaf_at.items()}


def _positions(collection: Collection, word: Leaf, numbers: Numbers) -> list[tuple[int, int]]:
    """Return (document, position) of a word; in documents that hold no form of it, of what is nearly it."""
    if isinstance(word, Exact):
        return [(n, at) for n, each in collection.positions(word.form, numbers) for at in spans.once(each)]
    if isinstance(word, Prefix):
        return _of_terms(collection, collection.expand(word.prefix), numbers)
    met = _of_terms(collection, word.lemmas, numbers)
    without = np.setdiff1d(numbers, [number for number, _ in met])
    return met + _of_terms(collection, [COARSE_MARK + key for key in word.coarse], without)


def _of_terms(collection: Collection, terms: Iterable[str], numbers: Numbers) -> list[tuple[int, int]]:
    return [(n, at) for term in terms for n, each in collection.positions(term, numbers) for at in each]


def _placed(collection: Collection, number: int, leaf_at: dict[int, int]) -> Occurrences | None:
    segment, within = collection.place(number)
    packed = segment.value(PLACES, within)
    with damage_is_told():
        return places.occurrences(packed, leaf_at) if packed else None
