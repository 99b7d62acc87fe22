"""Orders by meaning: paraphrases, other languages, conditions, and vectors that stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from searchkit import Articles, Document, Index, Rewrite, SearchOptions
from searchkit.meaning import reranking
from searchkit.query.parser import parse
from searchkit.results import Correction
from searchkit.searching import by_meaning
from searchkit.understanding.expansion.phrase_matches import PhraseMatches
from searchkit.understanding.rewriter import RewrittenQuery
from tests.meaning.conftest import ARTICLES
from tests.meaning.tiny_model import make_model

MEANING = SearchOptions(Rewrite(synonyms=False), meaning=True)
ACROSS = SearchOptions(Rewrite(translations=True), meaning=True)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, model: Path) -> Iterator[Index]:
    """Return an index of ``articles.jsonl`` with vectors."""
    with Index.open(tmp_path_factory.mktemp("meaning") / "index", model=model) as index:
        index.update(Articles([ARTICLES]))
        assert index.embed().done == 4
        yield index


def found(index: Index, question: str, options: SearchOptions) -> list[str]:
    """Return the ids of the hits of a search, without the name of their file."""
    return [hit.id.rpartition("#")[2] for hit in index.search(question, options=options)]


@pytest.mark.parametrize(
    ("question", "best"), [("паводок жители", "a1"), ("шоссе жители", "a2"), ("школа жители", "a3")]
)
def test_a_paraphrase_is_first(index: Index, question: str, best: str) -> None:
    assert found(index, question, MEANING)[0] == best


@pytest.mark.parametrize(
    ("question", "joined", "kept_out"),
    [
        ("паводок", {"a1", "a4"}, set()),
        ("паводок lang:kk", {"a4"}, {"a1"}),
        ("паводок date:2024-04", {"a1"}, {"a4"}),
        ("паводок -половодье", {"a4"}, {"a1"}),
        ('"паводок ушёл"', set(), {"a1", "a4"}),
        ("!паводок", set(), {"a1", "a4"}),
        ("+паводок +ремонт", set(), {"a1", "a4"}),
    ],
)
def test_articles_of_all_languages_join_unless_a_condition_keeps_them_out(
    index: Index, question: str, joined: set[str], kept_out: set[str]
) -> None:
    ids = set(found(index, question, ACROSS))
    assert ids >= joined and not ids & kept_out


def test_a_hit_without_a_word_shows_its_passage(index: Index) -> None:
    results = index.search("шоссе lang:ru", options=replace(ACROSS, rewrite=Rewrite.NONE))
    assert results.total == 0
    results = index.search("шоссе lang:ru", options=replace(ACROSS, rewrite=Rewrite(translations=True)))
    assert results[0].snippet.text.startswith("Ремонт: трасса") and results[0].meaning


@pytest.mark.parametrize("candidates", [1, 2, 100])
def test_pages_are_parts_of_one_order(index: Index, monkeypatch: pytest.MonkeyPatch, candidates: int) -> None:
    """Articles after the candidates keep their places, on whichever page they are."""
    for module in (by_meaning, reranking):
        monkeypatch.setattr(module, "CANDIDATES", candidates)
    whole = index.search("шоссе жители", options=MEANING)
    pages = [index.search("шоссе жители", limit=1, offset=number, options=MEANING) for number in range(len(whole))]
    assert [(hit.rank, hit.id) for page in pages for hit in page] == [(hit.rank, hit.id) for hit in whole]


def test_the_model_of_the_vectors_is_asked_only(index: Index, tmp_path: Path) -> None:
    other = make_model(tmp_path / "other", seed=2)
    with Index.open(index._folder.path, model=other) as opened:
        results = opened.search("шоссе жители", options=MEANING)
    assert [hint for hint in results.hints if "no article has vectors of this model" in hint]


def test_only_whole_words_are_corrected_in_a_question() -> None:
    query = parse("шосе и шосейный ремонт")
    rewritten = RewrittenQuery(query, (), PhraseMatches(query), [Correction("шосе", "шоссе", "typo")], (), False)
    assert by_meaning.understood(rewritten) == "шоссе и шосейный ремонт"


def test_rebuilds_and_other_names_keep_the_vectors(tmp_path: Path, model: Path) -> None:
    article = Document(id="1", title="Трасса", text="Ремонт: трасса закрыта.", date="2024-05-01")
    with Index.open(tmp_path / "index", model=model) as index:
        index.update([article])
        index.embed()
        (file,) = (tmp_path / "index" / "vectors").glob("*.vec")
        before = file.read_bytes()
        index.rebuild([article])
        index.embed()
        assert file.read_bytes() == before
        index.update([replace(article, id="2", source="el.kz")])
        assert index.embed(seconds=0).done == 2, "the text is known: no model runs"


def test_articles_that_are_not_embedded_are_told(tmp_path: Path, model: Path) -> None:
    texts = {"1": "трасса закрыта, жители ждут", "2": "жители довольны погодой"}
    with Index.open(tmp_path / "index", model=model) as index:
        index.update([Document(id=id_, title="", text=text) for id_, text in texts.items()][:1])
        index.embed()
        index.update([Document(id=id_, title="", text=text) for id_, text in texts.items()])
        hints = index.search("жители", options=MEANING).hints
    assert "1 of the 2 best articles are not embedded yet: searchkit embed" in hints


def test_a_purge_leaves_no_vectors_of_what_was_deleted(tmp_path: Path, model: Path) -> None:
    with Index.open(tmp_path / "index", model=model) as index:
        index.update([Document(id=id_, title="", text=text) for id_, text in (("1", "трасса"), ("2", "урок"))])
        index.embed()
        (file,) = (tmp_path / "index" / "vectors").glob("*.vec")
        size = file.stat().st_size
        index.delete(["1"], purge=True)
        (file,) = (tmp_path / "index" / "vectors").glob("*.vec")
        assert file.stat().st_size < size
