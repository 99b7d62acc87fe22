"""Explanations add up to scores, and name the terms that match."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit import Document, Index, Rewrite, SearchOptions, bm25, parse
from searchkit.explanation import ScoreExplanation, TermMatch
from searchkit.query.nodes import Boolean, DateRange, FieldFilter, Node, WordGroup
from tests.conftest import TESTS, cases
from tests.corpus.test_corpus import QUERIES as CORPUS_QUERIES
from tests.searching.test_ranking import QUERIES, ReferenceScorer, documents

DECREE = Document(
    id="decree",
    title="Указ президента",
    text="Президент подписал указ. Указом отмечена школа. Об этом говорили в школах.\n"
    "Біздің мектеп ашылды, мектептер көп.",
    language="kk+ru",
)
OTHER = Document(id="other", text="Балалар ойнады.", language="kk")


def points(explanations: Sequence[ScoreExplanation] | None) -> float:
    assert explanations is not None
    return sum(explanation.points for explanation in explanations)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    index = Index.open(tmp_path_factory.mktemp("explained"))
    index.update([DECREE, OTHER])
    return index


@pytest.mark.parametrize(("query", "expected"), cases(TESTS / "searching" / "explanations.txt"))
def test_terms_that_match(index: Index, query: str, expected: str) -> None:
    either = index.search(f"{query} OR lang:kk", options=SearchOptions(Rewrite(spelling=False), explain=True))
    (explanation,) = next(hit.explanation for hit in either if hit.id == "decree") or ()
    matches = [f"{term.term}, {term.how}, {term.in_title}, {term.in_text}" for term in explanation.terms]
    assert "; ".join(matches) == expected
    assert (explanation.points > 0) == bool(expected)


@settings(max_examples=15, deadline=None)
@given(written=documents(10), queries=st.lists(QUERIES, min_size=12, max_size=12))
def test_points_add_up_to_scores(
    tmp_path_factory: pytest.TempPathFactory, written: list[tuple[str, ...]], queries: list[str]
) -> None:
    names = ("title", "text", "language", "date", "source", "author")
    indexed = [Document(id=str(n), **dict(zip(names, each, strict=True))) for n, each in enumerate(written)]  # type: ignore[arg-type]
    reference = ReferenceScorer(indexed)
    with Index.open(tmp_path_factory.mktemp("explained")) as index:
        for start in range(2):
            index.update(indexed[start::2])
        for query in queries:
            for hit in index.search(query, limit=99, options=SearchOptions(Rewrite(spelling=False), explain=True)):
                assert points(hit.explanation) == pytest.approx(hit.score), query
                for part, explanation in zip(scoring_nodes(parse(query).root), hit.explanation or (), strict=True):
                    assert explanation.share * hit.score == pytest.approx(explanation.points)
                    assert_agrees_with_reference(reference, hit.id, part, explanation)


def scoring_nodes(node: Node) -> Iterator[Node]:
    """Yield the nodes that score, in the order of the query."""
    if isinstance(node, Boolean):
        for child in (*node.should, *node.must, *node.optional):
            yield from scoring_nodes(child)
    elif not isinstance(node, FieldFilter | DateRange):
        yield node


def assert_agrees_with_reference(
    reference: ReferenceScorer, id_: str, part: Node, explanation: ScoreExplanation
) -> None:
    """Compare an explanation with the reference scores of its node alone."""
    scores = reference.score(part)
    assert explanation.points in (0, pytest.approx(scores.get(id_, 0)))
    assert explanation.doc_count == len(reference.documents)
    if isinstance(part, WordGroup):
        assert explanation.idf == pytest.approx(bm25.idf(explanation.doc_count, explanation.doc_freq))
        assert explanation.weight == part.weight
    else:
        assert explanation.doc_freq == len(scores)
        assert bool(explanation.terms) == (id_ in scores)


def test_points_add_up_in_the_bundled_articles(archive: Index) -> None:
    for words, _ in CORPUS_QUERIES:
        query = f'{words} "{words}"~20 title:{words.split()[0]}'
        for hit in archive.search(query, options=SearchOptions(explain=True)):
            assert points(hit.explanation) == pytest.approx(hit.score)


def test_a_group_without_match_adds_nothing(index: Index) -> None:
    (hit,) = index.search("(указ -школа) президент", options=SearchOptions(explain=True))
    decree, president = hit.explanation or ()
    assert (decree.points, president.points) == (0, pytest.approx(hit.score))


def test_explanations_in_words() -> None:
    matches = (
        TermMatch("закон", "any form", 1, 3),
        TermMatch("законы", "as typed", 0, 2),
        TermMatch("закон", "akin", 1, 3),
    )
    assert str(ScoreExplanation("законы", matches, 4, 52, 2.47, 1.0, 6.1, 0.496)) == (
        "50 % законы: 6.10 points, “закон” in any form once in the title and 3 times in the text, "
        "as typed twice in the text; 4 of 52 articles have it"
    )
    assert str(ScoreExplanation("законный", matches[2:], 1, 52, 2.47, 1.0, 1.0, 0.1)) == (
        "10 % законный: 1.00 points, words akin to it (“закон…”) once in the title and 3 times in the text; "
        "1 of 52 articles has it"
    )
    assert (
        str(ScoreExplanation("о", (), 9, 52, 1.7, 0.3, 0.0, 0.0))
        == "– о (counts 0.3): adds nothing here; 9 of 52 articles have it"
    )


def test_the_most_frequent_of_many_terms_are_listed() -> None:
    matches = tuple(TermMatch(f"закон{n}", "begins so", 0, n) for n in range(1, 8))
    sentence = str(ScoreExplanation("зак*", matches, 4, 52, 2.47, 1.0, 6.1, 1.0))
    assert "points, “закон7” 7 times in the text, “закон6” 6 times" in sentence
    assert "“закон3” 3 times in the text, and 2 more; 4 of" in sentence


def test_explanations_are_optional(index: Index) -> None:
    (hit,) = index.search("указ")
    assert hit.explanation is None
    assert "explanation" not in hit.to_dict()
    (explained,) = index.search("указ", options=SearchOptions(explain=True))
    assert "explanation" in explained.to_dict()
    assert explained.document == hit.document
