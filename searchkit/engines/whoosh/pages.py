"""From what was found to the page of matches that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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


_FEW = 200
"""Of so many matches the ids are read; of more, the order of all ids is kept."""

_Key = Callable[[NDArray[np.intp]], NDArray[Any]]


def page(collection: Collection, found: Found, limit: int, offset: int, sort: Sort) -> list[Hit]:
    """Return matches `offset` to `offset + limit`: by score, or by date and then score; equal ones by id."""
    dates = collection.column("date")
    ranks: NDArray[Any] = found.scores
    ties: list[_Key] = [lambda places: -collection.order[found.numbers[places]]]
    if sort == "date":
        ranks, ties = _ranks(dates)[found.numbers], [lambda places: found.scores[places], *ties]
    places = best(ranks, limit + offset, ties)
    numbers = found.numbers[places].tolist()
    rows = zip(collection.ids(numbers), found.scores[places].tolist(), numbers, strict=True)
    hits = [Hit(id_, score, dates[number], number) for id_, score, number in rows]
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
    if collection.repeated.isdisjoint(group for group, _ in firsts):
        return [hit for _, hit in firsts]
    groups = collection.groups[found.numbers]
    return [
        hit._replace(copies=int(np.count_nonzero(groups == group)) - 1) if group in collection.repeated else hit
        for group, hit in firsts
    ]


def best(ranks: NDArray[Any], wanted: int, ties: Sequence[_Key] = ()) -> Numbers:
    """Return the places of the best `wanted` ranks; of many equal ones, of those that come first in `ties`.

    Where only a few are equal to the last of them, these are returned too.
    """
    if wanted <= 0 or len(ranks) <= wanted:
        return np.arange(len(ranks) if wanted > 0 else 0)
    least = np.partition(ranks, -wanted)[-wanted]
    places = np.flatnonzero(ranks >= least)
    if not ties or len(places) <= wanted + _FEW:
        return places
    better, equal = np.flatnonzero(ranks > least), np.flatnonzero(ranks == least)
    return np.concatenate((better, equal[best(ties[0](equal), wanted - len(better), ties[1:])]))


def _ranks(column: Column) -> NDArray[np.int64]:
    """Return, for each document, a number that is greater for a later date."""
    order = np.argsort(np.argsort(np.array(column.values)))
    ranks: NDArray[np.int64] = order[column.codes]
    return ranks
