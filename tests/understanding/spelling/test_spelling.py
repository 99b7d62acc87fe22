"""Queries are corrected as queries.txt says, by the words of words.txt."""

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
from searchkit.understanding.spelling.edits import Edit, Replacement, apply_edits
from searchkit_analyzers import analyze
from tests.conftest import cases

HERE = Path(__file__).parent
WORDS = {word: int(documents) for word, documents in cases(HERE / "words.txt")}


def dictionary(words: dict[str, int]) -> WordDictionary:
    """Return the dictionary of an index that has each word in documents of its own."""
    frequencies: Counter[str] = Counter()
    for word, documents in words.items():
        for lemma in {lemma for token in analyze(word) for lemma in token.lemmas}:
            frequencies[lemma] += documents
    known = (WordStats(word, frequency, words.get(word, 0)) for word, frequency in frequencies.items())
    return WordDictionary([SegmentWords(pack_words(known))])


CORRECT = SpellingCorrector(dictionary(WORDS))


def words(query: Query) -> str:
    return " ".join(leaf.text for leaf in query.leaves)


def reported(text: str) -> str:
    corrections = CORRECT(parse(text)).corrections
    return "; ".join(f"{c.typed} > {c.understood} ({c.kind})" for c in corrections) or "-"


@pytest.mark.parametrize(("typed", "corrected", "corrections"), cases(HERE / "queries.txt"))
def test_queries_are_corrected(typed: str, corrected: str, corrections: str) -> None:
    assert (CORRECT(parse(typed)).text, reported(typed)) == (corrected, corrections)


def test_the_typed_text_stays_the_text_of_the_query() -> None:
    assert CORRECT(parse("казакстан")).query.text == "казакстан"


def test_filters_stay() -> None:
    condition = FieldFilter("language", "kk")
    corrected = CORRECT(parse("казакстан").within(condition)).query
    assert words(corrected) == "қазақстан"
    assert condition in corrected.root.must


def test_a_rare_word_stays_as_a_variant() -> None:
    (leaf,) = CORRECT(parse("казак тили")).query.leaves[:1]
    weights = dict(leaf.variants)  # type: ignore[union-attr]
    assert leaf.text == "қазақ"
    assert weights["казак"] > 1


def test_an_index_without_words_corrects_nothing() -> None:
    corrected = SpellingCorrector(WordDictionary([SegmentWords(b"")]))(parse("казакстан ghtpbltyn"))
    assert words(corrected.query) == "казакстан ghtpbltyn"
    assert not corrected.corrections


@given(st.text(max_size=300))
def test_any_query_is_accepted(text: str) -> None:
    assert CORRECT(parse(text)).query.text == text


@given(st.sampled_from("абвқңxyz;[0'-ё"), st.integers(1, 5_000))
def test_absurd_words_are_left_alone(letter: str, times: int) -> None:
    assert not any(c.kind == "typo" for c in CORRECT(parse(letter * times)).corrections if times > 30)


@given(st.text("абвгдезклмнопрстқғңabcdxyz0123;[]", min_size=1, max_size=20))
def test_an_exact_word_is_never_corrected(word: str) -> None:
    assert not CORRECT(parse(f"!{word}")).corrections


@given(st.lists(st.sampled_from(sorted(word for word, documents in WORDS.items() if documents > 3)), min_size=3))
def test_frequent_words_stay(known: list[str]) -> None:
    query = " ".join(known)
    assert CORRECT(parse(query)).text == query


def test_a_corrected_query_in_capitals_gets_no_operators() -> None:
    edited = apply_edits(parse("ЗАКОН И ПОРЯДАК"), [Edit(8, 15, Replacement("Порядок", "typo"))])
    assert edited.root == parse("ЗАКОН И ПОРЯДОК").root
