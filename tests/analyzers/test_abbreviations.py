"""Names that articles abbreviate: abbreviations.txt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit_analyzers.abbreviations import Abbreviation, names, packed, unpacked
from tests.conftest import TESTS, cases


@pytest.mark.parametrize(("text", "expected"), cases(TESTS / "analyzers" / "abbreviations.txt"))
def test_names(text: str, expected: str) -> None:
    assert ("; ".join(f"{name.short} = {name.long}" for name in names(text)) or "-") == expected


def test_a_name_is_found_once_an_article() -> None:
    assert len(names("Ассамблея народа Казахстана (АНК). " * 3)) == 1


@given(st.text("АНКанк ().,-«»\n\t", max_size=60))
def test_what_is_found_is_kept(text: str) -> None:
    found = names(f"{text} Ассамблея народа Казахстана (АНК) {text}")
    assert found
    assert [Abbreviation(*pair) for pair in unpacked(packed(found))] == found
