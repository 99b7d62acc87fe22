"""Texts in Latin or Arabic letters are detected as Kazakh, as `scripts.txt` lists them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit_analyzers import ANALYZER, KAZAKH, analyze
from searchkit_analyzers.kazakh.scripts.detector import detect_words
from searchkit_analyzers.tokenizer import find_words
from tests.conftest import TESTS, cases

TEXTS = cases(TESTS / "analyzers" / "kazakh" / "scripts" / "scripts.txt")
MIXED = "aäğıiñoöūüşáǵńóúý'’ -–.,\n1٤\u0301\u0308\u0674اوۇىەقكгқыQIİX«»"


def scripts_of(text: str) -> set[str]:
    return {script for _, script in detect_words(text, find_words(text)).values()}


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
    "query",
    [
        "Qazaqstannyñ",
        "jañalyqtar",
        "qazaq tılı",
        "jańa qala ákimi",
        "g'alymdar qog'amy",
        "قازاقستان",
        "باس باسىلىق",
        "توقايەۆ",
    ],
)
def test_a_query_that_is_clearly_kazakh(query: str) -> None:
    assert {token.language for token in ANALYZER.analyze_query(query)} == {"kk"}


@pytest.mark.parametrize(
    "query",
    ["Qatar", "iPhone", "Müller", "mañana", "kız kulesi", "don't", "Iraq", "سلام", "محمد علي", "ایران", "القاهرة"],
)
def test_a_query_that_may_be_anything(query: str) -> None:
    assert {token.language for token in ANALYZER.analyze_query(query)} == {""}


@pytest.mark.parametrize(
    "text", ["0" * 128 + "q", "it's " + "3" * 140 + "x", "قازاق ۇلتى QRкод-تى", "قازاق ۇلتى IIIбөлім-ى"]
)
def test_mixtures_of_scripts_keep_their_offsets(text: str) -> None:
    assert all(text[token.start : token.end] == token.surface for token in analyze(text))


def test_compounds_and_their_parts_keep_their_forms() -> None:
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


@pytest.mark.parametrize("unit", ["qa", "ä", "ñy", "ۇ", "ba'", "ş-", "qaq ", "«jaña» ", "'tag' "])
def test_long_texts_are_analyzed_to_their_end(unit: str) -> None:
    assert list(analyze(unit * 50_000, default="kk"))
