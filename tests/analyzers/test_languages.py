from __future__ import annotations

import pytest

from searchkit_analyzers import ANALYZER, analyze, is_function_word
from tests.conftest import TESTS, cases


@pytest.mark.parametrize(("text", "expected"), cases(TESTS / "analyzers" / "languages.txt"))
def test_language_of_each_word(text: str, expected: str) -> None:
    assert " ".join(f"{token.surface}/{token.language}" for token in analyze(text)) == expected


def test_paragraphs_are_told_apart() -> None:
    text = "Жаңа мектеп ашылды.\nОткрылась новая школа."
    assert [token.language for token in analyze(text)] == ["kk"] * 3 + ["ru"] * 3


def test_what_tells_nothing_takes_the_default() -> None:
    assert [token.language for token in analyze("Астана", default="kk")] == ["kk"]
    assert [token.language for token in analyze("Астана", default="ru")] == ["ru"]


def test_a_question_that_tells_nothing_is_analysed_in_both_languages() -> None:
    (token,) = ANALYZER.analyze_question("Астананы")
    assert token.language == ""
    (kazakh,) = analyze("Астананы", "kk")
    (russian,) = analyze("Астананы", "ru")
    assert set(token.lemmas) == {*kazakh.lemmas, *russian.lemmas}


def test_a_question_that_tells_is_analysed_in_its_language() -> None:
    assert {token.language for token in ANALYZER.analyze_question("кто подписал указ президента")} == {"ru"}
    assert {token.language for token in ANALYZER.analyze_question("жарлыққа кім қол қойды")} == {"kk"}


@pytest.mark.parametrize("word", ["және", "үшін", "для", "Который", "по"])
def test_function_words(word: str) -> None:
    assert is_function_word(word)
    assert not is_function_word("мектеп")
