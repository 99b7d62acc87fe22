from __future__ import annotations

import pytest

from searchkit_analyzers import ANALYZER, analyze, is_function_word
from searchkit_analyzers.languages import detector
from tests.conftest import TESTS, cases


@pytest.mark.parametrize(("text", "expected"), cases(TESTS / "analyzers" / "languages" / "languages.txt"))
def test_language_of_each_word(text: str, expected: str) -> None:
    assert " ".join(f"{token.surface}/{token.language}" for token in analyze(text)) == expected


def test_paragraphs_are_told_apart() -> None:
    text = "Жаңа мектеп ашылды.\nОткрылась новая школа."
    assert [token.language for token in analyze(text)] == ["kk"] * 3 + ["ru"] * 3


def test_what_tells_nothing_takes_the_default() -> None:
    assert [token.language for token in analyze("Астана", default="kk")] == ["kk"]
    assert [token.language for token in analyze("Астана", default="ru")] == ["ru"]


def test_a_query_that_tells_nothing_is_analysed_in_both_languages() -> None:
    (token,) = ANALYZER.analyze_query("Астананы")
    assert token.language == ""
    (kazakh,) = analyze("Астананы", "kk")
    (russian,) = analyze("Астананы", "ru")
    assert set(token.lemmas) == {*kazakh.lemmas, *russian.lemmas}


def test_a_query_that_tells_is_analysed_in_its_language() -> None:
    assert {token.language for token in ANALYZER.analyze_query("кто подписал указ президента")} == {"ru"}
    assert {token.language for token in ANALYZER.analyze_query("жарлыққа кім қол қойды")} == {"kk"}


@pytest.mark.parametrize("text", ["", "2024", "100 %", "Apple iPhone", "₸ – «»"])
def test_what_is_not_cyrillic_has_no_language(text: str) -> None:
    assert ANALYZER.language(text) == ""


@pytest.mark.parametrize(
    ("text", "language"),
    [("мектеп", "kk"), ("школа", "ru"), ("калай барам", "kk"), ("где это", "ru"), ("министр обороны", "ru")],
)
def test_a_short_text_gets_the_likelier_language(text: str, language: str) -> None:
    assert ANALYZER.language(text) == language


def test_words_of_other_languages_are_only_folded() -> None:
    text = "Без иртәгә Мәктәпкә барабыз һәм китаплар алып кайтабыз."
    assert ANALYZER.language(text) == ""
    assert [(token.lemmas, token.coarse) for token in analyze(text)][2] == (("мәктәпкә",), ())


def test_short_lines_of_a_text_in_another_language_are_in_it_too() -> None:
    text = "Бүгүн аба ырайы жакшы болгондуктан, балдар көчөдө ойноп жүрүшөт.\nКыргыз тили"
    assert {token.language for token in analyze(text)} == {""}


def test_an_index_records_what_languages_are_known_by() -> None:
    assert detector.fingerprint() in ANALYZER.versions["text"]


@pytest.mark.parametrize("word", ["және", "үшін", "для", "Который", "по"])
def test_function_words(word: str) -> None:
    assert is_function_word(word)
    assert not is_function_word("мектеп")
