"""The bundled articles: enough of each language, and every query finds its article."""

from __future__ import annotations

from collections import Counter

import pytest

from searchkit import Articles, Index
from searchkit.evaluation import read_qrels, read_queries
from tests.conftest import CORPUS, TESTS

ANSWERS = {query: document for query, document, _ in read_qrels(TESTS / "corpus" / "qrels.tsv")}
QUERIES = [(text, ANSWERS[query]) for query, text in read_queries(TESTS / "corpus" / "queries.jsonl")]


def test_there_is_enough_of_each_language() -> None:
    languages = Counter(document.language for document in Articles([str(CORPUS)]))
    assert languages["kk"] >= 20
    assert languages["ru"] >= 20


def test_mixed_pages_are_known_as_such() -> None:
    mixed = {document.id for document in Articles([str(CORPUS)]) if document.language == "kk+ru"}
    assert mixed >= {"kk/21-otemaqy-aralas-bet.txt", "ru/21-den-yazykov-kyzylorda.txt"}


@pytest.mark.parametrize(("query", "article"), QUERIES)
def test_a_query_finds_its_article_first(archive: Index, query: str, article: str) -> None:
    hits = list(archive.search(query, limit=3))
    assert hits[0].id == article
    assert hits[0].snippet.marks or hits[0].heading.marks


@pytest.mark.parametrize(
    ("query", "article"),
    [
        ("Тiл – eлдiң жaны", "ru/21-den-yazykov-kyzylorda.txt"),
        ("тіл – елдің жаны", "ru/21-den-yazykov-kyzylorda.txt"),
        ("«Ана тілім – айбыным» байқауының жеңімпаздары", "ru/21-den-yazykov-kyzylorda.txt"),
        ("закон о гражданской защите", "kk/21-otemaqy-aralas-bet.txt"),
    ],
)
def test_quotations_in_the_other_language_are_found(archive: Index, query: str, article: str) -> None:
    assert archive.search(query)[0].id == article
