"""Whoosh opens and searches an index by the codec that its table of contents names."""

from __future__ import annotations

from pathlib import Path

import pytest
from whoosh import fields, index
from whoosh.fields import KEYWORD, Schema
from whoosh.qparser import QueryParser
from whoosh.query import And, Phrase, Term

from searchkit.analysis.analyzed_document import analyze_document
from searchkit.analysis.token_offsets import TEXT_START
from searchkit.document import Document
from searchkit.engines.whoosh.engine import WhooshEngine


def make_index(folder: Path) -> Path:
    folder.mkdir()
    WhooshEngine.create(folder)
    engine = WhooshEngine(folder)
    text = "Мемлекет басшысы жарлыққа қол қойды."
    engine.commit([analyze_document(Document(id="1", title="Жарлық", text=text, language="kk", date="2022-09-15"))])
    return folder


def test_whoosh_searches_it(tmp_path: Path) -> None:
    stock = index.open_dir(str(make_index(tmp_path / "engine")))
    assert type(stock.schema["terms"]) is fields.TEXT
    with stock.searcher() as searcher:
        query = And([Term("terms", "жарлық"), Term("language", "kk"), Phrase("terms", ["қол", "қой"])])
        (hit,) = searcher.search(query)
        assert hit["title"] == "Жарлық"
        assert searcher.postings("terms", "жарлық").value_as("positions") == [0, TEXT_START + 2, TEXT_START + 2]


def test_whoosh_parses_and_ranks(tmp_path: Path) -> None:
    engine = WhooshEngine(make_index(tmp_path / "engine"))
    engine.commit(analyze_document(Document(id=f"{n}", title="Мектеп", text="ел " * n, language="kk")) for n in (2, 9))
    engine.commit([], {"2"})
    stock = index.open_dir(str(tmp_path / "engine"))
    with stock.searcher() as searcher:
        parsed = QueryParser("terms", Schema(terms=KEYWORD(), id=fields.ID())).parse("мектеп OR жар* OR id:9")
        assert {hit["id"] for hit in searcher.search(parsed)} == {"9", "1"}
        assert searcher.reader().doc_count() == 2
        assert next(iter(searcher.reader().expand_prefix("terms", "мекте"))) == "мектеп".encode()
        assert searcher.document(id="2") is None
        assert [*searcher.reader().terms_within("terms", "мектэп", 1)] == ["мектеп"]


@pytest.mark.parametrize(("in_title", "in_text"), [(1, 4_000), (1, 9_000), (3, 20_000), (100, 20_000), (1_000, 5)])
def test_counts_in_title_and_text_are_kept_apart(tmp_path: Path, in_title: int, in_text: int) -> None:
    engine = WhooshEngine(make_index(tmp_path / "engine"))
    engine.commit([analyze_document(Document(id="2", title="ел " * in_title, text="ел " * in_text, language="kk"))])
    found = [segment.term_docs("ел") for segment in engine.searcher().segments]
    counts = [(title, text) for each in found for title, text in zip(each.in_title, each.in_text, strict=True)]
    assert counts == [(in_title, in_text)]
    assert list(engine.searcher().verify()) == []
