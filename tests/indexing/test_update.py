"""Updates add, change and keep documents, batch by batch."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from searchkit import (
    Document,
    Index,
    SearchOptions,
)
from searchkit.indexing import update as update_module
from tests.samples import SCHOOL, THEATRE, counts


def test_added_unchanged_changed(index: Index) -> None:
    assert counts(index.update([SCHOOL, THEATRE])) == (2, 0, 0, 0)
    assert counts(index.update([SCHOOL, THEATRE])) == (0, 0, 0, 2)
    later = Document(id="b", title="Премьера", text="В театре прошёл балет.", language="ru")
    assert counts(index.update([later])) == (0, 1, 0, 0)
    assert [hit.id for hit in index.search("балеты")] == ["b"]
    assert index.search("опера").total == 0
    assert index.stats().documents == 2


def test_the_last_of_two_documents_of_one_id_stays(index: Index) -> None:
    later = Document(id="a", text="Кейінгі нұсқа.", language="kk")
    assert counts(index.update([SCHOOL, later])) == (1, 0, 0, 0)
    assert index.document("a") == later
    assert counts(index.update([later])) == (0, 0, 0, 1)


def test_other_analyzers_make_all_documents_stale(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    index.update([SCHOOL, THEATRE])
    for module in ("searchkit.indexing.update", "searchkit.analysis.analyzed_document", "searchkit.searching.search"):
        monkeypatch.setattr(f"{module}.analysis_version", lambda: "kk:9 ru:9")
    assert counts(index.update([SCHOOL])) == (0, 2, 0, 0)
    assert counts(index.update([SCHOOL])) == (0, 0, 0, 1)
    assert [hit.id for hit in index.search("опера")] == ["b"]


def test_many_batches(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update_module, "BATCH", 3)
    documents = [Document(id=str(n), text=f"Мақала {n}", language="kk") for n in range(10)]
    assert counts(index.update(documents)) == (10, 0, 0, 0)
    assert index.search("мақалалар").total == 10


@pytest.mark.parametrize("workers", [1, 2])
def test_of_one_id_in_several_batches_the_last_counts(
    index: Index, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr(update_module, "BATCH", 2)
    texts = [("a", "Бірінші"), ("b", "Екінші"), ("a", "Үшінші"), ("c", "Төртінші"), ("a", "Бесінші")]
    documents = [Document(id=id_, text=text, language="kk") for id_, text in texts]
    assert counts(index.update(documents, workers=workers)) == (3, 0, 0, 0)
    assert [hit.id for hit in index.search("бесінші")] == ["a"]
    assert not index.search("бірінші").total + index.search("үшінші").total


@pytest.mark.parametrize("workers", [1, 2])
def test_what_an_interrupted_update_has_committed_stays(
    index: Index, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    monkeypatch.setattr(update_module, "BATCH", 2)

    def failing() -> Iterator[Document]:
        for n in range(5):
            yield Document(id=str(n), text="Мақала", language="kk")
        raise RuntimeError("interrupted")

    with pytest.raises(RuntimeError):
        index.update(failing(), workers=workers)
    assert index.search("мақала", options=SearchOptions(collapse_duplicates=False)).total == 4
