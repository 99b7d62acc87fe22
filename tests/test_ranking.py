"""Scores, computed a second time by the book."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit import Document, Index, parse
from searchkit.query.tree import WordGroup
from searchkit.ranking import COARSE_WEIGHT, EXACT_WEIGHT, K1, TITLE_WORTH, B
from searchkit_analyzers import analyze

WORDS = "мектеп мектептің мектепке школа школы школьный указ указом закон законы ел елдің тіл тілі және в".split()
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)


def by_the_book(documents: dict[str, tuple[str, str]], question: str) -> dict[str, float]:
    """BM25 over word groups, as ``searchkit.ranking`` describes it, with plain loops and no index."""
    tokens = {
        id_: ([*analyze(title, default="kk")], [*analyze(text, default="kk")])
        for id_, (title, text) in documents.items()
    }
    average = sum(len(text) for _, text in tokens.values()) / len(tokens)
    scores: dict[str, float] = {}
    for group in parse(question).leaves:
        assert isinstance(group, WordGroup)
        common = max(
            sum(any(lemma in token.lemmas for field in fields for token in field) for fields in tokens.values())
            for lemma in group.lemmas
        )
        frequencies = {}
        for id_, fields in tokens.items():
            title, text = fields
            for worth, field in (
                (TITLE_WORTH / max(len(title), 1), title),
                (1 / (1 - B + B * len(text) / average), text),
            ):
                for token in field:
                    weights = {lemma: EXACT_WEIGHT if lemma in group.spellings else 1.0 for lemma in group.lemmas}
                    met = sum(weight for lemma, weight in weights.items() if lemma in token.lemmas)
                    met += COARSE_WEIGHT * sum(key in token.coarse for key in group.coarse)
                    frequencies[id_] = frequencies.get(id_, 0.0) + worth * met
        matched = common or sum(tf > 0 for tf in frequencies.values())
        idf = math.log(1 + (len(tokens) - matched + 0.5) / (matched + 0.5))
        for id_, tf in frequencies.items():
            if tf:
                saturated = tf * (K1 + 1) / (tf + K1)
                scores[id_] = scores.get(id_, 0) + group.weight * idf * saturated
    telling = [group for group in parse(question).leaves if group.weight == 1]  # type: ignore[union-attr]
    met = {
        id_
        for id_, fields in tokens.items()
        if any(g.meets(token) or g.nearly_meets(token) for g in telling for field in fields for token in field)
    }
    return {id_: score for id_, score in scores.items() if id_ in met or not telling}


@settings(max_examples=15, deadline=None)
@given(
    documents=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=6),
    commits=st.integers(1, 3),
    removed=st.integers(0, 2),
    question=st.lists(st.sampled_from(WORDS), min_size=1, max_size=4, unique=True).map(" ".join),
)
def test_scores_are_those_of_the_book(
    tmp_path_factory: pytest.TempPathFactory,
    documents: list[tuple[str, str]],
    commits: int,
    removed: int,
    question: str,
) -> None:
    made = [Document(id=str(n), title=title, text=text, language="kk") for n, (title, text) in enumerate(documents)]
    gone = [Document(id=f"gone {n}", text="мектеп школа указ", language="kk") for n in range(removed)]
    with Index.open(tmp_path_factory.mktemp("ranking")) as index:
        for start in range(commits):
            index.update([*made[start::commits], *gone])
        index.update(made, prune=True)
        found = {match.id: match.score for match in index.rank(question, limit=99)}
    expected = by_the_book({d.id: (d.title, d.text) for d in made}, question)
    assert found == pytest.approx(expected)


def test_equal_scores_come_in_the_order_of_ids(tmp_path: Path) -> None:
    with Index.open(tmp_path / "index") as index:
        for id_ in ("c", "a", "d", "b"):
            index.update([Document(id=id_, text="Мектеп ашылды", language="kk")])
        assert [match.id for match in index.rank("мектеп", limit=3)] == ["a", "b", "c"]
