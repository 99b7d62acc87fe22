"""Snippets from stored token offsets equal those from an analysis of the article."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit import Document, Index, parse
from searchkit.analysis.analyzed_document import analyze_document
from searchkit.analysis.token_offsets import MAX_OCCURRENCES, TEXT_START, TokenOffsets
from searchkit.engines.whoosh.engine import WhooshEngine
from searchkit.evaluation import read_queries
from searchkit.highlighting.highlighter import Highlighter
from tests.conftest import TESTS

QUERIES = [
    *(text for _, text in read_queries(TESTS / "corpus" / "queries.jsonl")),
    "қазақ* және мемлекет",
    '"халқы Ассамблеясы" !президент',
    "30-летие 22.09.2022 о и в",
    "title:ассамблея языка мен ел",
]
WORDS = "мектеп мектептің школы 30-летие ҚХА-ның в және 22.09.2022 jäne el Токаев указом".split()
WORDS += ["<b>", "a@b.kz", ".", "\n\n", "«", "»", "-"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)


def assert_same(index: Index, text: str, limit: int = 100) -> int:
    """Ask, and mark every hit again by analysis; return how many there were."""
    query = parse(text)
    searcher = index._generations.searcher()
    top_docs = searcher.rank(query.root, limit=limit)
    highlighter = Highlighter(query.leaves, [statistics.idf for statistics in searcher.statistics(query.leaves)])
    ids = [match.id for match in top_docs.matches]
    for found in searcher.locate(ids, query.leaves):
        assert found is not None
        document, occurrences = found
        assert occurrences is not None
        assert occurrences[:2] == highlighter._locate(document)[:2], document.id
        assert highlighter.mark(document, occurrences) == highlighter.mark(document)
    return len(ids)


def test_in_the_bundled_articles(archive: Index) -> None:
    assert sum(assert_same(archive, query) for query in QUERIES) > len(QUERIES)


@settings(max_examples=20)
@given(
    written=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6),
    queries=st.lists(st.lists(st.sampled_from([*WORDS, "мек*", "!школы", "и"]), max_size=5), min_size=5, max_size=5),
)
def test_in_any_text(
    tmp_path_factory: pytest.TempPathFactory, written: list[tuple[str, str]], queries: list[list[str]]
) -> None:
    documents = [Document(id=str(n), title=title, text=text) for n, (title, text) in enumerate(written)]
    with Index.open(tmp_path_factory.mktemp("places")) as index:
        index.update(documents[::2])
        index.update(documents)
        for words in queries:
            assert_same(index, " ".join(words))


def test_a_title_longer_than_titles_are(tmp_path: Path) -> None:
    document = Document(id="1", title="сөз " * (TEXT_START + 5) + "театр", text="Театр ашылды.", language="kk")
    with Index.open(tmp_path) as index:
        index.update([document])
        assert assert_same(index, "театр ашу") == 1


@given(st.text(st.sampled_from("аб -0\n"), max_size=40), st.text(st.sampled_from("аб -0\n"), max_size=400))
def test_places_come_back(title: str, text: str) -> None:
    long = "ұ" * 300
    document = Document(id="1", title=title, text=f"{text} {long}{' ' * 40_000}{long}")
    packed = analyze_document(document).token_offsets
    highlighter = Highlighter(parse("а* б* 0* ұ*").leaves)
    found = highlighter._locate(document)
    positions = {o.position: o.leaf for o in found.in_title}
    positions |= {o.position + TEXT_START: o.leaf for o in found.in_text}
    assert TokenOffsets(packed).occurrences(positions)[:2] == found[:2]


def test_an_article_without_places_is_analysed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchkit.analysis.analyzed_document.pack_token_offsets", lambda *_: b"")
    with Index.open(tmp_path / "index", WhooshEngine) as index:
        index.update([Document(id="1", text="Театр ашылды.", language="kk")])
        (hit,) = index.search("театр")
    assert hit.snippet.render("[", "]") == "[Театр] ашылды."


def test_a_word_that_stands_everywhere_hides_no_other(tmp_path: Path) -> None:
    with Index.open(tmp_path / "index") as index:
        index.update([Document(id="1", text="мектеп " * (2 * MAX_OCCURRENCES) + "тасқын")])
        (hit,) = index.search("мектеп тасқын")
    assert "тасқын" in {hit.snippet.text[start:end] for start, end in hit.snippet.marks}
