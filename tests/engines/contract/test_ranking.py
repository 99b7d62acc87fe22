"""An engine ranks, sorts, counts and explains matches."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit.analysis.analyzed_document import analyze_document
from searchkit.engines.base import Engine, EngineFactory
from searchkit.query.nodes import Boolean, FieldValue
from searchkit.query.parser import parse
from tests.engines.contract.sample import DOCUMENTS, article, empty_engine, found_ids


def test_a_match_in_the_title_scores_higher(engine: Engine) -> None:
    assert found_ids(engine, "указ")[0] == "1"


def test_the_exact_form_ranks_before_other_forms(factory: EngineFactory, tmp_path: Path) -> None:
    engine = empty_engine(factory, tmp_path / "engine")
    engine.commit(
        map(analyze_document, [article("a", "новая школа", language="ru"), article("b", "новой школы", language="ru")])
    )
    assert found_ids(engine, "школы") == ["b", "a"]


def test_pages_of_results(engine: Engine) -> None:
    everything = found_ids(engine, "-космос")
    assert len(everything) == 5
    assert found_ids(engine, "-космос", limit=2) == everything[:2]
    assert found_ids(engine, "-космос", limit=2, offset=3) == everything[3:]
    assert found_ids(engine, "-космос", offset=50) == []
    assert found_ids(engine, "-космос", limit=0) == []


def test_sort_by_date_puts_undated_documents_last(engine: Engine) -> None:
    assert found_ids(engine, "-космос", sort="date") == ["2", "5", "1", "3", "4"]
    assert found_ids(engine, "-космос", sort="date", limit=2) == ["2", "5"]


def test_the_oldest_first_leaves_undated_documents_last(engine: Engine) -> None:
    assert found_ids(engine, "-космос", sort="oldest") == ["3", "1", "5", "2", "4"]
    assert found_ids(engine, "-космос", sort="oldest", limit=2, offset=1) == ["1", "5"]


@pytest.mark.parametrize(
    "values, ids",
    [(["el.kz"], ["2", "3"]), (["el"], []), (["EL.KZ"], []), (["el.kz", ""], ["1", "2", "3", "4", "5"])],
)
def test_a_field_has_exactly_one_of_some_values(engine: Engine, values: list[str], ids: list[str]) -> None:
    condition = Boolean(should=tuple(FieldValue("source", value) for value in values))
    ranked = engine.searcher().rank(parse("-космос").within(condition).root, limit=9)
    assert sorted(match.id for match in ranked.matches) == ids


def test_totals_and_facets_count_all_matches(engine: Engine) -> None:
    top_docs = engine.searcher().rank(parse("закон указ жарлық").root, limit=1)
    assert top_docs.total == 5
    assert len(top_docs.matches) == 1
    assert top_docs.facets["language"] == {"ru": 4, "kk": 2}
    assert top_docs.facets["year"] == {"2022": 2, "2021": 1, "2023": 1}
    assert top_docs.facets["month"] == {"2022-09": 1, "2022-10": 1, "2023-01": 1}
    assert top_docs.facets["source"] == {"el.kz": 2}
    assert top_docs.facets["author"] == {"Айгүл Сейітова": 1}


def test_rare_words_have_a_higher_idf(engine: Engine) -> None:
    query = parse("президент сенат")
    president, senate = engine.searcher().statistics(query.leaves)
    assert senate.idf > president.idf > 0


def test_best_agrees_with_rank(engine: Engine) -> None:
    root, searcher = parse("президент сенат указ").root, engine.searcher()
    ranked = searcher.rank(root, limit=9, collapse_duplicates=False).matches
    assert len(ranked) > 2
    assert [searcher.best(root, limit) for limit in (0, 2, 9)] == [(), ranked[:2], ranked]


def test_statistics_count_documents(engine: Engine) -> None:
    statistics = engine.searcher().statistics(parse("президентом сенат !указом подпис* космос").leaves)
    assert statistics == [(2, 5), (1, 5), (1, 5), (1, 5), (0, 5)]


def test_explanations_add_up_to_scores(engine: Engine) -> None:
    root = parse('указы "президент подписал" (закон -сенат) title:указ ука* !указом lang:ru').root
    searcher = engine.searcher()
    matches = searcher.rank(root, limit=9).matches
    explanations = searcher.explain(root, [match.id for match in matches])
    sums = [sum(part.points for part in parts) for parts in explanations]
    assert sums == pytest.approx([match.score for match in matches])
    assert [part.word for part in explanations[0]] == [
        "указы", '"президент подписал"', "закон", "title:указ", "ука*", "!указом",
    ]  # fmt: skip
    assert searcher.explain(root, ["unknown"]) == [()]


def test_scores_do_not_depend_on_the_order_of_commits(engine: Engine, factory: EngineFactory, tmp_path: Path) -> None:
    other = empty_engine(factory, tmp_path / "other")
    for document in reversed(DOCUMENTS):
        other.commit([analyze_document(document)])
    other.commit([analyze_document(DOCUMENTS[2])])
    for query in ("указ президента", "закон", '"жарлыққа қол"', "президент -сенат"):
        first, second = (e.searcher().rank(parse(query).root, limit=9).matches for e in (engine, other))
        assert [(m.id, round(m.score, 9)) for m in first] == [(m.id, round(m.score, 9)) for m in second]
