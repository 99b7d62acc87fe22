"""Passages for programs: verbatim, with offsets and scores."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from searchkit import Document, Index, Part, SearchOptions

FILLER = "Бұл бетте басқа хабарлар ғана бар. " * 40


@pytest.fixture
def index(tmp_path: Path) -> Index:
    text = (
        "Жайық тасып, су ауылға кірді.\n" + FILLER + "\nТасқыннан зардап шеккендер өтемақы алады.\n" + FILLER
        + "\nӨтемақы үшін екі апта ішінде өтініш беріледі.\n" + FILLER
    )  # fmt: skip
    parts = (Part("1", 0), Part("2", text.index("Тасқыннан")), Part("3", text.index("Өтемақы үшін")))
    index = Index.open(tmp_path / "index")
    index.update(
        [
            Document(id="1", title="Су тасқыны", text=text, parts=parts),
            Document(id="2", title="Тасқын өтемақысы", text="Толығырақ ертең."),
            Document(id="3", title="Футбол", text="Команда жеңді, тасқын сөз болған жоқ."),
        ]
    )
    return index


def test_passages_stand_where_they_say(index: Index) -> None:
    found = index.search("тасқын өтемақы", passages=True)
    first = next(hit for hit in found if hit.id == "1")
    for passage in first.passages:
        assert first.document.text[passage.start : passage.end] == passage.text
        assert len(passage.text) <= 700
    best, second, *_ = first.passages
    assert best.text.startswith("Тасқыннан зардап шеккендер өтемақы алады.")
    assert [best.text[a:b] for a, b in best.marks][:2] == ["Тасқыннан", "өтемақы"]
    assert best.part == Part("2", best.start)
    assert best.score > second.score > 0
    assert "Өтемақы үшін екі апта ішінде" in second.text
    spans = sorted((each.start, each.end) for each in first.passages)
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))


def test_an_article_with_words_in_its_title_gives_its_beginning(index: Index) -> None:
    hit = next(hit for hit in index.search("өтемақы", passages=True) if hit.id == "2")
    assert [(each.text, each.start, each.score) for each in hit.passages] == [("Толығырақ ертең.", 0, 0)]


def test_passages_come_where_they_are_asked_for(index: Index) -> None:
    assert not any(hit.passages for hit in index.search("тасқын"))
    assert "passages" not in index.search("тасқын").to_dict()["hits"][0]
    (hit,) = index.search("команда", options=SearchOptions(passages=True)).to_dict()["hits"]
    (passage,) = hit["passages"]
    assert passage == {
        "text": "Команда жеңді, тасқын сөз болған жоқ.", "start": 0, "end": 37, "part": "",
        "score": passage["score"], "marks": [[0, 7]],
    }  # fmt: skip
