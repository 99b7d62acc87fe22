"""Questions as people type them, and what is understood: questions.txt, over the words of words.txt."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.lexicon.word_dictionary import WordDictionary
from searchkit.lexicon.word_table import SegmentWords, WordStats, pack_words
from searchkit.query.nodes import FieldFilter
from searchkit.query.parser import Query, parse
from searchkit.understanding.spelling.corrector import SpellingCorrector
from searchkit_analyzers import analyze
from tests.conftest import cases

HERE = Path(__file__).parent
WORDS = {word: int(documents) for word, documents in cases(HERE / "words.txt")}


def vocabulary(words: dict[str, int]) -> WordDictionary:
    """Return a vocabulary as an index would have it, each word in documents of its own."""
    frequencies: Counter[str] = Counter()
    for word, documents in words.items():
        for lemma in {lemma for token in analyze(word) for lemma in token.lemmas}:
            frequencies[lemma] += documents
    known = (WordStats(word, frequency, words.get(word, 0)) for word, frequency in frequencies.items())
    return WordDictionary([SegmentWords(pack_words(known))])


REPAIR = SpellingCorrector(vocabulary(WORDS))


def words(query: Query) -> str:
    return " ".join(leaf.text for leaf in query.leaves)


def told(question: str) -> str:
    corrections = REPAIR(parse(question)).corrections
    return "; ".join(f"{c.typed} > {c.understood} ({c.kind})" for c in corrections) or "-"


@pytest.mark.parametrize(("typed", "understood", "corrections"), cases(HERE / "questions.txt"))
def test_questions(typed: str, understood: str, corrections: str) -> None:
    assert (REPAIR(parse(typed)).text, told(typed)) == (understood, corrections)


def test_what_was_typed_stays_the_text_of_the_question() -> None:
    assert REPAIR(parse("казакстан")).query.text == "казакстан"


def test_conditions_stay() -> None:
    condition = FieldFilter("language", "kk")
    repaired = REPAIR(parse("казакстан").within(condition)).query
    assert words(repaired) == "қазақстан"
    assert condition in repaired.root.must


def test_a_rare_word_stays_beside_what_is_understood() -> None:
    (leaf,) = REPAIR(parse("казак тили")).query.leaves[:1]
    weights = dict(leaf.variants)  # type: ignore[union-attr]
    assert leaf.text == "қазақ"
    assert weights["казак"] > 1


def test_an_index_without_a_table_repairs_nothing() -> None:
    repaired = SpellingCorrector(WordDictionary([SegmentWords(b"")]))(parse("казакстан ghtpbltyn"))
    assert words(repaired.query) == "казакстан ghtpbltyn"
    assert not repaired.corrections


@given(st.text(max_size=300))
def test_any_question_is_understood_somehow(text: str) -> None:
    assert REPAIR(parse(text)).query.text == text


@given(st.sampled_from("абвқңxyz;[0'-ё"), st.integers(1, 5_000))
def test_absurd_words_are_left_alone(letter: str, times: int) -> None:
    assert not any(c.kind == "typo" for c in REPAIR(parse(letter * times)).corrections if times > 30)


@given(st.text("абвгдезклмнопрстқғңabcdxyz0123;[]", min_size=1, max_size=20))
def test_an_exact_word_is_never_repaired(word: str) -> None:
    assert not REPAIR(parse(f"!{word}")).corrections


@given(st.lists(st.sampled_from(sorted(word for word, documents in WORDS.items() if documents > 3)), min_size=3))
def test_words_that_the_index_knows_well_stay(known: list[str]) -> None:
    question = " ".join(known)
    assert REPAIR(parse(question)).text == question
