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
    number: int
    copies: int = 0


_FEW = 200
"""Of so many matches the ids are read; of more, the order of all ids is kept."""

_Key = Callable[[NDArray[np.intp]], NDArray[Any]]


def page(collection: Collection, found: Found, limit: int, offset: int, sort: Sort) -> list[Hit]:
    """Return matches `offset` to `offset + limit`: by score, or by date and then score; equal ones by id."""
    ranks: NDArray[Any] = found.scores
    ties: list[_Key] = [lambda places: -collection.order[found.numbers[places]]]
    if sort == "date":
        ranks = _ranks(collection.column("date"))[found.numbers]
        ties = [lambda places: found.scores[places], *ties]
    places = best(ranks, limit + offset, ties)
    numbers = found.numbers[places].tolist()
    hits = list(map(Hit, map(collection.id_of, numbers), found.scores[places].tolist(), numbers))
    hits.sort(key=lambda hit: (-hit.score, hit.id))
    if sort == "date":
        dates = collection.column("date")
        hits.sort(key=lambda hit: dates[hit.number], reverse=True)
    return hits[offset : limit + offset]


def page_without_copies(collection: Collection, found: Found, limit: int, offset: int, sort: Sort) -> list[Hit]:
    """Return the page as if of several copies only the first had been found; each says how many more there are."""
    wanted = limit + offset
    while True:
        hits = page(collection, found, wanted, 0, sort)
        groups = collection.groups[[hit.number for hit in hits]].tolist()
        if collection.repeated.isdisjoint(groups):
            return hits[offset:]
        firsts: dict[int, Hit] = {}
        for hit, group in zip(hits, groups, strict=True):
            firsts.setdefault(group or -hit.number - 1, hit)
        if len(firsts) >= limit + offset or len(hits) < wanted:
            return _counted(collection, found, list(firsts.items())[offset : limit + offset])
        wanted *= 2


def _counted(collection: Collection, found: Found, firsts: Sequence[tuple[int, Hit]]) -> list[Hit]:
    """Say of each hit how many copies of it were found."""
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
    places: Numbers = (ranks >= least).nonzero()[0]
    if not ties or len(places) <= wanted + _FEW:
        return places
    better, equal = np.flatnonzero(ranks > least), np.flatnonzero(ranks == least)
    return np.concatenate((better, equal[best(ties[0](equal), wanted - len(better), ties[1:])]))


def _ranks(column: Column) -> NDArray[np.int64]:
    """Return, for each document, a number that is greater for a later date."""
    order = np.argsort(np.argsort(np.array(column.values)))
    ranks: NDArray[np.int64] = order[column.codes]
    return ranks
