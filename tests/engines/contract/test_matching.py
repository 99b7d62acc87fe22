"""Each kind of query matches the right documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit.analysis.analyzed_document import analyze_document
from searchkit.engines.base import Engine, EngineFactory, Match
from searchkit.query.nodes import Boolean, ById, DisMax, Phrase, WordGroup
from searchkit.query.parser import parse
from tests.engines.contract.sample import article, empty_engine, found_ids, occurrences


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("указы", {"1", "5"}),
        ("законами", {"2", "4"}),
        ("жарлықтың", {"3"}),
        ("космос", set()),
        ("", set()),
        ("!указ", {"1"}),
        ("!указом", {"5"}),
        ('"президент подписал"', {"1"}),
        ('"подписал президент"', set()),
        ('"президент указ"~5', {"1"}),
        ('"жарлыққа қол қою"', {"3"}),
        ("награжд*", {"1"}),
        ("президент -сенат", {"1"}),
        ("NOT президент", {"3", "4", "5"}),
        ("+президент +сенат", {"2"}),
        ("+президент закон", {"1", "2"}),
        ("(указ | закон) -президент", {"4", "5"}),
        ("title:указ", {"1"}),
        ("title:подписал", set()),
        ("lang:kk", {"3", "4"}),
        ("lang:ru закон", {"2", "4"}),
        ("source:el.kz", {"2", "3"}),
        ("author:сейітова", {"4"}),
        ("date:2022", {"1", "5"}),
        ("date:2022-09", {"1"}),
        ("date:2022-09-16..2023", {"2", "5"}),
        ("date:..2022-09-15", {"1", "3"}),
        ("date:2022 -date:2022-09", {"5"}),
        ("date:2021 OR date:2023", {"2", "3"}),
        ("lang:kk | lang:ru", {"1", "2", "3", "4", "5"}),
        ("сенат OR lang:kk", {"2", "3", "4"}),
        ("президент AND сенат", {"2"}),
        ("title:ук*", {"1"}),
        ('"презид* подпис*"', {"1"}),
        ("!президент", {"1", "2"}),
        ("lang:kk OR (lang:ru сенат)", {"2", "3", "4"}),
        ("о сенате", {"2"}),
        ("о и в", {"1", "4", "5"}),
        ("жарлық -басшылық", {"3"}),  # of the same root as басшысы, but another word
        ("жарлық -(басшылық қол)", set()),
        ("Что подписал президент!", {"1", "2"}),
    ],
)
def test_matching_documents(engine: Engine, query: str, expected: set[str]) -> None:
    assert set(found_ids(engine, query)) == expected


def test_a_query_can_exclude_one_document(engine: Engine) -> None:
    root = Boolean(should=parse("указ").leaves, must_not=(ById("5"),))
    assert [match.id for match in engine.searcher().rank(root, limit=9).matches] == ["1"]
    assert engine.searcher().rank(ById("5"), limit=9).matches == (Match("5", 0.0),)
    assert engine.searcher().rank(ById("unknown"), limit=9).total == 0


def test_a_prefix_matches_in_all_segments(factory: EngineFactory, tmp_path: Path) -> None:
    documents = [article(str(n), f"приказ{n}", language="ru") for n in range(700)]
    engine = empty_engine(factory, tmp_path / "engine")
    engine.commit(map(analyze_document, documents[:350]))
    engine.commit(map(analyze_document, documents[350:]))
    assert engine.searcher().rank(parse("при*").root, limit=1).total == 700


def test_an_alias_scores_instead_of_the_words_not_on_top(engine: Engine) -> None:
    words = WordGroup("указ", ("указ",)), WordGroup("закон", ("закон",))
    asked, name = Boolean(should=words[:1]), Phrase(words[1:])
    scores, both = (
        {match.id: match.score for match in engine.searcher().rank(node, limit=10).matches}
        for node in (asked, DisMax(asked, ((name, 0.5),)))
    )
    assert set(both) > set(scores)
    assert all(both[id_] == score for id_, score in scores.items())
    assert max(both[id_] for id_ in set(both) - set(scores)) < max(scores.values())


def test_a_variant_matches_as_the_same_word(engine: Engine) -> None:
    either = WordGroup("указ", ("указ",), variants=(("закон", 0.5),))
    top_docs = engine.searcher().rank(Boolean(should=(either,)), limit=10)
    assert {match.id for match in top_docs.matches} == {"1", "2", "4", "5"}
    assert top_docs.matches[0].id == "1"
    (located,) = occurrences(engine, ["2"], [either])
    assert [(at.start, at.end) for at in located.in_text] == [(14, 19)]
    phrase = Phrase((WordGroup("обсудить", ("обсудить",)), either))
    assert [match.id for match in engine.searcher().rank(phrase, limit=10).matches] == ["2"]
