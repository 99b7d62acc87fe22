"""The dictionary finds the packed words by skeleton, by prefix and by edits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from searchkit.lexicon.skeletons import MAX_WORD_LENGTH, decode, encode, skeleton, text_skeleton
from searchkit.lexicon.word_dictionary import WordDictionary
from searchkit.lexicon.word_table import SegmentWords, WordStats, pack_words

LETTERS = "абвғгқкңноөуұүиіыйеэjabcz-"
WORDS = st.text(LETTERS, min_size=1, max_size=MAX_WORD_LENGTH)
TABLES = st.dictionaries(st.text(LETTERS[:8], min_size=1, max_size=6), st.tuples(st.integers(1, 9), st.integers(0, 9)))


def stats(words: dict[str, tuple[int, int]]) -> list[WordStats]:
    return [WordStats(word, *frequencies) for word, frequencies in words.items()]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("казакстан", "қазақстан"), ("онер", "өнер"), ("унды", "үнді"), ("омир", "өмір"), ("каиран", "қайран")],
)
def test_letters_typed_for_one_another_have_one_skeleton(typed: str, meant: str) -> None:
    assert skeleton(typed) == skeleton(meant)


def test_words_with_other_characters_have_no_skeleton() -> None:
    assert skeleton("covid19") == skeleton("日本") == skeleton("") == b""


@given(WORDS)
def test_words_are_encoded_and_decoded(word: str) -> None:
    assert decode(encode(word)) == word


@given(TABLES)
def test_a_table_returns_its_words(words: dict[str, tuple[int, int]]) -> None:
    assert sorted(SegmentWords(pack_words(stats(words)))) == sorted(stats(words))


@given(TABLES, TABLES)
def test_frequencies_of_tables_add_up(one: dict[str, tuple[int, int]], other: dict[str, tuple[int, int]]) -> None:
    both = WordDictionary([SegmentWords(pack_words(stats(words))) for words in (one, other)])
    for word in one | other:
        counts = [words.get(word, (0, 0)) for words in (one, other)]
        assert both.find(word) == WordStats(word, sum(f for f, _ in counts), sum(w for _, w in counts))


@given(TABLES, st.text(LETTERS[:8], min_size=4, max_size=7))
def test_all_words_an_edit_away_are_found(words: dict[str, tuple[int, int]], typed: str) -> None:
    near = {
        found.word
        for found in WordDictionary([SegmentWords(pack_words(stats(words)))]).within_edits(skeleton(typed), 1)
    }
    assert near == {word for word in words if OSA.distance(skeleton(word), skeleton(typed)) == 1}


@given(st.lists(TABLES, max_size=3), st.text(LETTERS[:8], min_size=1, max_size=3))
def test_all_words_with_a_prefix_are_found(tables: list[dict[str, tuple[int, int]]], prefix: str) -> None:
    dictionary = WordDictionary([SegmentWords(pack_words(stats(words))) for words in tables])
    expected = {
        word
        for words in tables
        for word, (_, written) in words.items()
        if written and skeleton(word).startswith(skeleton(prefix))
    }
    assert {found.word for found in dictionary.with_prefix(skeleton(prefix), 99)} == expected


@pytest.mark.parametrize(
    ("one", "other"), [("Қазақ елі", "казак ели"), ("«Ёлка»: 2024!", "елка 2024"), ("Ірі   сөз", "ири соз")]
)
def test_texts_that_look_alike_have_one_skeleton(one: str, other: str) -> None:
    assert text_skeleton(one) == text_skeleton(other) != text_skeleton("Басқа сөз")


def test_frequencies_have_a_maximum() -> None:
    (found,) = SegmentWords(pack_words([WordStats("мен", 10**6, 10**6)]))
    assert found == WordStats("мен", 65_535, 65_535)


def test_words_with_other_characters_are_skipped() -> None:
    assert not list(SegmentWords(pack_words([WordStats(term, 1, 1) for term in ("~казах", "2022", "", "а" * 25)])))
