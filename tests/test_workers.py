"""Analysis in several processes gives what analysis in one does."""

from __future__ import annotations

import os

import pytest

from searchkit import workers
from searchkit.document import Document
from searchkit.entry import Entry, entry_of
from searchkit.errors import SearchkitError
from searchkit.workers import Workers

DOCUMENTS = [Document(id=str(n), title="Жарлық", text=f"Президент подписал указ {n}. Қол қойды.") for n in range(250)]


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "ENOUGH", 1)


def test_the_same_in_the_same_order(always: None) -> None:
    with Workers(3) as analysis:
        assert list(map(_content, analysis.entries(DOCUMENTS))) == [_content(entry_of(each)) for each in DOCUMENTS]
        assert list(map(_content, analysis.entries(DOCUMENTS[:1]))) == [_content(entry_of(DOCUMENTS[0]))]


def _content(entry: Entry) -> tuple[object, ...]:
    return entry.document, entry.analysis, entry.stacks, entry.title_length, entry.places


def test_few_articles_start_no_process() -> None:
    with Workers(2) as analysis:
        assert len(list(analysis.entries(DOCUMENTS))) == len(DOCUMENTS)
        assert analysis._pool is None


def test_processes_start_before_there_are_entries() -> None:
    with Workers(2) as analysis:
        analysis.start()
        assert analysis._pool is not None
    with Workers(1) as analysis:
        analysis.start()
        assert analysis._pool is None


def test_a_process_that_dies_is_one_sentence(always: None) -> None:
    with Workers(2) as analysis, pytest.raises(SearchkitError, match="index again"):
        analysis._started().submit(os._exit, 1).exception()
        list(analysis.entries(DOCUMENTS))
