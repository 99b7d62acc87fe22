"""A commit is the newest until another one is made, whoever makes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from whoosh.fields import STORED, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from searchkit.engines.whoosh.commit.commits import is_newest
from searchkit.engines.whoosh.commit.safe_index import SafeIndex


@pytest.fixture
def stock(tmp_path: Path) -> FileIndex:
    """Return an index of stock Whoosh with some commits."""
    stock = FileIndex.create(FileStorage(str(tmp_path)), Schema(note=STORED()), "MAIN")
    for number in range(4):
        writer = stock.writer()
        writer.add_document(note=str(number))
        writer.commit(merge=False)
    return stock


def test_a_commit_is_the_newest_until_the_next(stock: FileIndex, tmp_path: Path) -> None:
    index = SafeIndex(tmp_path)
    for _ in range(3):
        before = stock.latest_generation()
        assert is_newest(index, before)
        for _ in range(2):
            stock.writer().commit(merge=False)
            assert not is_newest(index, before)


def test_a_newer_commit_counts_beside_an_undeleted_table(stock: FileIndex, tmp_path: Path) -> None:
    before = stock.latest_generation()
    table = tmp_path / f"_MAIN_{before}.toc"
    content = table.read_bytes()
    stock.writer().commit(merge=False)
    table.write_bytes(content)
    assert not is_newest(SafeIndex(tmp_path), before)
