"""Positions decode to the same lists, few at a time or many at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.formats import Positions

from searchkit.engines.whoosh.codec.posting_list import PostingList, concatenate_blocks, smallest

LONG = 20
"""More steps than numpy decodes."""
AT = st.integers(0, 300) | st.integers(0, 70_000) | st.integers(0, 2**31 - 1)
LISTS = st.lists(st.lists(AT, min_size=1, max_size=LONG, unique=True).map(sorted), min_size=1, max_size=12)


def postings(lists: list[list[int]]) -> PostingList:
    """Return the postings of a term at those positions in documents 0, 1 and so on."""
    values = [Positions().encode(each) for each in lists]
    return concatenate_blocks([([0] + [1] * (len(lists) - 1), [1.0] * len(lists), values)])


@pytest.mark.parametrize("times", [1, 100], ids=["few", "many"])
@given(LISTS)
def test_positions_round_trip(times: int, lists: list[list[int]]) -> None:
    found = postings(lists * times).positions_array(np.arange(times * len(lists)))
    assert found.lengths.tolist() == [*map(len, lists)] * times
    assert found.values.tolist() == [at for each in lists for at in each] * times


@given(LISTS, st.data())
def test_positions_in_some_of_many_documents(lists: list[list[int]], data: st.DataObject) -> None:
    all_ = lists * 200
    chosen = data.draw(st.sets(st.integers(0, len(all_) - 1), min_size=1, max_size=10))
    wanted = np.array(sorted({*chosen, *range(150)}))
    found = postings(all_).positions_array(wanted)
    assert found.values.tolist() == [at for place in wanted.tolist() for at in all_[place]]


def test_positions_that_are_no_numbers() -> None:
    whole = postings([[5]] * 200)
    damaged = whole._replace(values=whole.values.replace(b"K", b"?"))
    with pytest.raises(ValueError, match="no numbers"):
        damaged.positions_array(np.arange(200))


@given(st.lists(st.integers(0, 2**40)))
def test_smallest_integer_type(numbers: list[int]) -> None:
    small = smallest(np.array(numbers, np.int64))
    assert small.tolist() == numbers
    assert small.itemsize == np.min_scalar_type(max(numbers, default=0)).itemsize
