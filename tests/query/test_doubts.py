"""Doubtful stems of a query word weigh less, or are not asked for."""

import pytest

from searchkit.query.nodes import WordGroup
from searchkit.query.parser import parse


def group(word: str) -> WordGroup:
    (leaf,) = parse(word).leaves
    assert isinstance(leaf, WordGroup)
    return leaf


@pytest.mark.parametrize(
    ("word", "lemma"), [("қаламыз", "қал"), ("Қырым", "қыр"), ("жылы", "жыл"), ("арыстан", "арыс")]
)
def test_a_second_stem_weighs_less(word: str, lemma: str) -> None:
    assert 0 < group(word).weight_of(lemma) < 1 == group(word).weight_of(group(word).lemmas[0])


@pytest.mark.parametrize("word", ["қарағай", "майдан", "сатушы"])
def test_a_listed_word_asks_for_itself(word: str) -> None:
    assert group(word).lemmas == (word,)


@pytest.mark.parametrize(
    ("word", "other"), [("Семей", "семья"), ("Мерке", "мерка"), ("Дана", "дать"), ("Сауле", "саул"), ("сана", "сан")]
)
def test_a_listed_word_takes_no_lemma_of_the_other_language(word: str, other: str) -> None:
    assert word.lower() in group(word).lemmas and other not in group(word).lemmas


def test_a_word_that_no_language_has_keeps_all_lemmas() -> None:
    assert {"стать", "стали"} <= set(group("стали").lemmas)


@pytest.mark.parametrize(("word", "lemma"), [("КарТУ", "карту"), ("КазНУ", "казну"), ("ҚазҰУ", "қазұу")])
def test_an_abbreviation_with_small_letters_has_no_stems(word: str, lemma: str) -> None:
    assert group(word).lemmas == (lemma,)
    assert group(word).coarse == ()
