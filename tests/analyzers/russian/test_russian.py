from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit_analyzers import RUSSIAN, analyze, is_function_word
from searchkit_analyzers.russian import aspects, frequent, names
from searchkit_analyzers.russian.morphology import RussianMorphology, _dictionary, _terms
from searchkit_analyzers.russian.word_file import has_word
from tests.conftest import TESTS, cases

HERE = TESTS / "analyzers" / "russian"
LIST = Path(frequent.__file__).with_name(frequent.DATA_FILE).read_text("utf-8").splitlines()
LISTED = [line.split("\t")[0] for line in LIST if not line.startswith("#")]


@pytest.mark.parametrize(("form", "lemma", "why"), cases(HERE / "russian.txt"))
def test_lemma(form: str, lemma: str, why: str) -> None:
    (token,) = analyze(form, "ru")
    assert lemma in token.lemmas, why


@pytest.mark.parametrize(("one", "other", "where"), cases(HERE / "verbs.txt"))
def test_verbs_of_one_meaning_share_a_coarse_key(one: str, other: str, where: str) -> None:
    keys = (set(RUSSIAN.terms(verb).coarse) for verb in (one, other))
    assert bool(set.intersection(*keys)) is (where == "together")


@pytest.mark.parametrize(("nominative", "form"), cases(HERE / "names.txt"))
def test_a_name_shares_a_lemma_with_its_forms(nominative: str, form: str) -> None:
    (one,), (other,) = (list(analyze(word, "ru")) for word in (nominative, form))
    assert set(one.lemmas) & set(other.lemmas)


def test_forms_of_names_that_no_rule_was_written_for_meet() -> None:
    script = TESTS.parent / "benchmarks" / "quality" / "paradigms.py"
    output = subprocess.check_output([sys.executable, script, "--language", "ru", "--half", "held-out"], text=True)
    recalls = {line["class"]: line["recall"] for line in map(json.loads, output.splitlines())}
    assert len(recalls) > 10
    assert min(recalls.values()) >= 0.95


def test_the_word_itself_is_always_a_term() -> None:
    (token,) = analyze("Ассамблеями", "ru")
    assert "ассамблеями" in token.lemmas
    assert token.coarse == ("ассамбле",)


@pytest.mark.parametrize(
    "text", ["самый самая самыми самую", "среди вместо возле вне", "каждый каждую", "поскольку нежели"]
)
def test_function_words(text: str) -> None:
    assert [word for word in text.split() if not is_function_word(word, "ru")] == []


def test_letters_without_a_name_have_terms() -> None:
    assert RUSSIAN.terms("\U00017000ф").lemmas == ("\U00017000ф",)


def test_forms_of_an_unknown_surname_meet() -> None:
    nominative, dative = (next(iter(analyze(form, "ru"))) for form in ("Сарсенбаев", "Сарсенбаеву"))
    assert set(nominative.lemmas) & set(dative.lemmas)


@given(st.text(max_size=100))
def test_any_text_has_terms(word: str) -> None:
    terms = RUSSIAN.terms(word)
    assert all("ё" not in lemma for lemma in terms.lemmas)


def test_what_is_listed_of_frequent_words_is_what_the_dictionary_and_the_stemmer_say() -> None:
    assert len(LISTED) == len(set(LISTED)) > 10_000
    assert [word for word in LISTED if frequent.terms_of(word) != _terms(word)] == []


@given(st.text(st.sampled_from("ия\t\n "), max_size=5))
def test_nothing_but_whole_words_is_listed(word: str) -> None:
    assert (frequent.terms_of(word) is not None) == (word in LISTED)


def test_frequent_words_need_no_dictionary() -> None:
    code = """if True:
        import sys
        from searchkit_analyzers import RUSSIAN
        assert "город" in RUSSIAN.terms("городах").lemmas
        assert RUSSIAN.terms("города").coarse == ("город",)
        assert "pymorphy3" not in sys.modules and "snowballstemmer" not in sys.modules
        RUSSIAN.terms("кракозябрами")
        assert "pymorphy3" in sys.modules
        """
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


@pytest.mark.parametrize(
    "word", ["елка", "ёлка", "ёлкаё", "всё", "сталь", "сталью", "сталев", "", "по-русски", "қала", "x"]
)
def test_a_word_is_looked_up_in_the_file_as_in_the_dictionary(word: str) -> None:
    assert has_word(word) == _dictionary().word_is_known(word)


@given(st.text(st.characters(codec="utf-8"), max_size=8) | st.text("аеёинорст", max_size=6))
def test_the_file_has_the_words_of_the_dictionary_and_no_others(word: str) -> None:
    assert has_word(word.lower()) == _dictionary().word_is_known(word.lower())


def test_whether_a_word_is_known_needs_no_dictionary() -> None:
    code = """if True:
        import sys
        from searchkit_analyzers import RUSSIAN
        assert RUSSIAN.knows("кракозябрами") is False
        assert RUSSIAN.knows("телятниками")
        assert "pymorphy3" not in sys.modules
        """
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_the_list_is_left_alone_where_another_dictionary_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert frequent.terms_of("города") is not None
    frequent._lines.cache_clear()
    monkeypatch.setattr(frequent, "installed", "2.5")
    assert frequent.terms_of("города") is None
    frequent._lines.cache_clear()


@pytest.mark.parametrize("module", [aspects, names])
def test_a_change_of_a_table_changes_the_version(
    module: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = RussianMorphology().version
    changed = tmp_path / "changed.tsv"
    changed.write_bytes(module.DATA.read_bytes() + b"#\n")
    monkeypatch.setattr(module, "DATA", changed)
    assert RussianMorphology().version != before
