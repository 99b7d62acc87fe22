from __future__ import annotations

import pytest

from searchkit_analyzers import ANALYZER, analyze, is_function_word
from searchkit_analyzers.dates import names
from searchkit_analyzers.languages import detector
from tests.conftest import TESTS, cases


@pytest.mark.parametrize(("text", "expected"), cases(TESTS / "analyzers" / "languages" / "languages.txt"))
def test_language_of_each_word(text: str, expected: str) -> None:
    assert " ".join(f"{token.surface}/{token.language}" for token in analyze(text)) == expected


def test_paragraphs_are_told_apart() -> None:
    text = "Жаңа мектеп ашылды.\nОткрылась новая школа."
    assert [token.language for token in analyze(text)] == ["kk"] * 3 + ["ru"] * 3


def test_text_without_evidence_takes_the_default() -> None:
    assert [token.language for token in analyze("Астана", default="kk")] == ["kk"]
    assert [token.language for token in analyze("Астана", default="ru")] == ["ru"]


def test_a_query_without_evidence_is_analyzed_in_both_languages() -> None:
    (token,) = ANALYZER.analyze_query("Астананы")
    assert token.language == ""
    (kazakh,) = analyze("Астананы", "kk")
    (russian,) = analyze("Астананы", "ru")
    assert set(token.lemmas) == {*kazakh.lemmas, *russian.lemmas}


def test_a_query_with_evidence_is_analyzed_in_its_language() -> None:
    assert {token.language for token in ANALYZER.analyze_query("кто подписал указ президента")} == {"ru"}
    assert {token.language for token in ANALYZER.analyze_query("жарлыққа кім қол қойды")} == {"kk"}


@pytest.mark.parametrize("text", ["", "2024", "100 %", "Apple iPhone", "₸ – «»"])
def test_text_without_evidence_has_no_language(text: str) -> None:
    assert ANALYZER.language(text) == ""


@pytest.mark.parametrize(
    "text", ["The quick brown fox jumped over the fence.", "How to vote", "What is the capital of Kazakhstan?"]
)
def test_english_text_is_english(text: str) -> None:
    assert ANALYZER.language(text) == "en"


@pytest.mark.parametrize(
    "text",
    ["Die Kinder sind in der Schule", "Je ne sais pas", "Men mektepke baramyn", "Bugun maktabga boramiz", "Nur Otan"],
)
def test_other_text_in_latin_letters_is_not_english(text: str) -> None:
    assert ANALYZER.language(text) != "en"


def test_short_lines_of_an_english_text_are_english_too() -> None:
    text = "Astana Daily\nThe president met the ministers and talked about the budget of the country."
    assert {token.language for token in analyze(text)} == {"en"}
    assert {token.language for token in analyze("Astana Daily", default="en")} == {"en"}
    assert {token.language for token in analyze("Astana Daily", default="kk")} == {""}


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


def test_versions_contain_the_fingerprint_of_the_detection_data() -> None:
    assert detector.fingerprint() in ANALYZER.versions["text"]


def test_versions_contain_the_fingerprint_of_the_words_of_dates() -> None:
    assert names.fingerprint() in ANALYZER.versions["text"]


@pytest.mark.parametrize("word", ["және", "үшін", "для", "Который", "по"])
def test_function_words(word: str) -> None:
    assert is_function_word(word)
    assert not is_function_word("мектеп")
