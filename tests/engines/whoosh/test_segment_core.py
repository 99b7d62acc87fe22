"""What is read past Whoosh's own readers is what they read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from whoosh import fields, index
from whoosh.codec.whoosh3 import W3Codec, W3TermInfo
from whoosh.columns import NumericColumn, RefBytesColumn, VarBytesColumn
from whoosh.filedb.filestore import FileStorage
from whoosh.formats import Positions
from whoosh.reading import TermNotFound

from searchkit.analysis.analyzed_document import Posting
from searchkit.engines.whoosh.codec.posting_list import decode_positions
from searchkit.engines.whoosh.commit.commits import is_newest, newest_commit
from searchkit.engines.whoosh.commit.safe_index import SafeIndex
from searchkit.engines.whoosh.segment.core import SegmentCore
from searchkit.engines.whoosh.whoosh_schema import TermsField

SCHEMA = fields.Schema(
    words=TermsField(),
    number=fields.COLUMN(NumericColumn("I")),
    bytes=fields.COLUMN(VarBytesColumn()),
    few_offsets=fields.COLUMN(VarBytesColumn(write_offsets_cutoff=10)),
    few=fields.ID(sortable=RefBytesColumn()),
    many=fields.ID(sortable=RefBytesColumn()),
    note=fields.STORED(),
)
COMMITS = (400, 3, 130)


def _document(n: int) -> dict[str, Any]:
    words = {"бәрі": Posting(1), f"сирек{n}": Posting(1), f"салмақ{n % 90}": Posting(n % 4 + 1, n % 3)}
    words |= {"жұп": Posting(2, 2)} if n % 2 else {}
    words |= {"көп": Posting(n * 5)} if n % 5 == 0 else {}
    for number, posting in enumerate(words.values()):
        posting.positions += range(number, 700 * (posting.in_text + posting.in_title), 700)
    document: dict[str, Any] = {"words": words, "note": f"ескерту {n}", "few": f"{n % 3}", "many": f"{n}"}
    if n % 7:
        document |= {"number": n * 100_000, "bytes": bytes([n % 256]) * n, "few_offsets": b"x" * (n % 300)}
    return document


@pytest.fixture(params=[1, 5], ids=["as usual", "inlined"])
def made(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> index.FileIndex:
    """Return an index of several segments. Whoosh 2.7.4 can read inlined postings, but misspells how to write them."""
    monkeypatch.setattr(W3TermInfo, "set_inline", W3TermInfo.set_inlined, raising=False)
    made = index.FileIndex.create(FileStorage(str(tmp_path)), SCHEMA, "MAIN")
    at = 0
    for count in COMMITS:
        writer = made.writer(codec=W3Codec(inlinelimit=request.param))
        for n in range(at, at + count):
            writer.add_document(**_document(n))
        at += count
        writer.commit(merge=False)
    writer = made.writer()
    for n in (0, 5, 127, 128, 399, 402, 532):
        writer.delete_document(n)
    writer.commit(merge=False)
    return made


def _ours(stock: index.FileIndex) -> SafeIndex:
    return SafeIndex(Path(stock.storage.folder))


@pytest.fixture
def pairs(made: index.FileIndex) -> list[tuple[SegmentCore, Any, Any]]:
    """Return ours, stock Whoosh's, and what the commit says of each segment."""
    _, segments = newest_commit(_ours(made))
    stock = [reader for reader, _ in made.reader().leaf_readers()]
    assert len(stock) == len(COMMITS)
    return [(SegmentCore(_ours(made).folder, s), reader, s) for s, reader in zip(segments, stock, strict=True)]


def _stock_postings(reader: Any, term: bytes) -> Iterator[tuple[int, float, list[int]]]:
    matcher = reader.postings("words", term)
    while matcher.is_active():
        yield matcher.id(), matcher.weight(), Positions().decode_positions(matcher.value())
        matcher.next()


