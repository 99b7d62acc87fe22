"""The near-duplicate clusters of a commit's documents."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.arrays import DocIds


class DuplicateClusters:
    """Clusters of near-duplicates, numbered from 0; nearly all have one document.

    Deleted documents count. `cluster_ids` has the stored cluster id of each document, 0 where it is
    unknown.
    """

    def __init__(self, cluster_ids: NDArray[np.uint64]) -> None:
        self._members = np.argsort(cluster_ids, kind="stable").astype(np.int32)
        ordered = cluster_ids[self._members]
        is_first = (ordered == 0) | (np.diff(ordered, prepend=ordered[:1] + np.uint64(1)) != 0)
        self._bounds = np.append(np.flatnonzero(is_first), len(cluster_ids)).astype(np.int32)
        """The index in `_members` at which each cluster begins, and their number."""
        self._cluster_of = np.empty(len(cluster_ids), np.int32)
        self._cluster_of[self._members] = np.cumsum(is_first) - 1
        sizes = np.diff(self._bounds)
        self._has_duplicates = (sizes > 1)[self._cluster_of]
        self.average_size = max(1, len(cluster_ids) // max(len(self._bounds) - 1, 1))
        """The average number of documents in a cluster, rounded down."""

    def clusters_of(self, doc_ids: Sequence[int]) -> list[int]:
        """Return the cluster of each document."""
        clusters: list[int] = self._cluster_of[doc_ids].tolist()
        return clusters

    def sizes(self, clusters: Sequence[int]) -> list[int]:
        """Return the number of documents in each cluster."""
        bounds = self._bounds.data
        return [bounds[cluster + 1] - bounds[cluster] for cluster in clusters]

    def count(self, doc_ids: DocIds) -> int:
        """Return how many clusters some documents are in."""
        repeated = doc_ids[self._has_duplicates[doc_ids]]
        clusters = np.sort(self._cluster_of[repeated])  # np.unique would import numpy.ma, 8 ms
        return len(doc_ids) - len(repeated) + int(np.count_nonzero(np.diff(clusters, prepend=-1)))

    def count_members(self, clusters: Sequence[int], doc_ids: DocIds) -> list[int]:
        """Return how many of the ascending `doc_ids` are in each cluster."""
        if not (len(clusters) and len(doc_ids)):
            return [0] * len(clusters)
        bounds = self._bounds.data
        members = [self._members[bounds[cluster] : bounds[cluster + 1]] for cluster in clusters]
        all_members = np.concatenate(members)
        is_among = doc_ids.take(doc_ids.searchsorted(all_members), mode="clip") == all_members
        starts = [0, *accumulate(map(len, members[:-1]))]
        counts: list[int] = np.add.reduceat(is_among, starts, dtype=np.intp).tolist()
        return counts
