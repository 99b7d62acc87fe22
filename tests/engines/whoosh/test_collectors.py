"""Which of many matches come first, and how many copies of them there are."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from searchkit.engines.whoosh.search.collectors import best
from searchkit.engines.whoosh.search.duplicate_clusters import DuplicateClusters

SCORES = st.lists(st.floats(0, 20, width=16), min_size=1, max_size=40)


@given(SCORES, st.integers(0, 60), st.sampled_from([1, 7, 1_000]), st.randoms(use_true_random=False))
def test_the_best_are_found_among_few_and_among_many(scores: list[float], wanted: int, times: int, by: object) -> None:
    all_ = scores * times
    by.shuffle(all_)  # type: ignore[attr-defined]
    ranks = np.array(all_)
    places = best(ranks, wanted, [lambda places: -places])
    found = sorted(places.tolist(), key=lambda place: (-all_[place], place))[:wanted]
    assert found == sorted(range(len(all_)), key=lambda place: (-all_[place], place))[:wanted]


@given(st.lists(st.integers(0, 5), max_size=30), st.data())
def test_copies_are_counted_among_what_was_found(marks: list[int], data: st.DataObject) -> None:
    numbers = range(len(marks))
    found = sorted(data.draw(st.sets(st.sampled_from(numbers)))) if marks else []
    groups = DuplicateClusters(np.array(marks, np.uint64))
    copies = [[other for other in numbers if other == n or (marks[n] and marks[other] == marks[n])] for n in numbers]
    assert [[n for n in numbers if group == groups.of([n])[0]] for group in groups.of(numbers)] == copies
    counts = groups.count(groups.of(numbers), np.array(found, np.intp))
    assert counts == [sum(other in found for other in each) for each in copies]
    assert groups.sizes(groups.of(numbers)) == [*map(len, copies)]
