"""Segments equal those of Whoosh's own writer, as Whoosh reads both."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from whoosh import index as whoosh_index

from searchkit.analysis.analyzed_document import TEXT_START, AnalyzedDocument, analyze_document
from searchkit.document import Document
from searchkit.engines.whoosh.engine import WhooshEngine
from searchkit.engines.whoosh.indexing import merge_policy, merger, segment_writer
from searchkit.engines.whoosh.schema import TERMS
from tests.engines.whoosh.sample import new_index, sample_documents
from tests.engines.whoosh.stock import write_with_whoosh


def merge_any_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Merge any two segments within the commit that writes the second."""
    monkeypatch.setattr(merger, "_MERGE_SHARE", 1_000)
    monkeypatch.setattr(merge_policy, "_TIER_SIZES", ())
    monkeypatch.setattr(merge_policy, "_ROOM", (2,))


def write_with_searchkit(folder: Path, *batches: Sequence[AnalyzedDocument]) -> Any:
    """Write an index with searchkit, and return Whoosh's reader of it."""
    engine = WhooshEngine(new_index(folder))
    for batch in batches:
        engine.commit(batch)
    return whoosh_index.open_dir(str(folder)).reader()


def contents(reader: Any) -> Iterator[object]:
    """Yield everything that a reader returns but the lengths of fields, which have two meanings.

    Whoosh counts what a field indexes, and rounds it; searchkit counts tokens.
    """
    yield reader.doc_count_all()
    for field, term in reader.all_terms():
        info, matcher = reader.term_info(field, term), reader.postings(field, term)
        yield field, term, info.doc_frequency(), info.min_id(), info.max_id(), info.weight(), info.max_weight()
        while matcher.is_active():
            positions = matcher.value_as("positions") if field == TERMS else None
            yield matcher.id(), matcher.weight(), positions
            matcher.next()
    for name, field in reader.schema.items():
        if field.column_type:
            yield name, list(reader.column_reader(name))
    for doc_id in range(reader.doc_count_all()):
        yield sorted(reader.stored_fields(doc_id).items())


def test_segments_equal_those_of_whoosh(tmp_path: Path) -> None:
    batch = sample_documents(300)
    ours, stock = write_with_searchkit(tmp_path / "ours", batch), write_with_whoosh(tmp_path / "stock", batch)
    assert list(contents(ours)) == list(contents(stock))


def test_merged_segments_equal_one_written_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    merge_any_two(monkeypatch)
    batches = [sample_documents(20, seed) for seed in range(4)]
    ours = write_with_searchkit(tmp_path / "ours", *batches)
    stock = write_with_whoosh(tmp_path / "stock", [analyzed for batch in batches for analyzed in batch])
    assert list(contents(ours)) == list(contents(stock))


def test_merging_drops_deleted_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    merge_any_two(monkeypatch)
    first, second = sample_documents(30, 1), sample_documents(10, 2)
    engine = WhooshEngine(new_index(tmp_path / "ours"))
    engine.commit(first)
    engine.commit(second, {analyzed.document.id for analyzed in first[::3]})
    ours = whoosh_index.open_dir(str(tmp_path / "ours")).reader()
    left = [analyzed for number, analyzed in enumerate(first) if number % 3]
    assert list(contents(ours)) == list(contents(write_with_whoosh(tmp_path / "stock", left + second)))


def test_lengths_count_tokens(tmp_path: Path) -> None:
    batch = sample_documents(30)
    reader = write_with_searchkit(tmp_path / "ours", batch)
    lengths = [analyzed.text_length + analyzed.title_length for analyzed in batch]
    assert [reader.doc_field_length(doc_id, TERMS) for doc_id in range(30)] == lengths
    assert reader.field_length(TERMS) == sum(lengths)
    info = reader.term_info(TERMS, "президент")
    holding = [lengths[doc_id] for doc_id in reader.postings(TERMS, "президент").all_ids()]
    assert (info.min_length(), info.max_length()) == (min(holding), max(holding))


def test_large_batches_become_several_segments(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment_writer, "_MAX_TOKENS", 2_000)
    monkeypatch.setattr(merge_policy, "_ROOM", (99,) * len(merge_policy._ROOM))
    engine = WhooshEngine(new_index(tmp_path / "engine"))
    engine.commit(sample_documents(60))
    assert len(engine.searcher().segments) > 2
    assert list(engine.searcher().verify()) == []


def test_titles_of_a_thousand_words(tmp_path: Path) -> None:
    analyzed = analyze_document(Document(id="1", title="школа " * (TEXT_START + 5), text="школы", language="ru"))
    assert (analyzed.title_length, analyzed.text_length) == (TEXT_START, 6)
    ours = write_with_searchkit(tmp_path / "ours", [analyzed])
    stock = write_with_whoosh(tmp_path / "stock", [analyzed])
    assert list(contents(ours)) == list(contents(stock))


def test_the_number_of_segments_stays_bounded(tmp_path: Path) -> None:
    engine = WhooshEngine(new_index(tmp_path / "engine"))
    for analyzed in sample_documents(150):
        engine.commit([analyzed])
    assert len(engine.searcher().segments) <= 12
    assert len(engine.searcher().states()) == 150
    assert list(engine.searcher().verify()) == []


@pytest.mark.parametrize(
    "step", ["segment_writer.SegmentWriter.finish", "commit.publish", "commit.delete_unreferenced"]
)
def test_a_killed_writer_leaves_the_last_commit(tmp_path: Path, step: str) -> None:
    folder = new_index(tmp_path / "engine")
    WhooshEngine(folder).commit(sample_documents(20))
    code = f"""
import os
from pathlib import Path
from searchkit.engines.whoosh.engine import WhooshEngine
from searchkit.engines.whoosh.commit import commit
from searchkit.engines.whoosh.indexing import merge_policy, merger, segment_writer
from tests.engines.whoosh.sample import sample_documents
merge_policy._TIER_SIZES, merge_policy._ROOM, merger._MERGE_SHARE = (), (2,), 1_000
{step} = lambda *_: os._exit(9)
WhooshEngine(Path({str(folder)!r})).commit(sample_documents(20, 2), ["1/3"])
"""
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 9
    engine = WhooshEngine(folder)
    assert len(engine.searcher().states()) == (39 if step == "commit.delete_unreferenced" else 20)
    engine.commit(sample_documents(1, 3))
    assert list(engine.searcher().verify()) == []
    assert len({file.name.split(".")[0] for file in folder.glob("MAIN_*.*")}) == len(engine.searcher().segments)
