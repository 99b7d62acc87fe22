"""Numbers, phones and words are found however they are written."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit import Document, Index
from tests.conftest import TESTS, cases

TWINS = cases(TESTS / "searching" / "twins.txt")


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("twins") / "index"
    with Index.open(path) as index:
        index.update([Document(id=text, text=text) for text in {text for _, *both in TWINS for text in both}])
    return path


@pytest.mark.parametrize(("query", "text", "other"), TWINS)
def test_a_twin_is_found(texts: Path, query: str, text: str, other: str) -> None:
    with Index.open(texts) as index:
        results = index.search(query, limit=len(TWINS))
    found = [hit.id for hit in results]
    assert text in found
    assert other not in found
    assert not results.hints
