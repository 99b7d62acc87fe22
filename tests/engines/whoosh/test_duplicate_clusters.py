"""Clusters agree with plain comparisons of stored cluster ids; distinct values with numpy's."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from searchkit.engines.whoosh.arrays import distinct
from searchkit.engines.whoosh.search.duplicate_clusters import DuplicateClusters


@given(st.lists(st.integers(0, 5), max_size=30), st.data())
def test_members_of_clusters(cluster_ids: list[int], data: st.DataObject) -> None:
    doc_ids = range(len(cluster_ids))
    matches = sorted(data.draw(st.sets(st.sampled_from(doc_ids)))) if cluster_ids else []
    clusters = DuplicateClusters(np.array(cluster_ids, np.uint64))
    cluster_of = clusters.clusters_of(doc_ids)
    members = [
        [other for other in doc_ids if other == n or (cluster_ids[n] and cluster_ids[other] == cluster_ids[n])]
        for n in doc_ids
    ]
    assert [[n for n in doc_ids if cluster == clusters.clusters_of([n])[0]] for cluster in cluster_of] == members
    counts = clusters.count_members(cluster_of, np.array(matches, np.intp))
    assert counts == [sum(other in matches for other in each) for each in members]
    assert clusters.count(np.array(matches, np.intp)) == len({cluster_of[n] for n in matches})
    assert clusters.sizes(cluster_of) == [*map(len, members)]


@given(st.lists(st.integers(0, 9)))
def test_distinct_values_and_their_indexes(values: list[int]) -> None:
    array = np.array(values, np.intp)
    expected, indexes = np.unique(array, return_inverse=True)
    found, index_of = distinct(array)
    assert found.tolist() == expected.tolist()
    assert index_of.tolist() == indexes.tolist()
