"""The public methods of `KAZAKH`: terms, versions, explanations, words of any shape."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit_analyzers.analyzer import ANALYZER
from searchkit_analyzers.kazakh import KAZAKH
from searchkit_analyzers.kazakh.inflection import inflect
from searchkit_analyzers.kazakh.roots import read_roots
from searchkit_analyzers.normalize import clean
from searchkit_analyzers.token import Terms

LETTERS = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"

words = st.one_of(st.text(max_size=60), st.text(LETTERS, max_size=60), st.sampled_from(list(read_roots())))


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


@pytest.mark.parametrize("word", ["а", "ат", "hello", "2024", "ёлка", "", "ывлджфыв", "қ", "ьъ", "сөз-сөз"])
def test_a_word_without_kazakh_inflection_comes_back(word: str) -> None:
    assert KAZAKH.stem(word) == word.replace("ё", "е")


@pytest.mark.parametrize(
    ("word", "stem"),
    [("ҚАЛА", "қала"), ("Балаларымызға", "бала"), ("АССАМБЛЕЯСЫНДАҒЫЛАРДЫҢ", "ассамблея"), ("Маған", "мен")],
)
def test_words_may_have_any_case_and_normal_form(word: str, stem: str) -> None:
    assert KAZAKH.stem(word) == stem == KAZAKH.stem(unicodedata.normalize("NFD", word))
    assert KAZAKH.explain(word) == KAZAKH.explain(word.lower())
    assert KAZAKH.readings(word)[0].stem == word.lower()
    assert KAZAKH.knows(word)


@pytest.mark.parametrize("word", ["а" * 10_000, "дан" * 16, "ларымыздағы" * 4, "ында" * 12, "ы" * 48, "балалар" * 900])
def test_absurd_words_have_few_readings(word: str) -> None:
    assert KAZAKH.stem(word)
    assert len(KAZAKH.readings(word)) < 100


def test_explain_shows_suffixes_laws_and_costs() -> None:
    best = KAZAKH.explain("кітаптарындағы")[0]
    assert best.analysis == "кітап+PL+3.POSS+ATTR"
    assert best.morphs == ("тар", "ы", "ндағы")
    law = next(reading for reading in KAZAKH.explain("кітабы") if reading.stem == "кітап")
    assert law.laws == ("п~б",)
    assert [reading.cost for reading in KAZAKH.explain("кітабы")] == sorted(r.cost for r in KAZAKH.explain("кітабы"))


def test_explain_of_an_irregular_word() -> None:
    assert KAZAKH.explain("маған")[0].analysis == "мен+IRREGULAR"


@given(words)
def test_any_text_has_few_stems_and_one_coarse_key(word: str) -> None:
    stems = KAZAKH.stems(word)
    terms = KAZAKH.terms(clean(word).lower())
    assert 1 <= len(stems) == len(set(stems)) <= 4
    assert (terms.lemmas, terms.coarse) == (stems, (stems[0][:5] + "-",))
    assert {stem for stem, _ in terms.doubts} <= set(stems) and all(0 <= likely < 1 for _, likely in terms.doubts)


@settings(max_examples=500)
@given(st.text(LETTERS, min_size=1, max_size=48))
def test_the_stem_of_a_word_is_never_empty(word: str) -> None:
    stem = KAZAKH.stem(word)
    assert stem and len(stem) <= len(word) + 2


@pytest.mark.parametrize("query", ["1846 жылы", "қай жылы туған", "Осы жылы", "2024 жылы болған сайлау"])
def test_a_word_before_a_homograph_tells_its_stem(query: str) -> None:
    token = next(token for token in ANALYZER.analyze_query(query) if token.surface == "жылы")
    assert "жыл" in token.lemmas
    assert not token.doubts


@pytest.mark.parametrize("query", ["жылы", "жылы су", "мұхиттың жылы бөлігі"])
def test_a_homograph_by_itself_keeps_its_doubts(query: str) -> None:
    token = next(token for token in ANALYZER.analyze_query(query) if token.surface == "жылы")
    assert [stem for stem, _ in token.doubts] == ["жыл"]


def test_a_stem_of_an_unlisted_word_is_doubted_less_than_of_a_listed_one() -> None:
    (_, of_unlisted), *_ = KAZAKH.terms("бабаджа").doubts
    (_, of_listed), *_ = KAZAKH.terms("шығармасы").doubts
    assert 1 > of_unlisted > of_listed > 0


@pytest.mark.parametrize(
    ("stem", "ending", "form"),
    [("шоқан", "нын", "шоқанның"), ("жұлын", "нын", "жұлынның"), ("қайыр", "дын", "қайырдың")],
)
def test_endings_typed_without_kazakh_letters_have_one_spelling(stem: str, ending: str, form: str) -> None:
    assert [*inflect(stem, ending)] == [form]


@pytest.mark.parametrize(
    ("word", "first"), [("аспап", "аспап"), ("асу", "асу"), ("алаң", "алаң"), ("монтажда", "монтаж")]
)
def test_a_listed_noun_is_its_own_first_stem(word: str, first: str) -> None:
    assert KAZAKH.stem(word) == first
    assert KAZAKH.terms(word).coarse == (f"{first[:5]}-",)
