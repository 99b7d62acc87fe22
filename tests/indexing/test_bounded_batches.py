"""Batches are bounded by the length of their articles, too."""

from __future__ import annotations

from itertools import count
from types import SimpleNamespace

import pytest

from searchkit import Document, Index
from searchkit.engines.whoosh.indexing import postings_buffer
from searchkit.indexing import update as update_module
from searchkit.indexing import workers as workers_module
from searchkit.indexing.update import Update
from searchkit.indexing.workers import Batch
from searchkit_analyzers import ANALYZER
from tests.samples import counts

DOCUMENTS = [Document(id=str(n), text=f"Мақала {n} " + "мектеп туралы " * n, language="kk") for n in range(12)]


@pytest.fixture
def committed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the sizes of the batches that are committed from now on."""
    sizes: list[int] = []
    commit = Update._commit

    def counting(update: Update, batch: Batch) -> None:
        sizes.append(len(batch.ids))
        commit(update, batch)

    monkeypatch.setattr(Update, "_commit", counting)
    return sizes


def test_long_articles_are_committed_few_at_a_time(
    index: Index, monkeypatch: pytest.MonkeyPatch, committed: list[int]
) -> None:
    monkeypatch.setattr(update_module, "_CHUNK_LETTERS", 100)
    monkeypatch.setattr(update_module, "_MAX_LETTERS", 400)
    assert counts(index.update(DOCUMENTS)) == (12, 0, 0, 0)
    assert committed == [8, 3, 1]
    assert index.search("мектептер").total == 11
    assert list(index.verify()) == []


def test_slowly_read_articles_are_committed_by_time(
    index: Index, monkeypatch: pytest.MonkeyPatch, committed: list[int]
) -> None:
    clock = count()  # each look at it takes a second
    monkeypatch.setattr(update_module, "monotonic", lambda: next(clock))
    monkeypatch.setattr(update_module, "_CHUNK_SECONDS", 2)
    monkeypatch.setattr(update_module, "_MAX_SECONDS", 8)
    index.update(DOCUMENTS)
    assert sum(committed) == 12
    assert max(committed) <= 8


def test_a_long_run_ends_with_few_segments(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update_module, "_CHUNK_LETTERS", 1)
    monkeypatch.setattr(update_module, "_MAX_LETTERS", 100)
    monkeypatch.setattr(update_module, "_LONG_RUN", 12)
    index.update(DOCUMENTS[:11])
    assert index.stats().segments > 1
    index.update([Document(id=document.id, text=document.text + " Соңы.") for document in DOCUMENTS])
    assert index.stats().segments == 1
    assert index.search("мектептер").total == 11


def test_what_is_cut_from_a_page_counts(index: Index, monkeypatch: pytest.MonkeyPatch, committed: list[int]) -> None:
    monkeypatch.setattr(update_module, "_CHUNK_LETTERS", 1)
    monkeypatch.setattr(update_module, "_MAX_LETTERS", 100)
    index.update([Document(id=str(n), text="Мәтін", cut=((1, "мәзір " * 20),)) for n in range(3)])
    assert committed == [1, 1, 1]


def test_long_articles_start_other_processes(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers_module, "ENOUGH_LETTERS", 100)
    started: list[int] = []
    monkeypatch.setattr(workers_module, "WorkerProcess", lambda words: started.append(words) or pytest.fail("started"))
    with pytest.raises(pytest.fail.Exception):
        index.update(DOCUMENTS, workers=2)
    assert started


@pytest.mark.parametrize("occurrences", [1, 7, 50])
def test_postings_are_sorted_part_by_part(index: Index, monkeypatch: pytest.MonkeyPatch, occurrences: int) -> None:
    monkeypatch.setattr(postings_buffer, "_OCCURRENCES", occurrences)
    index.update([*DOCUMENTS, Document(id="empty", text="—")])
    assert list(index.verify()) == []
    assert index.search("мектептер").total == 11
    assert [hit.id for hit in index.search('"мақала 7"')] == ["7"]


def test_many_processes_share_the_memory(index: Index, monkeypatch: pytest.MonkeyPatch, committed: list[int]) -> None:
    monkeypatch.setattr(update_module, "_CHUNK_LETTERS", 100)
    monkeypatch.setattr(update_module, "_MAX_LETTERS", 1200)
    index.update(DOCUMENTS, workers=50)
    assert committed == [8, 3, 1]


def test_many_processes_remember_fewer_words_each(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    process = SimpleNamespace(end=lambda: None)
    monkeypatch.setattr(workers_module, "WorkerProcess", lambda words: started.append(words) or process)
    monkeypatch.setattr(ANALYZER, "remembered_words", 10**6)
    with workers_module.Workers(50) as crew:
        assert len(crew.processes(workers_module.ENOUGH, 0)) == 3
    assert {*started, ANALYZER.remembered_words} == {workers_module._REMEMBERED_WORDS // 4}
