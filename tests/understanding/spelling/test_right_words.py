"""Right words stay, whatever else an index has: the cases of right_words.txt."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit.query.parser import parse
from searchkit.understanding.spelling import listed_words
from searchkit.understanding.spelling.corrector import SpellingCorrector
from searchkit.understanding.spelling.known_words import is_known
from searchkit.understanding.spelling.listed_words import is_listed, listed_from
from searchkit.understanding.spelling.surnames import is_surname
from tests.conftest import cases
from tests.understanding.spelling.test_spelling import dictionary


@pytest.mark.parametrize(("typed", "words", "corrections"), cases(Path(__file__).with_name("right_words.txt")))
def test_right_words_stay(typed: str, words: str, corrections: str) -> None:
    index = dictionary({**dict.fromkeys(words.split(", "), 50), "және": 20_000})
    corrected = SpellingCorrector(index)(parse(typed))
    reported = "; ".join(f"{each.typed} > {each.understood} ({each.kind})" for each in corrected.corrections)
    assert (reported or "-") == corrections


@pytest.mark.parametrize("word", "дәрігерлер сүзгілеудің финляндиялық кентауский аңғармады жұмағалиев".split())
def test_lists_dictionaries_and_grammars_know_words_in_all_forms(word: str) -> None:
    assert is_known(word)


def test_the_words_of_the_lists_stand_in_a_file() -> None:
    assert listed_words._lines() == listed_words.all_words(), "run: python analyzers/tools/list_names.py"
    assert is_listed("алматы")
    assert is_listed("азық-түлік")
    assert not any(map(is_listed, ("", "алмат", "лматы", "азық-түлі", "алматы дәрігер")))


def test_the_file_is_left_alone_once_a_list_was_edited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listed_words, "_lines", lambda: None)
    assert is_listed("алматы")
    assert not is_listed("алмат")
    assert not is_listed("")


@pytest.mark.parametrize("word", "президнт қазақстсан мұвнай казакстан энергетикарлық".split())
def test_misspelt_words_are_unknown(word: str) -> None:
    assert not is_known(word)


@pytest.mark.parametrize(
    ("word", "is_capitalized", "expected"),
    [
        ("бозумбаевқа", False, True),
        ("тұрсынәліұлының", False, True),
        ("рыбакиной", True, True),
        ("рыбакиной", False, False),
        ("рахмановым", True, True),
        ("парлемент", True, False),
    ],
)
def test_surnames_are_told_by_their_endings(word: str, is_capitalized: bool, expected: bool) -> None:
    assert is_surname(word, is_capitalized) is expected


def test_a_users_synonyms_are_right() -> None:
    index = dictionary({"тамшы": 50, "және": 20_000})
    assert SpellingCorrector(index)(parse("тымшы")).corrections
    assert not SpellingCorrector(index, frozenset({"тымшы"}))(parse("тымшы")).corrections


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("екпе алу", True),
        ("боксер", True),
        ("алматы", True),
        ("қазмұнайгаз", True),
        ("екпе", True),
        ("екп", False),
        ("an", False),  # but in the comments at their top
        ("is", False),
        ("", False),
    ],
)
def test_the_lists_have_whole_words_in_any_capitals(word: str, expected: bool) -> None:
    assert is_listed(word) is expected


def test_lists_name_the_first_words_of_their_lines() -> None:
    assert "дәрігер" in listed_from("дәрігер")
    assert list(listed_from("ззз")) == []


def test_a_word_that_is_right_without_kazakh_letters_is_not_replaced_by_a_rare_one() -> None:
    correct = SpellingCorrector(dictionary({"өкпе": 50, "рағы": 3, "және": 20_000}))
    assert correct(parse("укпе рагы")).text == "өкпе рагы"