def test_postings(pairs: list[tuple[SegmentCore, Any, Any]]) -> None:
    for ours, stock, segment in pairs:
        for term in stock.lexicon("words"):
            found = ours.postings("words", term)
            assert found is not None
            positions = found.positions(np.arange(len(found.doc_ids)))
            rows = zip(found.doc_ids.tolist(), found.weights.tolist(), positions, strict=True)
            assert [row for row in rows if row[0] not in segment.deleted] == list(_stock_postings(stock, term))


def test_positions_in_some_documents(pairs: list[tuple[SegmentCore, Any, Any]]) -> None:
    wanted = np.array([0, 2, 5, 100, 129, 399], np.int32)
    for ours, _, _ in pairs:
        for term in ("бәрі", "жұп", "көп", "сирек100"):
            found = ours.postings("words", term.encode())
            if found is None:
                continue
            places = np.flatnonzero(np.isin(found.doc_ids, wanted))
            assert decode_positions([found.value(place) for place in places.tolist()]) == found.positions(places)


def test_a_commit_is_the_newest_until_the_next(made: index.FileIndex) -> None:
    for _ in range(3):
        before = made.latest_generation()
        assert is_newest(_ours(made), before)
        for _ in range(2):
            made.writer().commit(merge=False)
            assert not is_newest(_ours(made), before)


def test_a_newer_commit_is_seen_where_old_files_could_not_be_removed(made: index.FileIndex) -> None:
    before = made.latest_generation()
    contents = Path(made.storage.folder, f"_MAIN_{before}.toc")
    kept = contents.read_bytes()
    made.writer().commit(merge=False)
    contents.write_bytes(kept)
    assert not is_newest(_ours(made), before)


def test_terms(pairs: list[tuple[SegmentCore, Any, Any]]) -> None:
    for ours, stock, _ in pairs:
        assert list(ours.terms("words")) == list(stock.lexicon("words"))
        for prefix in ("сирек1", "ж", "я", ""):
            assert list(ours.terms("words", prefix.encode())) == list(stock.expand_prefix("words", prefix))
        assert ours.postings("words", "жоқ".encode()) is None
        assert ours.postings("strange", "бәрі".encode()) is None
        with pytest.raises(TermNotFound):
            stock.postings("words", "жоқ")


def test_columns(pairs: list[tuple[SegmentCore, Any, Any]]) -> None:
    for ours, stock, _ in pairs:
        assert ours.numeric_column("number").tolist() == list(stock.column_reader("number"))
        for field in ("bytes", "few_offsets"):
            assert [bytes(ours.bytes_value(field, n)) for n in range(ours.size)] == list(stock.column_reader(field))
        for field in ("few", "many"):
            values, codes = ours.reference_column(field)
            assert [values[code] for code in codes] == list(stock.column_reader(field, translate=False))
        assert [ours.stored_fields(n) for n in range(ours.size)] == [stock.stored_fields(n) for n in range(ours.size)]


def test_columns_that_are_not_there(pairs: list[tuple[SegmentCore, Any, Any]]) -> None:
    for ours, _, _ in pairs:
        assert ours.numeric_column("none").tolist() == [0] * ours.size
        assert bytes(ours.bytes_value("none", 0)) == b""
        values, codes = ours.reference_column("none")
        assert (values, codes.tolist()) == ([b""], [0] * ours.size)


def test_segments_that_are_not_put_together(tmp_path: Path) -> None:
    loose = index.FileIndex.create(FileStorage(str(tmp_path)), SCHEMA, "MAIN")
    writer = loose.writer()
    writer.compound = False
    for n in range(200):
        writer.add_document(**_document(n))
    writer.commit()
    (segment,) = newest_commit(_ours(loose))[1]
    assert not segment.is_compound
    ours = SegmentCore(_ours(loose).folder, segment)
    found = ours.postings("words", "бәрі".encode())
    assert found is not None
    assert np.array_equal(found.doc_ids, np.arange(200))
    assert ours.stored_fields(7)["note"] == "ескерту 7"
