"""From what was found to an answer: the page of matches that was asked for, and counts over all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.base import Sort
from searchkit.engines.whoosh.collection import Collection, Numbers
from searchkit.engines.whoosh.scorer import Found
from searchkit.engines.whoosh.segments import Column


class Hit(NamedTuple):
    """A match, and where it is kept."""

    id: str
    score: float
    date: str
    number: int


_FACETS: Mapping[str, tuple[str, Callable[[str], list[str]]]] = {
    "language": ("language", lambda value: value.split("+")),
    "year": ("date", lambda value: [value[:4]]),
    "source": ("source", lambda value: [value]),
}
"""Each facet's column, and the names under which a value of it counts."""


def page(collection: Collection, found: Found, limit: int, offset: int, sort: Sort) -> list[Hit]:
    """Return matches `offset` to `offset + limit`: by score, or by date and then score; equal ones by id."""
    wanted = limit + offset
    dates = collection.column("date")
    best = _best(found, _date_ranks(dates)[found.numbers] if sort == "date" else found.scores, wanted)
    numbers = found.numbers[best].tolist()
    scores = found.scores[best].tolist()
    hits = [Hit(collection.id(n), score, dates[n], n) for n, score in zip(numbers, scores, strict=True)]
    hits.sort(key=lambda hit: (-hit.score, hit.id))
    if sort == "date":
        hits.sort(key=lambda hit: hit.date, reverse=True)
    return hits[offset:wanted]


def facets(collection: Collection, numbers: Numbers) -> dict[str, dict[str, int]]:
    """Return how many matches have which value, the most frequent first."""
    found = {}
    for facet, (field, names) in _FACETS.items():
        counts: Counter[str] = Counter()
        for value, count in collection.column(field).counts(numbers).items():
            counts.update({name: count for name in names(value) if name})
        found[facet] = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return found


def _best(found: Found, ranks: NDArray[np.generic], wanted: int) -> NDArray[np.intp]:
    """Return the places of the best, with all that equal the last of them: which of those go in is for ids to say."""
    if not 0 < wanted < len(ranks):
        return np.arange(len(ranks))
    return np.flatnonzero(ranks >= np.partition(ranks, -wanted)[-wanted])


def _date_ranks(column: Column) -> NDArray[np.int64]:
    """Return, for each document, a number that is greater for a later date."""
    order = np.argsort(np.argsort(np.array(column.values)))
    ranks: NDArray[np.int64] = order[column.codes]
    return ranks
