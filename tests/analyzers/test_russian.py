from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit_analyzers import RUSSIAN, analyze
from tests.conftest import TESTS, cases


@pytest.mark.parametrize(("form", "lemma", "why"), cases(TESTS / "analyzers" / "russian.txt"))
def test_lemma(form: str, lemma: str, why: str) -> None:
    (token,) = analyze(form, "ru")
    assert lemma in token.lemmas, why


def test_the_word_itself_is_always_a_term() -> None:
    (token,) = analyze("Ассамблеями", "ru")
    assert "ассамблеями" in token.lemmas
    assert token.coarse == ("ассамбле",)


def test_forms_of_an_unknown_surname_meet() -> None:
    nominative, dative = (next(iter(analyze(form, "ru"))) for form in ("Сарсенбаев", "Сарсенбаеву"))
    assert set(nominative.lemmas) & set(dative.lemmas)


@given(st.text(max_size=100))
def test_any_text_has_terms(word: str) -> None:
    terms = RUSSIAN.terms(word)
    assert all("ё" not in lemma for lemma in terms.lemmas)
