"""Merges take several commits, and change nothing but the number of segments."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from whoosh import index as whoosh_index

from searchkit.analysis.analyzed_document import AnalyzedDocument
from searchkit.engines.whoosh.engine import WhooshEngine
from searchkit.engines.whoosh.indexing import merge_policy, merger
from searchkit.engines.whoosh.segment.output import SegmentOutput
from searchkit.errors import IndexWarning
from tests.engines.whoosh.sample import new_index, sample_documents

DOCUMENTS = sample_documents(40, seed=7)
NUMBERS = st.integers(0, 11)
COMMITS = st.lists(st.tuples(st.sets(NUMBERS, max_size=4), st.sets(NUMBERS, max_size=4)), max_size=12)
"""Per commit, the documents to add (odd numbers from another process) and to remove."""


@contextmanager
def slowly() -> Iterator[None]:
    """Merge small segments, and little with each commit, so that a merge takes several."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merger, "_MERGE_SHARE", 0.7)
        patch.setattr(merge_policy, "_TIER_SIZES", (4, 12))
        patch.setattr(merge_policy, "_ROOM", (3, 3, 3))
        yield


@given(COMMITS)
@example([({0, 1}, set()), (set(), {0}), (set(), {1}), (set(), set())])  # emptied while it is merged
@settings(max_examples=50)
def test_commits_during_merges(commits: list[tuple[set[int], set[int]]]) -> None:
    with TemporaryDirectory() as folder, slowly():
        engine = WhooshEngine(new_index(Path(folder) / "engine"))
        expected: set[str] = set()
        for added, removed in commits:
            own, others = ([DOCUMENTS[number] for number in added if number % 2 == rest] for rest in (0, 1))
            engine.commit(own, _ids(removed - added), [engine.pending_writer()(others)])
            expected = expected - _ids(removed) | _ids(added)
            assert {*engine.searcher().states()} == expected
        assert list(engine.searcher().verify()) == []
        assert len(engine.searcher().segments) <= 3 * 2 * 3
        stock = whoosh_index.open_dir(str(Path(folder) / "engine")).reader()
        assert {fields["id"] for _, fields in stock.iter_docs()} == expected


def _ids(numbers: set[int]) -> set[str]:
    return {DOCUMENTS[number].document.id for number in numbers}


def test_a_merge_takes_several_commits(tmp_path: Path) -> None:
    engine = WhooshEngine(new_index(tmp_path / "engine"))
    with slowly():
        unfinished = [_commit_and_count_merges(engine, analyzed) for analyzed in DOCUMENTS]
    assert max(unfinished) >= 1
    assert len(engine.searcher().segments) < len(DOCUMENTS) / 4
    files = {file.stem for file in (tmp_path / "engine").glob("*.seg")}
    assert len(files) == len(engine.searcher().segments) + unfinished[-1]


def _commit_and_count_merges(engine: WhooshEngine, analyzed: AnalyzedDocument) -> int:
    engine.commit([analyzed])
    assert engine._writer
    return len(engine._writer.merges.unfinished)


def test_two_processes_commit_in_turn(tmp_path: Path) -> None:
    one, other = WhooshEngine(new_index(tmp_path / "engine")), WhooshEngine(tmp_path / "engine")
    with slowly():
        for number, analyzed in enumerate(DOCUMENTS):
            (other if number % 3 else one).commit(
                [analyzed], {DOCUMENTS[number // 2].document.id} - {analyzed.document.id}
            )
    assert one.searcher().states() == other.searcher().states()
    assert len(one.searcher().segments) <= 3 * 2 * 3
    assert list(one.searcher().verify()) == []


def test_a_failed_commit_drops_its_merges(tmp_path: Path) -> None:
    engine = WhooshEngine(new_index(tmp_path / "engine"))
    with slowly():
        for analyzed in DOCUMENTS[:12]:
            engine.commit([analyzed])
        before = engine.searcher().states()
        with pytest.raises(RuntimeError):
            engine.commit(_failing(DOCUMENTS[12]), {DOCUMENTS[0].document.id})
        assert engine.searcher().states() == before
        for analyzed in DOCUMENTS[12:]:
            engine.commit([analyzed])
    assert len(engine.searcher().states()) == len(DOCUMENTS)
    assert list(engine.searcher().verify()) == []


def _failing(analyzed: AnalyzedDocument) -> Iterator[AnalyzedDocument]:
    yield analyzed
    raise RuntimeError("the disk is full")


def test_a_mostly_deleted_segment_is_rewritten(tmp_path: Path) -> None:
    engine = WhooshEngine(new_index(tmp_path / "engine"))
    engine.commit(DOCUMENTS)
    engine.commit([], {analyzed.document.id for analyzed in DOCUMENTS[5:]})
    assert [segment.size for segment in engine.searcher().segments] == [5]


def test_a_long_run_ends_with_few_files(tmp_path: Path) -> None:
    engine = WhooshEngine(new_index(tmp_path / "engine"))
    for number in range(3):
        engine.commit(DOCUMENTS[10 * number : 10 * number + 10])
    engine.commit([], {DOCUMENTS[0].document.id})
    before = engine.searcher().states()
    engine.merge()
    assert [segment.size for segment in engine.searcher().segments] == [29]
    assert len(list((tmp_path / "engine").glob("*.seg"))) == 1
    assert engine.searcher().states() == before
    engine.merge()
    assert list(engine.searcher().verify()) == []


def test_a_merge_without_room_leaves_all_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = WhooshEngine(new_index(tmp_path / "engine"))
    for analyzed in DOCUMENTS[:3]:
        engine.commit([analyzed])

    def full(_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(SegmentOutput, "end_articles", full)
    with pytest.warns(IndexWarning, match="all articles are indexed.*no space left"):
        engine.merge()
    assert len(engine.searcher().segments) == len(list((tmp_path / "engine").glob("*.seg"))) == 3
