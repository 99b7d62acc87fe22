"""Explanations agree with scores, and say how words are met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit import Document, Index, Rewrite, SearchOptions, bm25, parse
from searchkit.explanation import ScoreExplanation, TermMatch
from searchkit.query.nodes import Boolean, DateRange, FieldFilter, Node, WordGroup
from tests.conftest import TESTS, cases
from tests.corpus.test_corpus import QUERIES as ASKED
from tests.searching.test_ranking import QUESTIONS, Book, documents

DECREE = Document(
    id="decree",
    title="Указ президента",
    text="Президент подписал указ. Указом отмечена школа. Об этом говорили в школах.\n"
    "Біздің мектеп ашылды, мектептер көп.",
    language="kk+ru",
)
OTHER = Document(id="other", text="Балалар ойнады.", language="kk")


def points(reasons: Sequence[ScoreExplanation] | None) -> float:
    assert reasons is not None
    return sum(reason.points for reason in reasons)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Index:
    index = Index.open(tmp_path_factory.mktemp("explained"))
    index.update([DECREE, OTHER])
    return index


@pytest.mark.parametrize(("question", "expected"), cases(TESTS / "searching" / "explanations.txt"))
def test_how_words_are_met(index: Index, question: str, expected: str) -> None:
    either = index.search(f"{question} OR lang:kk", options=SearchOptions(Rewrite(spelling=False), explain=True))
    (reason,) = next(hit.explanation for hit in either if hit.id == "decree") or ()
    met = [f"{term.term}, {term.how}, {term.in_title}, {term.in_text}" for term in reason.terms]
    assert "; ".join(met) == expected
    assert (reason.points > 0) == bool(expected)


@settings(max_examples=15, deadline=None)
@given(written=documents(10), questions=st.lists(QUESTIONS, min_size=12, max_size=12))
def test_points_add_up_to_scores(
    tmp_path_factory: pytest.TempPathFactory, written: list[tuple[str, ...]], questions: list[str]
) -> None:
    names = ("title", "text", "language", "date", "source", "author")
    made = [Document(id=str(n), **dict(zip(names, each, strict=True))) for n, each in enumerate(written)]  # type: ignore[arg-type]
    book = Book(made)
    with Index.open(tmp_path_factory.mktemp("explained")) as index:
        for start in range(2):
            index.update(made[start::2])
        for question in questions:
            for hit in index.search(question, limit=99, options=SearchOptions(Rewrite(spelling=False), explain=True)):
                assert points(hit.explanation) == pytest.approx(hit.score), question
                for part, reason in zip(parts(parse(question).root), hit.explanation or (), strict=True):
                    assert reason.share * hit.score == pytest.approx(reason.points)
                    assert_is_by_the_book(book, hit.id, part, reason)


def parts(node: Node) -> Iterator[Node]:
    """Yield what may score, in the order of the question."""
    if isinstance(node, Boolean):
        for child in (*node.should, *node.must, *node.optional):
            yield from parts(child)
    elif not isinstance(node, FieldFilter | DateRange):
        yield node


def assert_is_by_the_book(book: Book, id_: str, part: Node, reason: ScoreExplanation) -> None:
    """Compare a reason with what plain loops over the tokens find for its word alone."""
    scores = book.score(part)
    assert reason.points in (0, pytest.approx(scores.get(id_, 0)))
    assert reason.doc_count == len(book.documents)
    if isinstance(part, WordGroup):
        assert reason.idf == pytest.approx(bm25.idf(reason.doc_count, reason.doc_freq))
        assert reason.weight == part.weight
    else:
        assert reason.doc_freq == len(scores)
        assert bool(reason.terms) == (id_ in scores)


def test_points_add_up_in_the_bundled_articles(archive: Index) -> None:
    for question, _ in ASKED:
        query = f'{question} "{question}"~20 title:{question.split()[0]}'
        for hit in archive.search(query, options=SearchOptions(explain=True)):
            assert points(hit.explanation) == pytest.approx(hit.score)


def test_brackets_that_do_not_match_add_nothing(index: Index) -> None:
    (hit,) = index.search("(указ -школа) президент", options=SearchOptions(explain=True))
    decree, president = hit.explanation or ()
    assert (decree.points, president.points) == (0, pytest.approx(hit.score))


def test_in_plain_words() -> None:
    met = (
        TermMatch("закон", "any form", 1, 3),
        TermMatch("законы", "as typed", 0, 2),
        TermMatch("закон", "akin", 1, 3),
    )
    assert str(ScoreExplanation("законы", met, 4, 52, 2.47, 1.0, 6.1, 0.496)) == (
        "50 % законы: 6.10 points, “закон” in any form once in the title and 3 times in the text, "
        "as typed twice in the text; 4 of 52 articles have it"
    )
    assert str(ScoreExplanation("законный", met[2:], 1, 52, 2.47, 1.0, 1.0, 0.1)) == (
        "10 % законный: 1.00 points, words akin to it (“закон…”) once in the title and 3 times in the text; "
        "1 of 52 articles has it"
    )
    assert (
        str(ScoreExplanation("о", (), 9, 52, 1.7, 0.3, 0.0, 0.0))
        == "– о (counts 0.3): adds nothing here; 9 of 52 articles have it"
    )


def test_of_many_terms_the_most_frequent_are_told() -> None:
    met = tuple(TermMatch(f"закон{n}", "begins so", 0, n) for n in range(1, 8))
    told = str(ScoreExplanation("зак*", met, 4, 52, 2.47, 1.0, 6.1, 1.0))
    assert "points, “закон7” 7 times in the text, “закон6” 6 times" in told
    assert "“закон3” 3 times in the text, and 2 more; 4 of" in told


def test_without_being_asked_nothing_is_explained(index: Index) -> None:
    (hit,) = index.search("указ")
    assert hit.explanation is None
    assert "explanation" not in hit.to_dict()
    (explained,) = index.search("указ", options=SearchOptions(explain=True))
    assert "explanation" in explained.to_dict()
    assert explained.document == hit.document
