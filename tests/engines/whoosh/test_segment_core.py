"""Segments read as Whoosh's own readers read them."""

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

from searchkit.engines.whoosh.commit.commits import newest_commit
from searchkit.engines.whoosh.commit.safe_index import SafeIndex
from searchkit.engines.whoosh.segment.core import SegmentCore
from tests.analysis.postings import Posting
from tests.engines.whoosh.stock import PostingsField

SCHEMA = fields.Schema(
    words=PostingsField(),
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
    """Return an index of several segments.

    Whoosh 2.7.4 can read inlined postings, but misspells the method that writes them.
    """
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
    """Return, per segment, our core, stock Whoosh's reader, and the metadata."""
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
            postings = ours.postings("words", term)
            assert postings is not None
            positions = postings.positions(np.arange(len(postings.doc_ids)))
            rows = zip(postings.doc_ids.tolist(), postings.weights.tolist(), positions, strict=True)
            assert [row for row in rows if row[0] not in segment.deleted] == list(_stock_postings(stock, term))


def test_positions_in_some_documents(pairs: list[tuple[SegmentCore, Any, Any]]) -> None:
    wanted = np.array([0, 2, 5, 100, 129, 399], np.int32)
    for ours, _, _ in pairs:
        for term in ("бәрі", "жұп", "көп", "сирек100"):
            postings = ours.postings("words", term.encode())
            if postings is None:
                continue
            rows = np.flatnonzero(np.isin(postings.doc_ids, wanted))
            everywhere = postings.positions(np.arange(len(postings.doc_ids)))
            assert postings.positions(rows) == [everywhere[row] for row in rows.tolist()]


def test_terms(pairs: list[tuple[SegmentCore, Any, Any]]) -> None:
    for ours, stock, _ in pairs:
        assert list(ours.terms("words")) == list(stock.lexicon("words"))
        for prefix in ("сирек1", "ж", "я", ""):
            with_prefix = [term for term, _ in ours.terms_with_info("words", prefix.encode())]
            assert with_prefix == list(stock.expand_prefix("words", prefix))
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


def test_missing_columns(pairs: list[tuple[SegmentCore, Any, Any]]) -> None:
    for ours, _, _ in pairs:
        assert ours.numeric_column("none").tolist() == [0] * ours.size
        assert bytes(ours.bytes_value("none", 0)) == b""
        values, codes = ours.reference_column("none")
        assert (values, codes.tolist()) == ([b""], [0] * ours.size)


def test_segments_without_a_compound_file(tmp_path: Path) -> None:
    loose = index.FileIndex.create(FileStorage(str(tmp_path)), SCHEMA, "MAIN")
    writer = loose.writer()
    writer.compound = False
    for n in range(200):
        writer.add_document(**_document(n))
    writer.commit()
    (segment,) = newest_commit(_ours(loose))[1]
    assert not segment.is_compound
    ours = SegmentCore(_ours(loose).folder, segment)
    postings = ours.postings("words", "бәрі".encode())
    assert postings is not None
    assert np.array_equal(postings.doc_ids, np.arange(200))
    assert ours.stored_fields(7)["note"] == "ескерту 7"
