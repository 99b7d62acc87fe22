"""From what was found to an answer: the page of matches that was asked for, and counts over all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.base import Sort
from searchkit.engines.whoosh.collection import Collection, Numbers
from searchkit.engines.whoosh.found import Found
from searchkit.engines.whoosh.segments import Column


class Hit(NamedTuple):
    """A match, and where it is kept."""

    id: str
    score: float
    date: str
    number: int
    copies: int = 0


_FACETS: Mapping[str, tuple[str, Callable[[str], list[str]]]] = {
    "language": ("language", lambda value: value.split("+")),
    "year": ("date", lambda value: [value[:4]]),
    "source": ("source", lambda value: [value]),
}
"""Each facet's column, and the names under which a value of it counts."""


_FEW = 200
"""Of so many matches the ids are read; of more, the order of all ids is kept."""

_Key = Callable[[NDArray[np.intp]], NDArray[Any]]


def page(collection: Collection, found: Found, limit: int, offset: int, sort: Sort) -> list[Hit]:
    """Return matches `offset` to `offset + limit`: by score, or by date and then score; equal ones by id."""
    dates = collection.column("date")
    keys: list[_Key] = [lambda places: found.scores[places], lambda places: -collection.order[found.numbers[places]]]
    if sort == "date":
        keys.insert(0, lambda places: _ranks(dates)[found.numbers[places]])
    best = _best(np.arange(len(found.numbers)), keys, limit + offset)
    rows = zip(found.numbers[best].tolist(), found.scores[best].tolist(), strict=True)
    hits = [Hit(collection.id(number), score, dates[number], number) for number, score in rows]
    hits.sort(key=lambda hit: (-hit.score, hit.id))
    if sort == "date":
        hits.sort(key=lambda hit: hit.date, reverse=True)
    return hits[offset : limit + offset]


def page_without_copies(collection: Collection, found: Found, limit: int, offset: int, sort: Sort) -> list[Hit]:
    """Return the page as if of several copies only the first had been found; each says how many more there are."""
    wanted = limit + offset
    while True:
        hits = page(collection, found, wanted, 0, sort)
        firsts: dict[int, Hit] = {}
        for hit, group in zip(hits, collection.groups[[hit.number for hit in hits]].tolist(), strict=True):
            firsts.setdefault(group or -hit.number - 1, hit)
        if len(firsts) >= limit + offset or len(hits) < wanted:
            return _counted(collection, found, list(firsts.items())[offset : limit + offset])
        wanted *= 2


def _counted(collection: Collection, found: Found, firsts: Sequence[tuple[int, Hit]]) -> list[Hit]:
    """Say of each hit how many copies of it were found."""
    groups = collection.groups[found.numbers]
    return [hit._replace(copies=max(int(np.count_nonzero(groups == group)) - 1, 0)) for group, hit in firsts]


def facets(collection: Collection, numbers: Numbers) -> dict[str, dict[str, int]]:
    """Return how many matches have which value, the most frequent first."""
    found = {}
    for facet, (field, names) in _FACETS.items():
        counts: Counter[str] = Counter()
        for value, count in collection.column(field).counts(numbers).items():
            counts.update({name: count for name in names(value) if name})
        found[facet] = dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    return found


def _best(places: NDArray[np.intp], keys: Sequence[_Key], wanted: int) -> NDArray[np.intp]:
    """Return the best `wanted` by the first key, of equal ones by the next; or some more, where these are few."""
    if wanted <= 0:
        return places[:0]
    if len(places) <= wanted or (len(keys) == 1 and len(places) <= _FEW):
        return places
    ranks = keys[0](places)
    least = np.partition(ranks, -wanted)[-wanted]
    better, equal = places[ranks > least], places[ranks == least]
    return np.concatenate((better, _best(equal, keys[1:], wanted - len(better))))


def _ranks(column: Column) -> NDArray[np.int64]:
    """Return, for each document, a number that is greater for a later date."""
    order = np.argsort(np.argsort(np.array(column.values)))
    ranks: NDArray[np.int64] = order[column.codes]
    return ranks
