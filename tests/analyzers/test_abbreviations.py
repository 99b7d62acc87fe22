"""Abbreviations that texts define: abbreviations.txt."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit_analyzers.abbreviations import (
    Abbreviation,
    find_abbreviations,
    pack_abbreviations,
    unpack_abbreviations,
)
from tests.conftest import TESTS, cases


@pytest.mark.parametrize(("text", "expected"), cases(TESTS / "analyzers" / "abbreviations.txt"))
def test_abbreviations(text: str, expected: str) -> None:
    found = find_abbreviations(text)
    assert ("; ".join(f"{each.short} = {each.long}" for each in found) or "-") == expected


def test_an_abbreviation_is_found_once_a_document() -> None:
    assert len(find_abbreviations("Ассамблея народа Казахстана (АНК). " * 3)) == 1


@given(st.text("АНКанк ().,-«»\n\t", max_size=60))
def test_packed_abbreviations_are_unpacked(text: str) -> None:
    found = find_abbreviations(f"{text} Ассамблея народа Казахстана (АНК) {text}")
    assert found
    assert [Abbreviation(*pair) for pair in unpack_abbreviations(pack_abbreviations(found))] == found
