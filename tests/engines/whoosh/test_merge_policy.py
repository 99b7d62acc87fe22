"""The merge policy selects full tiers, and keeps the number of segments bounded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.engines.whoosh.indexing import merge_policy


class Sized:
    """A segment reduced to its sizes."""

    def __init__(self, size: int, deleted: int = 0) -> None:
        self.size, self.live_count = size, size - deleted


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([], []),
        ([1, 1, 1], []),
        ([1, 2, 3, 1], [[1, 2, 3, 1]]),
        ([1, 2, 3, 4], []),
        ([1, 1, 1, 1, 5, 6, 7, 8], [[1, 1, 1, 1], [5, 6, 7, 8]]),
        ([10_000] * 7 + [1, 1], []),
        ([10_000] * 8, [[10_000] * 8]),
    ],
)
def test_a_full_tier_becomes_one_segment(sizes: list[int], expected: list[list[int]]) -> None:
    groups = merge_policy.find_merges([Sized(size) for size in sizes])
    assert [[segment.live_count for segment in group] for group in groups] == expected


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([], []),
        ([14_000], []),
        ([6_000, 8_000], [6_000, 8_000]),
        ([1, 20_000], []),
        ([8_000, 20_000, 9_000, 300_000], [8_000, 9_000, 20_000]),
        ([200_000, 100_000], []),
    ],
)
def test_a_long_run_leaves_few_segments(sizes: list[int], expected: list[int]) -> None:
    chosen = merge_policy.find_final_merge([Sized(size) for size in sizes])
    assert [segment.live_count for segment in chosen] == expected


@given(st.lists(st.integers(0, 11), min_size=1, max_size=40))
def test_a_handful_of_segments_for_each_power_of_four(exponents: list[int]) -> None:
    """Unless a tier is overfull, segments number at most twice the room of all used tiers."""
    segments = [Sized(4**exponent) for exponent in exponents]
    used = {min(exponent, 8) for exponent in exponents}
    assert merge_policy.is_overfull(segments) or len(segments) < 16 * len(used)
