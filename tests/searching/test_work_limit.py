"""The work of any query is bounded, and whatever is left out of it is told."""

from __future__ import annotations

import importlib.util
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from searchkit import Document, Index, SearchTimeout, parse
from searchkit.query.nodes import Boolean, Exact, InTitle, Leaf, Node, Phrase, Prefix
from searchkit.searching import work_limit
from searchkit.searching.work_limit import WorkLimit
from searchkit.work import Work, count_work, counted, within
from tests.conftest import TESTS, Run, cases

DOC_FREQS = {"жыл": 600, "бойынша": 500, "аудан": 300, "мектеп": 40, "тасқын": 10}
PREFIXES = {"м": [40] * 50, "та": [50] * 4}
LIMITS = [case if len(case) == 3 else (*case, "") for case in cases(Path(__file__).parent / "work_limits.txt")]


class Expansion:
    def __init__(self, doc_freqs: Sequence[int]) -> None:
        self._doc_freqs = doc_freqs
        self.postings, self.lists = sum(doc_freqs), len(doc_freqs)

    def __len__(self) -> int:
        return len(self._doc_freqs)

    def commonest(self, cost: int, cost_of_list: int) -> list[str]:
        return [str(n) for n in range(max(1, cost // (self._doc_freqs[0] + cost_of_list)))][: len(self)]


class Costs:
    """The counts that the table of cases names."""

    def __len__(self) -> int:
        return 1_000

    def doc_freq(self, term: str) -> int:
        return DOC_FREQS.get(term, 0)

    def expansion(self, prefix: str) -> Expansion:
        return Expansion(PREFIXES[prefix])


@pytest.fixture
def limit(monkeypatch: pytest.MonkeyPatch) -> WorkLimit:
    for name, value in {"MIN_POSTINGS": 1_000, "POSTINGS_PER_DOCUMENT": 1, "LIST_COST": 3}.items():
        monkeypatch.setattr(work_limit, name, value)
    return WorkLimit(Costs())


def shown(leaf: Leaf) -> str:
    cut = f"/{len(leaf.terms)}" if isinstance(leaf, Prefix) and leaf.terms else ""
    return f"!{leaf.form}" if isinstance(leaf, Exact) else leaf.text + cut


def searched(node: Node, sign: str = "") -> Iterator[str]:
    """Yield the words and phrases of a tree, excluded ones with a minus."""
    match node:
        case Boolean():
            for child in (*node.should, *node.must, *node.optional):
                yield from searched(child, sign)
            for child in node.must_not:
                yield from searched(child, "-")
        case Phrase(words=words):
            yield f'{sign}"{" ".join(map(shown, words))}"'
        case InTitle(words=Phrase(words=words)):
            yield f"{sign}title:{' '.join(map(shown, words))}"
        case Exact() | Prefix():
            yield sign + shown(node)
        case _ if hasattr(node, "text"):
            yield sign + node.text


@pytest.mark.parametrize(("query", "rest", "hint"), LIMITS, ids=[query for query, *_ in LIMITS])
def test_what_is_searched(limit: WorkLimit, query: str, rest: str, hint: str) -> None:
    parsed = parse(query)
    limited = limit(parsed)
    assert sorted(" ".join(searched(limited.root)).split()) == sorted(rest.split())
    assert hint in " ".join(limited.hints)
    assert (limited is not parsed) == bool(hint) == (len(limited.hints) > len(parsed.hints))
    assert limited.text == query


def articles(count: int) -> Iterator[Document]:
    """Yield short articles of words whose frequencies fall as in a language."""
    dice = random.Random(1)
    words = ["".join(dice.choices("абгкмнстқұі", k=dice.randint(2, 7))) for _ in range(3_000)]
    for n in range(count):
        text = " ".join(words[min(int(dice.paretovariate(0.4)), 3_000) - 1] for _ in range(30))
        yield Document(id=str(n), title=text[:30], text=text, date=f"20{n % 25:02}", author=f"{words[n % 700]} А.")


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Index, Index]]:
    """Return an index, and one of four times as many articles."""
    folder = tmp_path_factory.mktemp("work")
    with Index.open(folder / "small") as small, Index.open(folder / "large") as large:
        small.update(articles(400))
        large.update(articles(1_600))
        yield small, large


def load(path: Path) -> ModuleType:
    """Import a module of the benchmarks, which are no package."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = sys.modules[path.stem] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hostile: Any = load(TESTS.parent / "benchmarks" / "robustness" / "attacks" / "questions.py")
BUDGET = 2_000
MOST = 4 * BUDGET
"""Units of work that a question may take beside its postings: for its words, positions, hits."""


@pytest.mark.parametrize("kind", hostile.KINDS)
def test_no_question_takes_more_work_in_a_larger_index(
    indexes: tuple[Index, Index], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_limit, "MIN_POSTINGS", BUDGET)
    monkeypatch.setattr(work_limit, "POSTINGS_PER_DOCUMENT", 1)
    words = [word for article in articles(20) for word in article.text.split()]
    for seed in range(3):
        question = hostile.KINDS[kind](words, random.Random(seed))
        assert len(question) <= hostile.LETTERS
        for index in indexes:
            index.close()  # nothing is cached
            for _ in ("first", "again"):
                with counted(Work()) as work:
                    index.search(question)
                assert work.units < MOST, question


def test_a_phrase_is_found_by_its_rarest_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    common = "ауыл әкімі халық алдында есеп берді"
    texts = [f"{common} кеше", f"{common} тасқын туралы", f"{common} мектеп туралы", "тасқын туралы есеп берді"]
    with Index.open(tmp_path / "index") as index:
        index.update([Document(id=str(n), text=text) for n, text in enumerate(texts)])
        index.update([Document(id=f"more{n}", text=f"{common} {n}") for n in range(200)])
        phrase = f'"{common} тасқын"'
        assert [hit.id for hit in index.search(phrase)] == ["1"]
        monkeypatch.setattr(work_limit, "LIST_COST", 20)
        monkeypatch.setattr(work_limit, "MIN_POSTINGS", 700)
        monkeypatch.setattr(work_limit, "POSTINGS_PER_DOCUMENT", 1)
        index.close()
        results = index.search(phrase)
        assert [hit.id for hit in results] == ["1"]
        assert "were compared" in results.hints[0]
        assert results.to_dict()["hints"] == list(results.hints)
        assert not index.search(f'"{common} нәтиже тасқын"').hits


def test_deadlines(indexes: tuple[Index, Index]) -> None:
    index, _ = indexes
    for ask in (
        lambda: index.search("к* а*", deadline=0),
        lambda: index.similar("1", deadline=0),
        lambda: index.highlighted("1", "к* а*", deadline=0),
        lambda: index.suggest("а", deadline=0),
    ):
        index.close()
        with pytest.raises(SearchTimeout, match="longer than 0 seconds"):
            ask()
    assert index.search("к* а*", deadline=1_000).total


def test_the_earlier_deadline_holds() -> None:
    with within(1_000), within(None), within(0), pytest.raises(SearchTimeout):
        count_work()
    with within(0), within(1_000), pytest.raises(SearchTimeout):
        count_work()
    with within(1_000):
        count_work()
    count_work()


def test_inner_work_counts_twice() -> None:
    with counted(Work()) as work, within(1_000):
        count_work(3)
        assert work.units == 3


def test_the_command_line_gives_up(run: Run, tmp_path: Path) -> None:
    with Index.open(tmp_path / "index") as index:
        index.update(articles(20))
    result = run("search", "к* а*", "--deadline", "0", "--index", tmp_path / "index")
    assert (result.returncode, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith("searchkit: the search took longer than 0 seconds")
