"""A commit is the newest until another one is made, whoever makes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit.engines.whoosh.commit.commits import is_newest, newest_commit
from searchkit.engines.whoosh.commit.safe_index import SafeIndex
from searchkit.engines.whoosh.engine import WhooshEngine
from tests.engines.whoosh.sample import new_index, sample_documents


@pytest.fixture
def engine(tmp_path: Path) -> WhooshEngine:
    """Return an engine with some commits in the folder `engine`."""
    engine = WhooshEngine(new_index(tmp_path / "engine"))
    for number in range(4):
        engine.commit(sample_documents(1, number))
    return engine


def test_a_commit_is_the_newest_until_the_next(engine: WhooshEngine, tmp_path: Path) -> None:
    index = SafeIndex(tmp_path / "engine")
    for number in range(3):
        before, _ = newest_commit(index)
        assert is_newest(index, before)
        for more in range(2):
            engine.commit(sample_documents(1, 10 + 2 * number + more))
            assert not is_newest(index, before)


def test_a_newer_commit_counts_beside_an_undeleted_table(engine: WhooshEngine, tmp_path: Path) -> None:
    index = SafeIndex(tmp_path / "engine")
    before, _ = newest_commit(index)
    table = tmp_path / "engine" / f"_MAIN_{before}.toc"
    content = table.read_bytes()
    engine.commit(sample_documents(1, 9))
    table.write_bytes(content)
    assert not is_newest(index, before)
