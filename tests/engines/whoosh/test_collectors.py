"""The top k agree with a full sort, for few and for many scores."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from searchkit.engines.whoosh.search.collectors import top_k

SCORES = st.lists(st.floats(0, 20, width=16), min_size=1, max_size=40)


@given(SCORES, st.integers(0, 60), st.sampled_from([1, 7, 1_000]), st.randoms(use_true_random=False))
def test_top_k_agrees_with_a_full_sort(scores: list[float], k: int, times: int, rng: object) -> None:
    keys = scores * times
    rng.shuffle(keys)  # type: ignore[attr-defined]
    indices = top_k(np.array(keys), k, [lambda indices: -indices])
    found = sorted(indices.tolist(), key=lambda index: (-keys[index], index))[:k]
    assert found == sorted(range(len(keys)), key=lambda index: (-keys[index], index))[:k]
