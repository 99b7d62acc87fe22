"""Packed lists hold any numbers, in few bytes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.engines.whoosh.codec.packed_ints import Unpacker, pack

NUMBERS = st.sampled_from([0, 1, 2, 3, 14, 15, 16, 254, 255, 256, 65_534, 65_535, 2**31 - 1]) | st.integers(
    0, 2**31 - 1
)
LISTS = st.lists(st.lists(NUMBERS, max_size=20) | st.lists(st.integers(0, 3), max_size=70), max_size=4)


@given(LISTS, st.binary(max_size=3))
def test_lists_follow_one_another(lists: list[list[int]], before: bytes) -> None:
    content = before + b"".join(pack(np.array(each, np.int64)) for each in lists)
    unpacker = Unpacker(memoryview(content), len(before))
    assert [unpacker.take(len(each)).tolist() for each in lists] == lists
    assert unpacker.offset == len(content)


@pytest.mark.parametrize("bits", [1, 2, 4, 8, 16])
def test_a_number_in_a_thousand_may_be_large(bits: int) -> None:
    numbers = np.arange(8_000) % ((1 << bits) - 1)
    numbers[::1_000] = 2**31 - 1
    content = pack(numbers)
    assert len(content) <= 8_000 * bits // 8 + 8 * 4 + 6
    assert Unpacker(content).take(8_000).tolist() == numbers.tolist()


def test_equal_numbers_take_no_room() -> None:
    assert len(pack(np.full(100_000, 7))) == 6
    assert Unpacker(pack(np.full(100_000, 7))).take(100_000).tolist() == [7] * 100_000


@pytest.mark.parametrize("number", [-1, 2**31])
def test_other_numbers_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match="cannot be packed"):
        pack(np.array([5, number]))
