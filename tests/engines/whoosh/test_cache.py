"""One bound on memory for a whole index; what was read outlives a commit."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.analysis.analyzed_document import analyze_document
from searchkit.document import Document
from searchkit.engines.whoosh.cache import Cache
from searchkit.engines.whoosh.engine import WhooshEngine
from searchkit.engines.whoosh.schema import TERMS
from searchkit.engines.whoosh.segment.core import SegmentCore
from searchkit.query.parser import parse


class Sized(NamedTuple):
    bytes: int


def test_what_was_asked_for_last_is_kept() -> None:
    cache = Cache(5000)
    for name in "abac":
        cache.get(name, lambda: Sized(2000))
    made = [name for name in "ab" if cache.get(name, lambda: Sized(1)).bytes == 1]
    assert made == ["b"]
    assert cache.bytes <= 5000


def test_what_is_larger_than_all_room_is_kept_alone() -> None:
    cache = Cache(100)
    cache.get("a", lambda: Sized(50))
    cache.get("b", lambda: Sized(5000))
    assert cache.get("b", lambda: Sized(1)).bytes == 5000


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 4_000)), min_size=1, max_size=300))
def test_what_is_forgotten_was_asked_for_before_what_is_kept(asked: list[tuple[int, int]]) -> None:
    cache = Cache(20_000)
    times: dict[int, int] = {}
    for time, (key, size) in enumerate(asked):
        times[key] = time
        before = set(cache._entries)
        cache.get(key, lambda size=size: Sized(size))  # type: ignore[misc]
        forgotten = before - set(cache._entries)
        assert all(times[one] < times[other] for one in forgotten for other in cache._entries)
        assert cache.bytes == sum(entry.size for entry in cache._entries.values()) <= 20_000


def test_segments_that_survive_a_commit_are_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    WhooshEngine.create(tmp_path)
    engine = WhooshEngine(tmp_path)
    # More articles than Whoosh would merge with the next commit.
    engine.commit(analyze_document(Document(id=str(n), text=f"мектеп {n}", language="kk")) for n in range(200))
    read: list[int] = []
    stock = SegmentCore.postings

    def postings(core: SegmentCore, field: str, term: bytes) -> object:
        if field == TERMS:
            read.append(core.size)
        return stock(core, field, term)

    monkeypatch.setattr(SegmentCore, "postings", postings)
    assert engine.searcher().rank(parse("мектеп").root, limit=1).total == 200
    assert set(read) == {200}
    read.clear()
    engine.commit([analyze_document(Document(id="new", text="мектеп", language="kk"))], {"7"})
    assert engine.searcher().rank(parse("мектеп").root, limit=1).total == 200
    assert set(read) == {1}


def test_little_memory_changes_nothing(tmp_path: Path) -> None:
    small = WhooshEngine.with_memory(1000)
    small.create(tmp_path)
    documents = (Document(id=str(n), text=f"мектеп ел {n}", language="kk") for n in range(50))
    small(tmp_path).commit(map(analyze_document, documents))
    root = parse('мектеп "мектеп ел" е* -7').root
    assert small(tmp_path).searcher().rank(root, limit=50) == WhooshEngine(tmp_path).searcher().rank(root, limit=50)


def test_articles_that_were_hits_count(tmp_path: Path) -> None:
    class Small(WhooshEngine):
        cache_bytes = 20_000

    Small.create(tmp_path)
    engine = Small(tmp_path)
    texts = {str(n): f"мектеп {n} " * 200 for n in range(20)}
    engine.commit(analyze_document(Document(id=id_, text=text, language="kk")) for id_, text in texts.items())
    view = engine.searcher()
    for id_, text in [*texts.items()] * 2:
        document = view.document(id_)
        assert document is not None
        assert document.text == text
        assert engine._pool.postings_cache.bytes <= Small.cache_bytes
