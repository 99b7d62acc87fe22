"""Our segments and those of Whoosh's own writer hold the same, as stock Whoosh reads them."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage

from searchkit.analysis.analyzed_document import TEXT_START, AnalyzedDocument, analyze_document
from searchkit.document import Document
from searchkit.engines.whoosh.engine import WhooshEngine
from searchkit.engines.whoosh.indexing import merge_policy, merger, segment_writer
from searchkit.engines.whoosh.schema import TERMS
from searchkit.engines.whoosh.whoosh_schema import fields_of, schema

WORDS = "Қазақстан тілі президент указ закон школа школы школьный Токаев Токаеву 2022 қол қойды жарлық on-line".split()


def entries(count: int, seed: int = 1) -> list[AnalyzedDocument]:
    chance = random.Random(seed)
    return [analyze_document(_document(f"{seed}/{number}", chance)) for number in range(count)]


def _document(id_: str, chance: random.Random) -> Document:
    texts = [" ".join(chance.choices(WORDS, k=chance.choice(lengths))) for lengths in ([0, 3], [0, 1, 9, 400])]
    rare = f"сирек{chance.randrange(500)}"
    return Document(
        id=id_,
        title=texts[0],
        text=f"{texts[1]} {rare}",
        date=chance.choice(["", "2022", "2023-01-02"]),
        source=chance.choice(["", "el.kz"]),
        author=chance.choice(["", "Айгүл Сейітова"]),
        tags=("a",) * chance.randrange(2),
    )


def always_two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put any two segments together, with the commit that makes them two."""
    monkeypatch.setattr(merger, "_MERGE_SHARE", 1_000)
    monkeypatch.setattr(merge_policy, "_TIER_SIZES", ())
    monkeypatch.setattr(merge_policy, "_ROOM", (2,))


def new(folder: Path) -> Path:
    folder.mkdir()
    WhooshEngine.create(folder)
    return folder


def by_stock(folder: Path, *batches: Sequence[AnalyzedDocument]) -> Any:
    """Return a reader of an index that Whoosh's own writer has made, a segment a batch."""
    index = whoosh_index.FileIndex(FileStorage(str(new(folder))), schema())
    for batch in batches:
        writer = index.writer()
        for entry in batch:
            writer.add_document(**fields_of(entry), **{TERMS: entry.postings})
        writer.commit(merge=False)
    return whoosh_index.open_dir(str(folder)).reader()


def by_us(folder: Path, *batches: Sequence[AnalyzedDocument]) -> Any:
    """Return stock Whoosh's reader of an index that we have made."""
    engine = WhooshEngine(new(folder))
    for batch in batches:
        engine.commit(batch)
    return whoosh_index.open_dir(str(folder)).reader()


def contents(reader: Any) -> Iterator[object]:
    """Yield all that a segment holds."""
    yield reader.doc_count_all()
    for field, term in reader.all_terms():
        info, matcher = reader.term_info(field, term), reader.postings(field, term)
        yield field, term, info.doc_frequency(), info.min_length(), info.max_length(), info.min_id(), info.max_id()
        yield info.weight(), info.max_weight()
        while matcher.is_active():
            positions = matcher.value_as("positions") if field == TERMS else None
            yield matcher.id(), matcher.weight(), positions, matcher.block_min_length(), matcher.block_max_length()
            matcher.next()
    for name, field in reader.schema.items():
        for number in range(reader.doc_count_all()):
            yield name, number, reader.doc_field_length(number, name)
            if field.column_type and reader.has_column(name):
                yield reader.column_reader(name)[number]
    for number in range(reader.doc_count_all()):
        yield sorted(reader.stored_fields(number).items())
    yield {name: reader.field_length(name) for name in reader.schema.names()}


def test_the_same_as_whoosh_s_own_writer(tmp_path: Path) -> None:
    batch = entries(300)
    ours, stock = by_us(tmp_path / "ours", batch), by_stock(tmp_path / "stock", batch)
    assert list(contents(ours)) == list(contents(stock))


def test_a_merged_segment_is_as_if_written_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    always_two(monkeypatch)
    batches = [entries(20, seed) for seed in range(4)]
    ours = by_us(tmp_path / "ours", *batches)
    stock = by_stock(tmp_path / "stock", [entry for batch in batches for entry in batch])
    assert _without_field_lengths(ours) == _without_field_lengths(stock)


def test_merging_drops_what_was_deleted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    always_two(monkeypatch)
    first, second = entries(30, 1), entries(10, 2)
    engine = WhooshEngine(new(tmp_path / "ours"))
    engine.commit(first)
    engine.commit(second, {entry.document.id for entry in first[::3]})
    ours = whoosh_index.open_dir(str(tmp_path / "ours")).reader()
    left = [entry for number, entry in enumerate(first) if number % 3]
    assert _without_field_lengths(ours) == _without_field_lengths(by_stock(tmp_path / "stock", left + second))


def _without_field_lengths(reader: Any) -> list[object]:
    """Of merged segments Whoosh too adds up lengths as they were rounded to a byte."""
    return list(contents(reader))[:-1]


def test_several_segments_where_a_batch_is_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment_writer, "_MAX_TOKENS", 2_000)
    monkeypatch.setattr(merge_policy, "_ROOM", (99,) * len(merge_policy._ROOM))
    engine = WhooshEngine(new(tmp_path / "engine"))
    engine.commit(entries(60))
    assert len(engine.searcher().segments) > 2
    assert list(engine.searcher().verify()) == []


def test_a_word_that_a_title_of_a_thousand_words_has(tmp_path: Path) -> None:
    entry = analyze_document(Document(id="1", title="школа " * (TEXT_START + 5), text="школы", language="ru"))
    assert (entry.title_length, entry.text_length) == (TEXT_START, 6)
    ours, stock = by_us(tmp_path / "ours", [entry]), by_stock(tmp_path / "stock", [entry])
    assert list(contents(ours)) == list(contents(stock))


def test_the_number_of_segments_stays_bounded(tmp_path: Path) -> None:
    engine = WhooshEngine(new(tmp_path / "engine"))
    for entry in entries(150):
        engine.commit([entry])
    assert len(engine.searcher().segments) <= 12
    assert len(engine.searcher().states()) == 150
    assert list(engine.searcher().verify()) == []


@pytest.mark.parametrize(
    "step", ["segment_writer.SegmentWriter.finish", "commit.publish", "commit.delete_unreferenced"]
)
def test_whenever_a_writer_is_killed_the_last_commit_stays(tmp_path: Path, step: str) -> None:
    folder = new(tmp_path / "engine")
    WhooshEngine(folder).commit(entries(20))
    code = f"""
import os
from pathlib import Path
from searchkit.engines.whoosh.engine import WhooshEngine
from searchkit.engines.whoosh.commit import commit
from searchkit.engines.whoosh.indexing import merge_policy, merger, segment_writer
from tests.engines.whoosh.test_segment_writer import entries
merge_policy._TIER_SIZES, merge_policy._ROOM, merger._MERGE_SHARE = (), (2,), 1_000
{step} = lambda *_: os._exit(9)
WhooshEngine(Path({str(folder)!r})).commit(entries(20, 2), ["1/3"])
"""
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 9
    engine = WhooshEngine(folder)
    assert len(engine.searcher().states()) == (39 if step == "commit.delete_unreferenced" else 20)
    engine.commit(entries(1, 3))
    assert list(engine.searcher().verify()) == []
    assert len({file.name.split(".")[0] for file in folder.glob("MAIN_*.*")}) == len(engine.searcher().segments)
