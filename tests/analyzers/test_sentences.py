from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit_analyzers.sentences import sentence_ends
from tests.conftest import TESTS, cases


@pytest.mark.parametrize(("marked",), cases(TESTS / "analyzers" / "sentences.txt"))
def test_examples(marked: str) -> None:
    sentences = marked.split("¦")
    text = "".join(sentences)
    assert [text[:end] for end in sentence_ends(text)] == ["".join(sentences[: n + 1]) for n in range(len(sentences))]


def test_lines_end_whatever_stands_before() -> None:
    assert sentence_ends("Мазмұны\n\n  1-тарау, 2022 г.\nүй\n").tolist() == [11, 28, 31, 31]


@given(st.text(st.sampled_from("аБ г.!?«» \n-1Ә")))
def test_ends_ascend_to_the_end(text: str) -> None:
    ends = sentence_ends(text).tolist()
    assert ends == sorted(ends)
    assert ends[-1] == len(text)
