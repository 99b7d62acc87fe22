"""From what was found to the page of matches that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.base import Sort
from searchkit.engines.whoosh.arrays import DocIds
from searchkit.engines.whoosh.codec.facet_column import FacetColumn
from searchkit.engines.whoosh.search.doc_sets import ScoredDocs
from searchkit.engines.whoosh.search.duplicate_clusters import DuplicateClusters
from searchkit.engines.whoosh.search.multi_reader import MultiReader


class RankedDoc(NamedTuple):
    """A match, and where it is kept."""

    id: str
    score: float
    number: int
    copies: int = 0


_MANY = 10_000
"""More ranks than these are parted into groups first,"""
_GROUPS = 32
"""so many for each that is wanted."""
_FEW = 200
"""Of so many matches the ids are read; of more, the order of all ids is kept."""

_Key = Callable[[NDArray[np.intp]], NDArray[Any]]


def page(collection: MultiReader, found: ScoredDocs, limit: int, offset: int, sort: Sort) -> list[RankedDoc]:
    """Return matches `offset` to `offset + limit`: by score, or by date and then score; equal ones by id."""
    ranks: NDArray[Any] = found.scores
    ties: list[_Key] = [lambda places: -collection.order[found.numbers[places]]]
    if sort == "date":
        ranks = _ranks(collection.column("date"))[found.numbers]
        ties = [lambda places: found.scores[places], *ties]
    places = best(ranks, limit + offset, ties)
    numbers = found.numbers[places].tolist()
    hits = list(map(RankedDoc, map(collection.id_of, numbers), found.scores[places].tolist(), numbers))
    hits.sort(key=lambda hit: (-hit.score, hit.id))
    if sort == "date":
        dates = collection.column("date")
        hits.sort(key=lambda hit: dates[hit.number], reverse=True)
    return hits[offset : limit + offset]


def page_without_copies(
    collection: MultiReader, found: ScoredDocs, limit: int, offset: int, sort: Sort
) -> list[RankedDoc]:
    """Return the page as if of several copies only the first had been found; each says how many more there are."""
    groups = collection.groups
    wanted = (limit + offset) * groups.average
    while True:
        hits = page(collection, found, wanted, 0, sort)
        of_hits = groups.of([hit.number for hit in hits])
        if max(groups.sizes(of_hits), default=1) == 1:
            return hits[offset : limit + offset]
        firsts: dict[int, RankedDoc] = {}
        for hit, group in zip(hits, of_hits, strict=True):
            firsts.setdefault(group, hit)
        if len(firsts) >= limit + offset or len(hits) < wanted:
            return _counted(groups, found, dict(islice(firsts.items(), offset, limit + offset)))
        wanted *= 2


def _counted(groups: DuplicateClusters, found: ScoredDocs, hits: Mapping[int, RankedDoc]) -> list[RankedDoc]:
    """Say of hits, given by their groups, how many copies of each were found."""
    repeated = [group for group, size in zip(hits, groups.sizes([*hits]), strict=True) if size > 1]
    counts = dict(zip(repeated, groups.count(repeated, found.numbers), strict=True))
    return [hit._replace(copies=counts[group] - 1) if group in counts else hit for group, hit in hits.items()]


def best(ranks: NDArray[Any], wanted: int, ties: Sequence[_Key] = ()) -> DocIds:
    """Return the places of the best `wanted` ranks; of many equal ones, of those that come first in `ties`.

    Where only a few are equal to the last of them, these are returned too.
    """
    if wanted <= 0 or len(ranks) <= wanted:
        return np.arange(len(ranks) if wanted > 0 else 0)
    least = _least(ranks, wanted)
    places: DocIds = (ranks >= least).nonzero()[0]
    if not ties or len(places) <= wanted + _FEW:
        return places
    better, equal = np.flatnonzero(ranks > least), np.flatnonzero(ranks == least)
    return np.concatenate((better, equal[best(ties[0](equal), wanted - len(better), ties[1:])]))


def _least(ranks: NDArray[Any], wanted: int) -> Any:
    """Return the least of the best `wanted` ranks.

    Of many ranks, few are looked at: no fewer than `wanted` are as high as the last of the best of as many groups.
    """
    groups = _GROUPS * wanted
    rows = len(ranks) // groups
    if rows and len(ranks) > _MANY:
        firsts = ranks[: rows * groups].reshape(rows, groups).max(axis=0)
        ranks = ranks[ranks >= np.partition(firsts, -wanted)[-wanted]]
    return np.partition(ranks, -wanted)[-wanted]


def _ranks(column: FacetColumn) -> NDArray[np.int64]:
    """Return, for each document, a number that is greater for a later date."""
    order = np.argsort(np.argsort(np.array(column.values)))
    ranks: NDArray[np.int64] = order[column.codes]
    return ranks
