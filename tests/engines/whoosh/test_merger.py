"""Merging takes its time, and nothing of it is seen but fewer segments."""

from __future__ import annotations

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
from tests.engines.whoosh.test_segment_writer import entries, new

ENTRIES = entries(40, seed=7)
NUMBERS = st.integers(0, 11)
COMMITS = st.lists(st.tuples(st.sets(NUMBERS, max_size=4), st.sets(NUMBERS, max_size=4)), max_size=12)
"""Which of them are added (odd numbers as a part) and which are removed by each of some commits."""


@contextmanager
def slowly() -> Iterator[None]:
    """Merge small segments already, and so little with a commit that a merge takes several."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merger, "_MERGE_SHARE", 0.7)
        patch.setattr(merge_policy, "_TIER_SIZES", (4, 12))
        patch.setattr(merge_policy, "_ROOM", (3, 3, 3))
        yield


@given(COMMITS)
@example([({0, 1}, set()), (set(), {0}), (set(), {1}), (set(), set())])  # emptied while it is merged
@settings(max_examples=50)
def test_whatever_happens_while_segments_are_merged(commits: list[tuple[set[int], set[int]]]) -> None:
    with TemporaryDirectory() as folder, slowly():
        engine = WhooshEngine(new(Path(folder) / "engine"))
        expected: set[str] = set()
        for added, removed in commits:
            own, others = ([ENTRIES[number] for number in added if number % 2 == rest] for rest in (0, 1))
            engine.commit(own, _ids(removed - added), [engine.pending_writer()(others)])
            expected = expected - _ids(removed) | _ids(added)
            assert {*engine.searcher().states()} == expected
        assert list(engine.searcher().verify()) == []
        assert len(engine.searcher().segments) <= 3 * 2 * 3
        stock = whoosh_index.open_dir(str(Path(folder) / "engine")).reader()
        assert {fields["id"] for _, fields in stock.iter_docs()} == expected


def _ids(numbers: set[int]) -> set[str]:
    return {ENTRIES[number].document.id for number in numbers}


def test_a_merge_takes_several_commits_and_gets_done(tmp_path: Path) -> None:
    engine = WhooshEngine(new(tmp_path / "engine"))
    with slowly():
        unfinished = [_committed(engine, entry) for entry in ENTRIES]
    assert max(unfinished) >= 1
    assert len(engine.searcher().segments) < len(ENTRIES) / 4
    files = {file.stem for file in (tmp_path / "engine").glob("*.seg")}
    assert len(files) == len(engine.searcher().segments) + unfinished[-1]


def _committed(engine: WhooshEngine, entry: AnalyzedDocument) -> int:
    engine.commit([entry])
    assert engine._writer
    return len(engine._writer.merges.unfinished)


def test_two_processes_that_write_in_turn(tmp_path: Path) -> None:
    one, other = WhooshEngine(new(tmp_path / "engine")), WhooshEngine(tmp_path / "engine")
    with slowly():
        for number, entry in enumerate(ENTRIES):
            (other if number % 3 else one).commit([entry], {ENTRIES[number // 2].document.id} - {entry.document.id})
    assert one.searcher().states() == other.searcher().states()
    assert len(one.searcher().segments) <= 3 * 2 * 3
    assert list(one.searcher().verify()) == []


def test_a_commit_that_fails_takes_its_merges_with_it(tmp_path: Path) -> None:
    engine = WhooshEngine(new(tmp_path / "engine"))
    with slowly():
        for entry in ENTRIES[:12]:
            engine.commit([entry])
        before = engine.searcher().states()
        with pytest.raises(RuntimeError):
            engine.commit(_failing(ENTRIES[12]), {ENTRIES[0].document.id})
        assert engine.searcher().states() == before
        for entry in ENTRIES[12:]:
            engine.commit([entry])
    assert len(engine.searcher().states()) == len(ENTRIES)
    assert list(engine.searcher().verify()) == []


def _failing(entry: AnalyzedDocument) -> Iterator[AnalyzedDocument]:
    yield entry
    raise RuntimeError("the disk is full")


def test_what_is_mostly_deleted_is_written_anew(tmp_path: Path) -> None:
    engine = WhooshEngine(new(tmp_path / "engine"))
    engine.commit(ENTRIES)
    engine.commit([], {entry.document.id for entry in ENTRIES[5:]})
    assert [segment.size for segment in engine.searcher().segments] == [5]


class Sized:
    """A segment that is nothing but its size."""

    def __init__(self, size: int, deleted: int = 0) -> None:
        self.size, self.live_count = size, size - deleted


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([], []),
        ([1, 1, 1], []),
        ([1, 2, 3, 1], [[1, 2, 3, 1]]),
        ([1, 2, 3, 4], []),
        ([1, 1, 1, 1, 5, 6, 7, 8], [[1, 1, 1, 1], [5, 6, 7, 8]]),
        ([10_000] * 7 + [1, 1], []),
        ([10_000] * 8, [[10_000] * 8]),
    ],
)
def test_a_full_tier_becomes_one_segment(sizes: list[int], expected: list[list[int]]) -> None:
    groups = merge_policy.find_merges([Sized(size) for size in sizes])
    assert [[segment.live_count for segment in group] for group in groups] == expected


@given(st.lists(st.integers(0, 11), min_size=1, max_size=40))
def test_a_handful_of_segments_for_each_power_of_four(exponents: list[int]) -> None:
    """Unless a tier is overfull, segments number at most twice the room of all used tiers."""
    segments = [Sized(4**exponent) for exponent in exponents]
    used = {min(exponent, 8) for exponent in exponents}
    assert merge_policy.is_overfull(segments) or len(segments) < 16 * len(used)
