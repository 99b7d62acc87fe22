"""`Articles` lists failures, and knows which documents are gone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from searchkit import Document, Index
from searchkit.readers.formats.registry import FORMATS
from searchkit.readers.sources.files import File
from tests.readers.reading import articles


def test_failures_are_listed_once_if_articles_are_read_twice(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    found = articles(tmp_path, tmp_path / "nothing")
    for _ in range(2):
        assert list(found) == []
        assert [failure.error for failure in found.failures] == ["no such file or folder", "is empty"]


def test_deleted_files_below_the_named_paths_are_covered(tmp_path: Path) -> None:
    found = articles(tmp_path)
    assert found.covers("a.txt", str(tmp_path / "a.txt"))
    assert found.covers("b/a.txt", str(tmp_path / "b" / "a.txt"))
    assert not found.covers("a.txt", str(tmp_path.parent / "a.txt"))
    assert not found.covers("a", "")
    (tmp_path / "a.txt").write_text("Осында", "utf-8")
    assert not found.covers("a.txt", str(tmp_path / "a.txt"))


def test_remarks_are_counted_once_if_articles_are_read_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(file: File) -> Iterator[Document]:
        file.remark("drafts left out", 2)
        yield Document(id=file.id, text="Мәтін")

    monkeypatch.setitem(FORMATS, ".txt", read)
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("Осында", "utf-8")
    found = articles(tmp_path)
    for _ in range(2):
        assert len(list(found)) == 2
        assert found.remarks == {"drafts left out": 4}
    index = Index.open(tmp_path / "ix")
    assert index.update(found).to_dict()["remarks"] == {"drafts left out": 4}
