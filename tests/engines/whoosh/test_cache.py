"""The caches of an index stay within one bound on memory, and survive commits."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.analysis.analyzed_document import analyze_document
from searchkit.document import Document
from searchkit.engines.whoosh.cache import Cache
from searchkit.engines.whoosh.codec.term_blocks import TermBlock
from searchkit.engines.whoosh.engine import WhooshEngine
from searchkit.engines.whoosh.segment.core import SegmentCore
from searchkit.query.parser import parse


class Sized(NamedTuple):
    nbytes: int


def test_the_most_recently_used_values_are_kept() -> None:
    cache = Cache(5000)
    for name in "abac":
        cache.get(name, lambda: Sized(2000))
    made = [name for name in "ab" if cache.get(name, lambda: Sized(1)).nbytes == 1]
    assert made == ["b"]
    assert cache.nbytes <= 5000


def test_a_value_above_the_limit_is_kept_alone() -> None:
    cache = Cache(100)
    cache.get("a", lambda: Sized(50))
    cache.get("b", lambda: Sized(5000))
    assert cache.get("b", lambda: Sized(1)).nbytes == 5000


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 4_000)), min_size=1, max_size=300))
def test_the_least_recently_used_values_are_evicted(lookups: list[tuple[int, int]]) -> None:
    cache = Cache(20_000)
    last_use: dict[int, int] = {}
    for time, (key, size) in enumerate(lookups):
        last_use[key] = time
        before = set(cache._entries)
        cache.get(key, lambda size=size: Sized(size))  # type: ignore[misc]
        evicted = before - set(cache._entries)
        assert all(last_use[one] < last_use[other] for one in evicted for other in cache._entries)
        assert cache.nbytes == sum(entry.size for entry in cache._entries.values()) <= 20_000


def test_segments_that_survive_a_commit_stay_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    WhooshEngine.create(tmp_path)
    engine = WhooshEngine(tmp_path)
    # More documents than the next commit merges.
    engine.commit(analyze_document(Document(id=str(n), text=f"мектеп {n}", language="kk")) for n in range(200))
    decoded_sizes: list[int] = []
    original = SegmentCore.block

    def block(core: SegmentCore, number: int) -> TermBlock:
        decoded_sizes.append(core.size)
        return original(core, number)

    monkeypatch.setattr(SegmentCore, "block", block)
    assert engine.searcher().rank(parse("мектеп").root, limit=1).total == 200
    assert set(decoded_sizes) == {200}
    decoded_sizes.clear()
    engine.commit([analyze_document(Document(id="new", text="мектеп", language="kk"))], {"7"})
    assert engine.searcher().rank(parse("мектеп").root, limit=1).total == 200
    assert set(decoded_sizes) == {1}


def test_results_do_not_depend_on_the_cache(tmp_path: Path) -> None:
    small = WhooshEngine.with_memory(1000)
    small.create(tmp_path)
    documents = (Document(id=str(n), text=f"мектеп ел {n}", language="kk") for n in range(50))
    small(tmp_path).commit(map(analyze_document, documents))
    root = parse('мектеп "мектеп ел" е* -7').root
    assert small(tmp_path).searcher().rank(root, limit=50) == WhooshEngine(tmp_path).searcher().rank(root, limit=50)


def test_stored_documents_count_towards_the_limit(tmp_path: Path) -> None:
    class Small(WhooshEngine):
        cache_bytes = 20_000

    Small.create(tmp_path)
    engine = Small(tmp_path)
    texts = {str(n): f"мектеп {n} " * 200 for n in range(20)}
    engine.commit(analyze_document(Document(id=id_, text=text, language="kk")) for id_, text in texts.items())
    searcher = engine.searcher()
    for id_, text in [*texts.items()] * 2:
        document = searcher.document(id_)
        assert document is not None
        assert document.text == text
        assert engine._pool.results_cache.nbytes <= Small.cache_bytes
