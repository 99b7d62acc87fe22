"""Completions of queries, as in suggestions.txt, over four articles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit import Document, Index
from tests.conftest import CORPUS, TESTS, Run, cases

ARTICLES = [
    ("Ассамблея народа Казахстана: итоги года", "Ассамблею создали в 1995 году. Об Ассамблее говорят."),
    ("Жайықтағы тасқын басылды", "Қазақстанда көктем. Қазақстанның оқушылары көмектесті, оқушы да, оқушыға да."),
    ("Бюджет 2024: основные цифры", "Казна пополнилась."),
    ("Қазақстан туралы", "Қазақстан — үлкен ел. Оқушы оқыды."),
]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index.open(tmp_path_factory.mktemp("suggestions") / "index") as index:
        index.update(Document(id=title, title=title, text=text) for title, text in ARTICLES)
        yield index


@pytest.mark.parametrize(("begun", "expected"), cases(TESTS / "searching" / "suggestions.txt"))
def test_suggestions(index: Index, begun: str, expected: str) -> None:
    found = index.suggest(begun)
    assert expected in found or (expected == "-" and not found)


def test_one_form_of_a_word_is_enough(index: Index) -> None:
    assert [each for each in index.suggest("оқушы") if " " not in each] == ["оқушы"]


@given(st.text("асқказ гов2«- ", max_size=8), st.integers(0, 5))
def test_suggestions_are_few_and_different(archive: Index, begun: str, limit: int) -> None:
    found = archive.suggest(begun, limit=limit)
    assert len(found) <= limit
    assert len({each.casefold() for each in found}) == len(found)


def test_titles_of_removed_articles_are_not_suggested(tmp_path: Path) -> None:
    kept, gone = (Document(id=str(n), title=f"Тасқын {n}", text="Мәтін") for n in range(2))
    with Index.open(tmp_path) as index:
        index.update([kept, gone])
        assert {"Тасқын 0", "Тасқын 1"} <= set(index.suggest("тасқын"))
        index.update([kept], prune=True)
        assert "Тасқын 1" not in index.suggest("тасқын")


def test_the_command_prints_a_line_each(run: Run) -> None:
    run("index", CORPUS)
    found = run("suggest", "ассам")
    assert found.returncode == 0
    assert json.loads(run("suggest", "ассам", "--json").stdout)["suggestions"] == found.stdout.splitlines()
    nothing = run("suggest", "йййййй")
    assert (nothing.returncode, nothing.stdout) == (1, "")
