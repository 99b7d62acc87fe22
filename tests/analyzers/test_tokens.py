from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit_analyzers import ANALYZER, analyze
from tests.conftest import TESTS, cases

LETTERS = "абвёйқәіһңaxi.,-–'’«»\"() \n0123456789%№ХVI\u0301\u00ad\u200b\u0306½²@:/"


@pytest.mark.parametrize(("text", "positions"), cases(TESTS / "analyzers" / "tokens.txt"))
def test_positions(text: str, positions: str) -> None:
    assert [token.forms for token in analyze(text)] == [tuple(p.split(",")) for p in positions.split()]


def test_latin_accents_stay() -> None:
    assert [token.forms for token in analyze("cafe\u0301 café")] == [("café",), ("café",)]


@pytest.mark.parametrize(
    "unit", ["А. ", "«Иә», деді. ", "Президент сказал: «Это важно» и ушёл. ", "1 000 ", "a.b@", "С. т.б. "]
)
def test_repetition_takes_time_by_length(unit: str) -> None:
    assert sum(1 for _ in analyze(unit * 20_000)) >= 20_000


def test_nfd_is_read_as_nfc() -> None:
    decomposed = unicodedata.normalize("NFD", "майор ёлка")
    assert [token.forms for token in analyze(decomposed)] == [("майор",), ("елка",)]


@given(st.one_of(st.text(st.sampled_from(LETTERS), max_size=80), st.text(max_size=60)))
def test_offsets_point_into_the_raw_text(text: str) -> None:
    tokens = list(analyze(text))
    for number, token in enumerate(tokens):
        assert token.position == number
        assert 0 <= token.start < token.end <= len(text)
        assert token.surface == text[token.start : token.end]
        assert token.forms
        assert all(token.forms)
        assert set(token.forms) <= set(token.lemmas)
    starts = [token.start for token in tokens]
    assert starts == sorted(starts)


@given(st.text(max_size=60))
def test_a_word_is_found_alone_as_it_is_in_a_text(text: str) -> None:
    for token in ANALYZER.analyze(text, "kk"):
        assert token.lemmas


@pytest.mark.parametrize("letter", ["а", "ә", "1", "-", "a", "'", "\u0301", "I", ".", "т.", " 000", "а-"])
def test_a_very_long_run_is_one_bounded_term(letter: str) -> None:
    text = letter * 200_000
    check_bounds(text)


@pytest.mark.parametrize("letter", ["a", "ә", "1", "a/", "a."])
def test_a_very_long_address_is_bounded_too(letter: str) -> None:
    check_bounds("https://" + letter * 200_000)


def check_bounds(text: str) -> None:
    terms = [term for token in analyze(text) for term in (*token.lemmas, *token.coarse)]
    assert all(len(term) <= 300 for term in terms)
