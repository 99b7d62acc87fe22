"""An engine returns stored documents, their states and the occurrences of words."""

from __future__ import annotations

from dataclasses import replace

from searchkit.analysis.analyzed_document import analyze_document
from searchkit.engines.base import Engine
from searchkit.query.parser import parse
from tests.engines.contract.sample import DOCUMENTS, article, occurrences


def test_documents_are_returned_unchanged(engine: Engine) -> None:
    assert [engine.searcher().document(document.id) for document in DOCUMENTS] == DOCUMENTS
    assert engine.searcher().document("6") is None


def test_states_have_digests(engine: Engine) -> None:
    states = engine.searcher().states()
    assert {id_: state.digest for id_, state in states.items()} == {d.id: d.digest for d in DOCUMENTS}
    assert len({state.analysis for state in states.values()}) == 1


def test_paths_and_ends_of_ids_are_those_of_live_documents(engine: Engine) -> None:
    others = [
        replace(article(id_, "Көпір"), path=path) for id_, path in (("a#1", "/x/a"), ("b#1", "/x/b"), ("a#12", "/x/a"))
    ]
    engine.commit(map(analyze_document, others), ["2"])
    searcher = engine.searcher()
    paths = [("a#1", "/x/a"), ("a#12", "/x/a"), ("b#1", "/x/b")]
    assert sorted(searcher.paths()) == sorted([(d.id, d.path) for d in DOCUMENTS if d.id != "2"] + paths)
    assert sorted(searcher.ids_ending("#1")) == ["a#1", "b#1"]
    assert searcher.ids_ending("2") == ["a#12"]
    assert searcher.ids_ending("#3") == []


def test_occurrences_of_query_words(engine: Engine) -> None:
    words = parse('президент "указы" !наукой подпис* сенате').leaves
    second, first = occurrences(engine, ["2", "1"], words)
    assert [(o.start, o.end, o.position, words[o.leaf].text) for o in first.in_title] == [
        (0, 4, 0, "указы"),
        (5, 15, 1, "президент"),
    ]
    assert [(o.start, o.end, o.position, words[o.leaf].text) for o in first.in_text] == [
        (0, 9, 0, "президент"),
        (10, 18, 1, "подпис*"),
        (19, 23, 2, "указы"),
    ]
    assert [words[o.leaf].text for o in second.in_text] == ["сенате", "президент"]
    two, unknown = engine.searcher().locate(["2", "unknown"], words)
    assert two is not None
    assert two.document == engine.searcher().document("2")
    assert unknown is None


def test_occurrences_after_further_commits(engine: Engine) -> None:
    words = parse("жарлық !указом").leaves
    engine.commit([analyze_document(article("6", "Жарлық. Жарлыққа указом.", language="kk"))], {"1", "2"})
    located = occurrences(engine, ["6", "3", "5", "4"], words)
    assert [[o.start for o in each.in_text] for each in located] == [[0, 8, 17], [17, 37], [0], []]
