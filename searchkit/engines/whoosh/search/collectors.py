"""Collects the page of top documents out of all that match."""

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
    """A matching document with its score and both of its ids."""

    id: str
    score: float
    doc_id: int
    copies: int = 0


_PREFILTERED_FROM = 10_000
"""From so many keys on, a lower bound of the k-th greatest leaves out most of them first."""
_COLUMNS_PER_KEY = 32
"""The bound comes from the maxima of so many columns of keys for each key that is selected."""
_MAX_TIED_IDS = 200
"""The ids of so many tied documents are read; for more, the ranks of all ids are computed."""

_TieBreaker = Callable[[NDArray[np.intp]], NDArray[Any]]
"""Returns a second key of the documents at some indices."""


def top_docs(reader: MultiReader, docs: ScoredDocs, limit: int, offset: int, sort: Sort) -> list[RankedDoc]:
    """Return documents `offset` to `offset + limit`, the best, the newest or the oldest first.

    Equal dates are in the order of scores, equal scores in the order of external ids.
    """
    keys: NDArray[Any] = docs.scores
    tie_breakers: list[_TieBreaker] = [lambda indices: -reader.id_ranks[docs.doc_ids[indices]]]
    dates = None if sort == "score" else _date_keys(reader.column("date"), sort)
    if dates is not None:
        keys = dates[docs.doc_ids]
        tie_breakers = [lambda indices: docs.scores[indices], *tie_breakers]
    indices = top_k(keys, limit + offset, tie_breakers)
    doc_ids = docs.doc_ids[indices].tolist()
    ranked = list(map(RankedDoc, map(reader.id_of, doc_ids), docs.scores[indices].tolist(), doc_ids))
    ranked.sort(key=lambda doc: (-doc.score, doc.id))
    if dates is not None:
        ranked.sort(key=lambda doc: dates.item(doc.doc_id), reverse=True)
    return ranked[offset : limit + offset]


def top_docs_collapsed(reader: MultiReader, docs: ScoredDocs, limit: int, offset: int, sort: Sort) -> list[RankedDoc]:
    """Return the top documents, of each near-duplicate cluster only the first.

    It knows how many others of its cluster match.
    """
    clusters = reader.clusters
    wanted = (limit + offset) * clusters.average_size
    while True:
        ranked = top_docs(reader, docs, wanted, 0, sort)
        cluster_of = clusters.clusters_of([doc.doc_id for doc in ranked])
        if max(clusters.sizes(cluster_of), default=1) == 1:
            return ranked[offset : limit + offset]
        firsts: dict[int, RankedDoc] = {}
        for doc, cluster in zip(ranked, cluster_of, strict=True):
            firsts.setdefault(cluster, doc)
        if len(firsts) >= limit + offset or len(ranked) < wanted:
            return _with_copies(clusters, docs, dict(islice(firsts.items(), offset, limit + offset)))
        wanted *= 2


def _with_copies(clusters: DuplicateClusters, docs: ScoredDocs, ranked: Mapping[int, RankedDoc]) -> list[RankedDoc]:
    """Count the other matches in the cluster of each document; `ranked` has them by cluster."""
    repeated = [cluster for cluster, size in zip(ranked, clusters.sizes([*ranked]), strict=True) if size > 1]
    counts = dict(zip(repeated, clusters.count_members(repeated, docs.doc_ids), strict=True))
    return [doc._replace(copies=counts[cluster] - 1) if cluster in counts else doc for cluster, doc in ranked.items()]


def top_k(keys: NDArray[Any], k: int, tie_breakers: Sequence[_TieBreaker] = ()) -> DocIds:
    """Return the indices of the `k` greatest keys, unsorted.

    `tie_breakers` decide where many keys equal the last one; a few more are returned where few do.
    """
    if k <= 0 or len(keys) <= k:
        return np.arange(len(keys) if k > 0 else 0)
    threshold = _kth_greatest(keys, k)
    indices: DocIds = (keys >= threshold).nonzero()[0]
    if not tie_breakers or len(indices) <= k + _MAX_TIED_IDS:
        return indices
    greater, equal = np.flatnonzero(keys > threshold), np.flatnonzero(keys == threshold)
    first, *others = tie_breakers
    return np.concatenate((greater, equal[top_k(first(equal), k - len(greater), others)]))


def _kth_greatest(keys: NDArray[Any], k: int) -> Any:
    """Return the `k`-th greatest key.

    Of many keys, only those are looked at that reach the `k`-th greatest of the maxima of some
    columns: at least `k` keys do, one in each of `k` columns.
    """
    columns = _COLUMNS_PER_KEY * k
    rows = len(keys) // columns
    if rows and len(keys) > _PREFILTERED_FROM:
        maxima = keys[: rows * columns].reshape(rows, columns).max(axis=0)
        keys = keys[keys >= np.partition(maxima, -k)[-k]]
    return np.partition(keys, -k)[-k]


def _date_keys(column: FacetColumn, sort: Sort) -> NDArray[np.int64]:
    """Return a number for each document: the greatest comes first, the least has no date."""
    dates, ranks = np.unique(np.array(column.values), return_inverse=True)
    if sort == "oldest":
        ranks = np.where(dates == "", -1, len(dates) - np.arange(len(dates)))[ranks]
    keys: NDArray[np.int64] = ranks[column.codes]
    return keys
