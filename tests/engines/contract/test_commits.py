"""A commit happens as a whole or not at all, and becomes visible to new searchers."""

from __future__ import annotations

import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from searchkit.analysis.analyzed_document import analyze_document
from searchkit.engines.base import Engine, EngineFactory, PendingSegments
from searchkit.query.parser import parse
from tests.engines.contract.sample import DOCUMENTS, article, empty_engine, found_ids


def test_commit_replaces_and_removes_documents(engine: Engine) -> None:
    engine.commit([analyze_document(article("1", "Совсем другое.", language="ru"))], {"2", "unknown"})
    assert found_ids(engine, "президент") == []
    assert found_ids(engine, "другой") == ["1"]
    assert engine.searcher().document("2") is None
    assert set(engine.searcher().states()) == {"1", "3", "4", "5"}
    assert engine.searcher().stats().documents == 4


def test_a_merge_changes_no_document_and_no_score(engine: Engine) -> None:
    engine.commit([analyze_document(article("6", "Космос близко."))], {"2"})
    query = parse("президент космос").root
    before = engine.searcher().states(), engine.searcher().best(query, 10)
    engine.merge()
    assert (engine.searcher().states(), engine.searcher().best(query, 10)) == before


def test_a_failed_commit_changes_nothing(engine: Engine) -> None:
    def failing() -> Iterator[object]:
        yield analyze_document(article("9", "Новое."))
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        engine.commit(failing(), {"1"})  # type: ignore[arg-type]
    assert set(engine.searcher().states()) == {d.id for d in DOCUMENTS}
    engine.commit([analyze_document(article("9", "Новое."))])
    assert "9" in engine.searcher().states()


def test_pending_segments_become_searchable_with_a_commit(engine: Engine) -> None:
    write = pickle.loads(pickle.dumps(engine.pending_writer()))
    pending = [write([analyze_document(article(id_, "Космос близко."))]) for id_ in ("1", "8", "9")]
    assert found_ids(engine, "космос") == []
    engine.commit([analyze_document(article("6", "Космос близко."))], {"2"}, pending)
    assert found_ids(engine, "космос") == ["1", "6", "8", "9"]
    assert engine.searcher().states().keys() == {"1", "3", "4", "5", "6", "8", "9"}


def test_a_failed_commit_deletes_pending_segments(engine: Engine, tmp_path: Path) -> None:
    def written() -> Iterator[PendingSegments]:
        yield engine.pending_writer()([analyze_document(article("9", "Космос близко."))])
        consumed.append("9")

    consumed, files = [], sorted((tmp_path / "engine").iterdir())
    with pytest.raises(ZeroDivisionError):
        engine.commit((analyze_document(article(str(1 // number), "Космос")) for number in (1, 0)), (), written())
    assert consumed == ["9"]
    assert sorted((tmp_path / "engine").iterdir()) == files
    assert found_ids(engine, "космос") == []


def test_commits_of_another_process_are_searchable(engine: Engine, factory: EngineFactory, tmp_path: Path) -> None:
    reader = factory(tmp_path / "engine")
    assert found_ids(reader, "космос") == []
    engine.commit([analyze_document(article("6", "Космос близко."))])
    assert found_ids(reader, "космос") == ["6"]


def test_a_searcher_is_a_snapshot(engine: Engine) -> None:
    searcher = engine.searcher()
    before = searcher.rank(parse("указ").root, limit=9)
    engine.commit([analyze_document(article("6", "Указ о другом."))], {"1", "5"})
    assert searcher.rank(parse("указ").root, limit=9) == before
    assert searcher.document("1") == DOCUMENTS[0]
    assert searcher.document("6") is None
    assert found_ids(engine, "указ") == ["6"]


def test_an_engine_can_be_reopened(engine: Engine, factory: EngineFactory, tmp_path: Path) -> None:
    engine.close()
    again = factory(tmp_path / "engine")
    assert found_ids(again, "указ")[0] == "1"


def test_an_empty_engine_can_be_searched(factory: EngineFactory, tmp_path: Path) -> None:
    engine = empty_engine(factory, tmp_path / "engine")
    assert found_ids(engine, "указ") == []
    assert engine.searcher().states() == {}
    assert engine.searcher().stats().documents == 0
    assert list(engine.searcher().verify()) == []
