"""The index on disk is a standard Whoosh index."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from whoosh import fields, index
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


def test_whoosh_opens_it_without_searchkit(tmp_path: Path) -> None:
    code = f"""
import sys
sys.modules["searchkit"] = sys.modules["searchkit_analyzers"] = None
from whoosh import index
print(index.open_dir({str(make_index(tmp_path / "engine"))!r}).doc_count())
"""
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", timeout=60)
    assert result.stdout == "1\n", result.stderr


@pytest.mark.parametrize(("in_title", "in_text"), [(1, 4_000), (1, 9_000), (3, 20_000), (100, 20_000), (1_000, 5)])
def test_counts_in_title_and_text_are_kept_apart(tmp_path: Path, in_title: int, in_text: int) -> None:
    engine = WhooshEngine(make_index(tmp_path / "engine"))
    engine.commit([analyze_document(Document(id="2", title="ел " * in_title, text="ел " * in_text, language="kk"))])
    found = [segment.term_docs("ел") for segment in engine.searcher().segments]
    counts = [(title, text) for each in found for title, text in zip(each.in_title, each.in_text, strict=True)]
    assert counts == [(in_title, min(in_text, 8_191))]
    assert list(engine.searcher().verify()) == []
