"""What is brought to one spelling once stays so, and grows no longer."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit_analyzers.normalize import IGNORABLE, clean, fold, one_script
from tests.analyzers.test_tokens import LETTERS, OTHERS

words = st.one_of(st.text(LETTERS + OTHERS, max_size=30), st.text(max_size=30))


@settings(max_examples=500)
@given(words)
def test_a_clean_word_is_clean(word: str) -> None:
    cleaned = clean(word)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert len(cleaned) <= len(unicodedata.normalize("NFC", word))


@given(words)
def test_a_folded_word_is_folded(word: str) -> None:
    folded = fold(clean(word))
    assert fold(folded) == folded
    assert len(folded) == len(clean(word)) + clean(word).count("İ")  # the one letter with a longer lower case


@settings(max_examples=500)
@given(words)
def test_a_piece_of_one_script_stays_whole(word: str) -> None:
    for piece in one_script(clean(word)):
        assert one_script(piece) == [piece]


@pytest.mark.parametrize("mark", IGNORABLE)
def test_a_mark_inside_a_letter_of_two_code_points_goes(mark: str) -> None:
    assert clean(f"мои{mark}\u0306") == "мой"


@pytest.mark.parametrize("mark", "\u0300\u0301")
def test_stress_is_no_part_of_a_letter(mark: str) -> None:
    assert clean(f"ме{mark}сто И{mark}мя") == "место Имя"
