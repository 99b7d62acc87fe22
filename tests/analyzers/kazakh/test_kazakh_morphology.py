"""What the rest of searchkit relies on: terms, keys, versions, endings after a hyphen, absurd words."""

import time
from pathlib import Path

import pytest

import searchkit_analyzers.kazakh as kazakh
from searchkit_analyzers.kazakh import KAZAKH, is_suffix
from searchkit_analyzers.token import Terms


def test_terms_are_the_stem_and_its_first_five_letters() -> None:
    assert KAZAKH.terms("мемлекетіміздің") == Terms(("мемлекет",), ("мемле-",))
    assert KAZAKH.terms("елге") == Terms(("ел",), ("ел-",))


def test_language_and_version() -> None:
    assert KAZAKH.language == "kk"
    number, fingerprint = KAZAKH.version.split("+")
    assert number.isdigit() and len(fingerprint) == 8


def test_yo_is_folded() -> None:
    assert KAZAKH.stem("актёрлар") == "актер"
    assert KAZAKH.stem("актёр") == "актер"


@pytest.mark.parametrize("word", ["а", "ат", "hello", "2024", "ёлка", "", "ывлджфыв", "қ", "ҚАЛА", "ьъ", "сөз-сөз"])
def test_what_is_no_inflected_kazakh_word_comes_back(word: str) -> None:
    assert KAZAKH.stem(word) == word.replace("ё", "е")


@pytest.mark.parametrize("word", ["а" * 10_000, "дан" * 16, "ларымыздағы" * 4, "ында" * 12, "ы" * 48, "балалар" * 900])
def test_absurd_words_come_back_quickly(word: str) -> None:
    began = time.perf_counter()
    assert KAZAKH.stem(word)
    assert time.perf_counter() - began < 0.1


@pytest.mark.parametrize("ending", "ның пен мен да ға ші шы нші дағы ларының сы дан лық дікі ды".split())
def test_endings(ending: str) -> None:
    assert is_suffix(ending)


@pytest.mark.parametrize("word", [*"тау тас ел сіз біз қазақ шара ай xyz 5".split(), "", "ның" * 50])
def test_words_are_no_endings(word: str) -> None:
    assert not is_suffix(word)


def test_explain_tells_slots_laws_and_costs() -> None:
    best = KAZAKH.explain("кітаптарындағы")[0]
    assert best.analysis == "кітап+PL+3.POSS+ATTR"
    assert best.morphs == ("тар", "ы", "ндағы")
    law = next(reading for reading in KAZAKH.explain("кітабы") if reading.stem == "кітап")
    assert law.laws == ("п~б",)
    assert [reading.cost for reading in KAZAKH.explain("кітабы")] == sorted(r.cost for r in KAZAKH.explain("кітабы"))


def test_explain_of_an_irregular_word() -> None:
    assert KAZAKH.explain("маған")[0].analysis == "мен+IRREGULAR"


def test_stopwords_are_distinct_lower_case_words() -> None:
    lines = (Path(kazakh.__file__).with_name("stopwords.txt")).read_text("utf-8").splitlines()
    words = [line for line in lines if line and not line.startswith("#")]
    assert len(words) == len(set(words)) > 250
    assert all(word.isalpha() and word.islower() for word in words)
