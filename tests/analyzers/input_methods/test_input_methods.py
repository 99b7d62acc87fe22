"""Text as people type it is converted to the spelling that was meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit_analyzers.input_methods.input_mode import InputMode, detect_input_mode
from searchkit_analyzers.input_methods.keyboards import on_other_layouts
from searchkit_analyzers.input_methods.letters import LETTER_CLASSES, in_base_letters, in_loose_letters
from searchkit_analyzers.input_methods.romanization import in_cyrillic, is_latin
from searchkit_analyzers.kazakh.inflection import inflect
from tests.conftest import cases

HERE = Path(__file__).parent


@pytest.mark.parametrize(("typed", "meant"), cases(HERE / "keyboards.txt"))
def test_keys_are_read_on_other_layouts(typed: str, meant: str) -> None:
    assert meant in on_other_layouts(typed)


@pytest.mark.parametrize("numeral", ["XIX", "I-II"])
def test_a_roman_numeral_is_on_no_other_layout(numeral: str) -> None:
    assert not on_other_layouts(numeral)


@pytest.mark.parametrize(("latin", "cyrillic"), cases(HERE / "romanization.txt"))
def test_latin_words_are_spelled_in_cyrillic(latin: str, cyrillic: str) -> None:
    assert cyrillic in in_cyrillic(latin)


@given(st.text(max_size=30))
def test_only_latin_words_have_cyrillic_spellings(word: str) -> None:
    spellings = in_cyrillic(word)
    assert not spellings or is_latin(word)
    assert len(set(spellings)) == len(spellings) <= 24


@pytest.mark.parametrize(("query", "mode"), cases(HERE / "input_modes.txt"))
def test_the_letters_of_a_query_tell_its_input_mode(query: str, mode: str) -> None:
    assert detect_input_mode(query) is InputMode[mode]


@pytest.mark.parametrize(("stem", "ending", "form"), cases(HERE / "inflections.txt"))
def test_endings_are_spelled_in_harmony_with_the_stem(stem: str, ending: str, form: str) -> None:
    assert form in inflect(stem, ending)


def test_a_letter_is_in_one_class_of_at_most_four() -> None:
    letters = "".join(LETTER_CLASSES)
    assert len(set(letters)) == len(letters)
    assert max(map(len, LETTER_CLASSES)) <= 4


def test_base_letters_replace_kazakh_ones() -> None:
    assert in_base_letters("қоңырау әйгілі") == "конырау айгили"
    assert in_loose_letters("әйгілі") == "аигили"
