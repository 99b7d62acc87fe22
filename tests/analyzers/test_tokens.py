from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searchkit_analyzers import ANALYZER, analyze, subwords, tokenizer
from searchkit_analyzers.normalize import clean, is_cyrillic, one_script
from searchkit_analyzers.tokenizer import LONGEST_WORD, Word, find_words
from tests.conftest import TESTS, cases

LETTERS = "абвёйқәіһңaxi.,-–'’«»\"() \n0123456789%№ХVI\u0301\u00ad\u200b\u0306½²@:/"
OTHERS = "ӊѳҝİıßǅéñﬁقازا٢ٴ漢字हि한😀👩🏽🇰🇿\u0300\u0308\u200c\u200d\u202e\u2060\ufe0f\ufeff\x00\xa0\u2028\U00010400"
WORDS = "Қазақстанның Алматы-2 премьер-министр 2024-ші Wi-Fi-ды 22.09.2022 К.-Ж. inform.kz Д’Артаньян XXI-дің".split()
texts = st.one_of(
    st.text(st.sampled_from(LETTERS + OTHERS), max_size=80),
    st.lists(st.one_of(st.sampled_from(WORDS), st.text(LETTERS + OTHERS, max_size=3)), max_size=12).map("".join),
    st.text(max_size=60),
)


@pytest.mark.parametrize(("text", "positions"), cases(TESTS / "analyzers" / "tokens.txt"))
def test_positions(text: str, positions: str) -> None:
    assert [token.forms for token in analyze(text)] == [tuple(p.split(",")) for p in positions.split()]


def test_latin_accents_stay() -> None:
    assert [token.forms for token in analyze("cafe\u0301 café")] == [("café",), ("café",)]


@pytest.mark.parametrize(
    "unit",
    [
        "А. ",
        "15 мая 2022 ",
        "2022 жылғы 15 ",
        "1.1.2022-",
        "«Иә», деді. ",
        "Президент сказал: «Это важно» и ушёл. ",
        "1 000 ",
        "a.b@",
        "С. т.б. ",
    ],
)
def test_repetition_takes_time_by_length(unit: str) -> None:
    assert sum(1 for _ in analyze(unit * 20_000)) >= 20_000


def test_nfd_is_read_as_nfc() -> None:
    decomposed = unicodedata.normalize("NFD", "майор ёлка")
    assert [token.forms for token in analyze(decomposed)] == [("майор",), ("елка",)]


@given(texts, st.sampled_from(["auto", "kk", "ru"]))
def test_offsets_point_into_the_raw_text(text: str, language: str) -> None:
    tokens = list(analyze(text, language))
    for number, token in enumerate(tokens):
        assert token.position == number
        assert 0 <= token.start < token.end <= len(text)
        assert token.surface == text[token.start : token.end]
        assert token.forms
        assert all(token.forms)
        assert set(token.forms) <= set(token.lemmas)
    starts = [token.start for token in tokens]
    assert starts == sorted(starts)


@given(texts)
def test_plain_words_and_kinds_told_apart_afterwards_make_no_difference(text: str) -> None:
    """Each word is matched by the pattern of its kind, in its place."""
    found = tokenizer._kind_pattern().finditer(text)
    assert list(find_words(text)) == [Word(match.lastgroup or "", match.group(), match.start()) for match in found]


@given(st.from_regex("[А-ЯЁӘҒҚҢӨҰҮҺІ]?[а-яёәғқңөұүһі]{1,20}", fullmatch=True))
def test_ordinary_words_are_not_cleaned_in_vain(word: str) -> None:
    assert one_script(unicodedata.normalize("NFC", word)) == [word] == [clean(word)]
    assert list(subwords._plain(word, str.isdigit)) == subwords._hyphenless(word, 0, len(word))


@given(texts)
def test_a_query_has_the_words_of_a_text(text: str) -> None:
    """More words of a query may be Kazakh in other letters; offsets are the same or finer."""
    for token in ANALYZER.analyze_query(text):
        assert token.surface == text[token.start : token.end]
        assert all(token.lemmas)


@settings(max_examples=300)
@given(texts)
@example("тау-0 iñ-0 qazaq")
def test_a_word_has_few_postings(text: str) -> None:
    """A Kazakh word has at most seven terms.

    Two stems, a loan's short spelling, a coarse key, the word, and the compound that it begins
    (with a hyphen, without).

    In another script the last three may stand twice: in Cyrillic and as they are written.
    """
    for token in analyze(text, "kk"):
        postings = (*token.lemmas, *token.coarse)
        assert all(0 < len(term) <= 2 * LONGEST_WORD for term in postings)
        if token.language == "kk" and "'" not in clean(token.surface):
            most = 3 if is_cyrillic(token.surface) else 6
            assert len(token.forms) <= most and len(postings) <= 4 + len(token.forms)


@pytest.mark.parametrize("letter", ["а", "ә", "1", "-", "a", "'", "\u0301", "I", ".", "т.", " 000", "а-"])
def test_a_very_long_run_is_one_bounded_term(letter: str) -> None:
    text = letter * 200_000
    check_bounds(text)


@pytest.mark.parametrize("letter", ["a", "ә", "1", "a/", "a."])
def test_a_very_long_address_is_bounded_too(letter: str) -> None:
    check_bounds("https://" + letter * 200_000)


def check_bounds(text: str) -> None:
    terms = [term for token in analyze(text) for term in (*token.lemmas, *token.coarse)]
    assert all(len(term) <= 300 for term in terms)
