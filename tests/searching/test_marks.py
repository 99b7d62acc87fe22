"""Hits mark what made them match: whole phrases, and names in the byline."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit import Document, Index
from tests.conftest import TESTS, cases


@pytest.mark.parametrize(
    ("query", "text", "byline", "marked", "marked_byline"), cases(TESTS / "searching" / "marks.txt")
)
def test_marks_of_a_hit(tmp_path: Path, query: str, text: str, byline: str, marked: str, marked_byline: str) -> None:
    author, _, office = (part.strip() for part in byline.partition(";"))
    with Index.open(tmp_path / "index") as index:
        index.update([Document(id="1", text=text, author=author, office=office)])
        (hit,) = index.search(query)
        whole = index.highlighted("1", query)
    assert whole.text.render("[", "]") == marked
    assert marked.endswith(hit.snippet.render("[", "]"))
    assert hit.byline.render("[", "]") == whole.byline.render("[", "]") == marked_byline
    assert hit.to_dict()["byline"]["text"] == marked_byline.replace("[", "").replace("]", "")
