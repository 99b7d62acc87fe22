"""Words in Latin and Arabic letters become Cyrillic ones, as `scripts.tsv` lists them."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit_analyzers.kazakh.scripts.script_data import SCRIPTS
from searchkit_analyzers.kazakh.scripts.spelling import (
    RoundTrip,
    arabic_round_trips,
    initial,
    latin_round_trips,
    roots_and_loans,
)
from searchkit_analyzers.kazakh.scripts.transliterator import transliterate
from searchkit_analyzers.normalize import is_cyrillic
from searchkit_analyzers.subwords import subwords_of
from searchkit_analyzers.tokenizer import Word, find_words

WORDS = [
    line.split("\t")[:3]
    for line in Path(__file__).with_name("scripts.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
LATIN_2021 = dict(
    zip(
        "аәбвгғдежзийкқлмнңоөпрстуұүфхшыі",
        "a ä b v g ğ d e j z i i k q l m n ñ o ö p r s t u ū ü f h ş y ı".split(),
        strict=True,
    )
)
CONSONANTS, BACK, FRONT = "бвгғджзкқлмнңпрсфхш", "аоұы", "әеөүі"
MIXED = "aäğıiñoöūüşáǵńóúý'’ -–.,\n1٤\u0301\u0308\u0674اوۇىەقكгқыQIİX«»²½XVabc"


@pytest.mark.parametrize(("script", "written", "cyrillic"), WORDS)
def test_in_cyrillic(script: str, written: str, cyrillic: str) -> None:
    assert transliterate(written, script).text == cyrillic
    assert transliterate(unicodedata.normalize("NFD", written), script).text == cyrillic


@pytest.mark.parametrize("script", SCRIPTS)
def test_cyrillic_stays_as_it_is(script: str) -> None:
    assert transliterate("Қазақстанның", script).text == "Қазақстанның"


@pytest.mark.parametrize(("script", "written", "cyrillic"), WORDS)
def test_transliterating_twice_changes_nothing(script: str, written: str, cyrillic: str) -> None:
    assert transliterate(transliterate(written, script).text, script).text == cyrillic


@given(st.text(st.sampled_from(MIXED), min_size=1, max_size=30), st.sampled_from(SCRIPTS))
def test_each_subword_has_offsets_in_the_raw_word(text: str, script: str) -> None:
    for raw in (word.text for word in find_words(text) if word.kind == "word" and not is_cyrillic(word.text)):
        cyrillic, raw_offsets = transliterate(raw, script)
        parts = subwords_of(Word("word", cyrillic, 0), lambda _: False)
        assert all(raw_offsets[part.start] < raw_offsets[part.end] <= len(raw) for part in parts)


syllables = st.lists(st.tuples(st.sampled_from(CONSONANTS), st.integers(0, 3), st.sampled_from(CONSONANTS)), max_size=4)


@given(syllables, st.sampled_from([BACK, FRONT]))
def test_words_come_back_from_latin_letters(parts: list[tuple[str, int, str]], vowels: str) -> None:
    """Listed loans and letters that Latin writes as two (я, ц, щ) are left out."""
    word = "".join(first + vowels[vowel] + last for first, vowel, last in parts)
    written = "".join(LATIN_2021[letter] for letter in word)
    again = transliterate(written, "kk-2021").text
    assert again == word or set("эцчщьъһёюя") & set(again)


@pytest.mark.parametrize("round_trip", [latin_round_trips, arabic_round_trips])
def test_listed_words_have_the_initial_of_all_their_spellings(round_trip: RoundTrip) -> None:
    words = [word for by_initial in roots_and_loans() for listed in by_initial.values() for word in listed]
    assert [word for word in words if {initial(spelling) for spelling in round_trip(word)} - {initial(word)}] == []
