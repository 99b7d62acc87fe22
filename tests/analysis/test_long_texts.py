"""A long text is analyzed slice by slice, as if it were analyzed at once."""

from __future__ import annotations

from itertools import pairwise

import pytest

from searchkit import Document
from searchkit.analysis import analyzed_document
from searchkit.analysis.analyzed_document import analyze_document

LINES = ["Алматыда жаңа кітапхана ашылды, онда отыз мың кітап бар.", "В ней тридцать тысяч книг; вход свободный."]


@pytest.mark.parametrize("size", [60, 101, 1000, 10_000])
def test_slices_change_nothing(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    document = Document(id="a", title="Кітапхана", text="\n".join(LINES * 30))
    whole = analyze_document(document)
    monkeypatch.setattr(analyzed_document, "_SLICE", size)
    sliced = analyze_document(document)
    assert sliced.terms == whole.terms
    assert sliced.token_offsets == whole.token_offsets


@pytest.mark.parametrize("text", ["сөз " * 100, "ө" * 1000, "\n" * 1000, "бір\n\n" + "екі" * 50 + "\nүш"])
def test_slices_cover_a_text_without_lines(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(analyzed_document, "_SLICE", 100)
    bounds = list(analyzed_document._slices(text))
    assert bounds == sorted(set(bounds))
    assert (bounds[0], bounds[-1]) == (0, len(text))
    assert max(end - start for start, end in pairwise(bounds)) <= 100
