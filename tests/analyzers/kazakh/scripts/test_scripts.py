"""Kazakh in Latin and Arabic letters: `scripts.tsv` (words), `scripts.txt` (texts)."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit_analyzers import ANALYZER, KAZAKH, analyze
from searchkit_analyzers.kazakh.scripts.detector import found
from searchkit_analyzers.kazakh.scripts.transliterator import (
    SCRIPTS,
    Ways,
    _harmonised_ways,
    _initial,
    _roots_and_loans,
    _ways,
    respelled,
)
from searchkit_analyzers.normalize import is_cyrillic
from searchkit_analyzers.subwords import parts_of
from searchkit_analyzers.tokenizer import Word, find_words
from tests.conftest import TESTS, cases

WORDS = [
    line.split("\t")[:3]
    for line in Path(__file__).with_name("scripts.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
TEXTS = cases(TESTS / "analyzers" / "kazakh" / "scripts" / "scripts.txt")
LATIN = dict(
    zip(
        "аәбвгғдежзийкқлмнңоөпрстуұүфхшыі",
        "a ä b v g ğ d e j z i i k q l m n ñ o ö p r s t u ū ü f h ş y ı".split(),
        strict=True,
    )
)
CONSONANTS, BACK, FRONT = "бвгғджзкқлмнңпрсфхш", "аоұы", "әеөүі"
MIXED = "aäğıiñoöūüşáǵńóúý'’ -–.,\n1٤\u0301\u0308\u0674اوۇىەقكгқыQIİX«»"


def scripts_of(text: str) -> set[str]:
    return {script for _, script in found(text, find_words(text)).values()}


@pytest.mark.parametrize(("script", "written", "cyrillic"), WORDS)
def test_in_cyrillic(script: str, written: str, cyrillic: str) -> None:
    assert respelled(written, script).text == cyrillic
    assert respelled(unicodedata.normalize("NFD", written), script).text == cyrillic


@pytest.mark.parametrize("script", SCRIPTS)
def test_cyrillic_stays_as_it_is(script: str) -> None:
    assert respelled("Қазақстанның", script).text == "Қазақстанның"


@pytest.mark.parametrize(("text", "script"), TEXTS)
def test_script_of_a_text(text: str, script: str) -> None:
    assert scripts_of(text) == {script} - {"-"}
    assert scripts_of(unicodedata.normalize("NFD", text)) == {script} - {"-"}


@pytest.mark.parametrize("text", [text for text, script in TEXTS if script != "-"])
def test_all_words_are_kazakh(text: str) -> None:
    assert ANALYZER.language(text) == "kk"
    for token in analyze(text):
        assert token.language == "kk"
        assert {*KAZAKH.stems(token.forms[0]), token.forms[0], token.forms[-1]} <= set(token.lemmas)
        assert token.forms[-1] == token.surface.lower().replace("'", "").replace("’", "")


def test_a_quotation_in_another_script() -> None:
    tokens = list(analyze("Ақын «Tuğan jerım – altyn besıgım» деді. По-русски сказал он это позже."))
    assert [(t.surface, t.forms[0]) for t in tokens[1:5]] == [
        ("Tuğan", "туған"),
        ("jerım", "жерім"),
        ("altyn", "алтын"),
        ("besıgım", "бесігім"),
    ]
    assert tokens[-1].language == "ru"


def test_a_heading_is_read_in_the_script_of_its_text() -> None:
    tokens = list(analyze("Abaı Almatyda\nAqyn óziniń alǵashqy jyr jınaǵyn jastarǵa arnady"))
    assert [token.forms[0] for token in tokens[:2]] == ["абай", "алматыда"]


def test_the_accent_at_the_end_of_a_word_is_no_quotation_mark() -> None:
    tokens = list(analyze("Jan'a ken' dala, ko'rkem tag' 'tuyg'an jerin' jas'yl ag'as' bar 'ken'' g'alam"))
    surfaces = [token.surface for token in tokens]
    assert surfaces[:5] == ["Jan'a", "ken'", "dala", "ko'rkem", "tag'"]
    assert surfaces[5:] == ["tuyg'an", "jerin", "jas'yl", "ag'as'", "bar", "ken'", "g'alam"]


@pytest.mark.parametrize(
    "question", ["Qazaqstannyñ", "jañalyqtar", "qazaq tılı", "jańa qala ákimi", "g'alymdar qog'amy"]
)
def test_a_question_that_is_clearly_kazakh(question: str) -> None:
    assert {token.language for token in ANALYZER.analyze_question(question)} == {"kk"}


@pytest.mark.parametrize("question", ["Qatar", "iPhone", "Müller", "mañana", "kız kulesi", "don't", "Iraq"])
def test_a_question_that_may_be_anything(question: str) -> None:
    assert {token.language for token in ANALYZER.analyze_question(question)} == {""}


@pytest.mark.parametrize(
    "text", ["0" * 128 + "q", "it's " + "3" * 140 + "x", "قازاق ۇلتى QRкод-تى", "قازاق ۇلتى IIIбөлім-ى"]
)
def test_no_mixture_of_scripts_is_too_odd(text: str) -> None:
    assert all(text[token.start : token.end] == token.surface for token in analyze(text))


def test_parts_of_a_word_keep_their_places() -> None:
    text = "Qasym-Jomart Toqaev 20-jyldyğy turaly jañalyqtardy aityp berdı"
    tokens = list(analyze(text))
    assert [(t.surface, t.forms) for t in tokens[:5]] == [
        ("Qasym", ("қасым", "қасым-жомарт", "qasym", "qasym-jomart")),
        ("Jomart", ("жомарт", "jomart")),
        ("Toqaev", ("тоқаев", "toqaev")),
        ("20", ("20", "20-жылдығы", "20-jyldyğy")),
        ("jyldyğy", ("жылдығы", "jyldyğy")),
    ]


@given(st.lists(st.one_of(st.sampled_from([text for text, _ in TEXTS]), st.text(MIXED, max_size=12)), max_size=6))
def test_offsets_point_into_the_raw_text(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for token in (*analyze(text), *analyze(unicodedata.normalize("NFD", text), default="kk")):
        assert 0 <= token.start < token.end
        assert token.forms
        assert all(token.forms)
        assert set(token.forms) <= set(token.lemmas)
    assert all(text[token.start : token.end] == token.surface for token in analyze(text))


@given(st.text(st.sampled_from(MIXED + "²½XVabc"), min_size=1, max_size=30), st.sampled_from(SCRIPTS))
def test_every_part_of_a_word_has_a_place_in_the_raw_word(text: str, script: str) -> None:
    for raw in (word.text for word in find_words(text) if word.kind == "word" and not is_cyrillic(word.text)):
        cyrillic, origin = respelled(raw, script)
        parts = parts_of(Word("word", cyrillic, 0), lambda _: False)
        assert all(origin[part.start] < origin[part.end] <= len(raw) for part in parts)


@pytest.mark.parametrize("unit", ["qa", "ä", "ñy", "ۇ", "ba'", "ş-", "qaq ", "«jaña» ", "'tag' "])
def test_long_texts_take_time_by_length(unit: str) -> None:
    assert list(analyze(unit * 50_000, default="kk"))


@pytest.mark.parametrize(("script", "written", "cyrillic"), WORDS)
def test_what_is_in_cyrillic_once_stays_so(script: str, written: str, cyrillic: str) -> None:
    assert respelled(respelled(written, script).text, script).text == cyrillic


syllables = st.lists(st.tuples(st.sampled_from(CONSONANTS), st.integers(0, 3), st.sampled_from(CONSONANTS)), max_size=4)


@given(syllables, st.sampled_from([BACK, FRONT]))
def test_words_come_back_from_latin_letters(parts: list[tuple[str, int, str]], vowels: str) -> None:
    """True of words without listed loans and without the letters that Latin writes as two, such as я, ц and щ."""
    word = "".join(first + vowels[vowel] + last for first, vowel, last in parts)
    written = "".join(LATIN[letter] for letter in word)
    again = respelled(written, "kk-2021").text
    assert again == word or set("эцчщьъһёюя") & set(again)


@pytest.mark.parametrize("ways", [_ways, _harmonised_ways])
def test_listed_words_are_found_by_the_initials_of_all_their_spellings(ways: Ways) -> None:
    words = [word for by_initial in _roots_and_loans() for some in by_initial.values() for word in some]
    assert [word for word in words if {_initial(way) for way in ways(word)} - {_initial(word)}] == []
