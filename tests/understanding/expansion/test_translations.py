"""Queries find documents in the other language: translations.txt."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from searchkit import Document, Index, Rewrite, SearchOptions
from searchkit.understanding.expansion import cldr
from searchkit.understanding.expansion.thesaurus import first_letters
from searchkit.understanding.expansion.translations import translation_entries
from searchkit.understanding.word_lists import glossary
from tests.conftest import Run, cases

CASES = cases(Path(__file__).with_name("translations.txt"))


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index.open(tmp_path_factory.mktemp("across") / "index") as index:
        index.update(Document(id=text, text=text) for _, text, _ in CASES)
        yield index


@pytest.mark.parametrize(("query", "text", "through"), CASES)
def test_queries_find_the_other_language(index: Index, query: str, text: str, through: str) -> None:
    results = index.search(query, options=SearchOptions(Rewrite(translations=True)), limit=100)
    assert text in [hit.id for hit in results]
    reported = {*(each.added for each in results.synonyms), *(each.understood for each in results.corrections)}
    assert through in {each.casefold() for each in reported}


def test_translations_are_off_by_default(index: Index) -> None:
    assert [hit.id for hit in index.search("дәрігер")] == ["Ауылға жас дәрігерлер келді"]


def test_a_direct_match_scores_more(tmp_path: Path) -> None:
    with Index.open(tmp_path) as index:
        index.update([Document(id="ru", text="Новый врач"), Document(id="kk", text="Жаңа дәрігер")])
        for query, first in [("дәрігер", "kk"), ("врач", "ru")]:
            hits = index.search(query, options=SearchOptions(Rewrite(translations=True))).hits
            assert len(hits) == 2
            assert hits[0].id == first
            assert hits[0].score > hits[1].score


def test_all_translations_are_offered_both_ways() -> None:
    entries = translation_entries()

    def offered(text: str) -> set[str]:
        alike = (candidate.entry for candidate in entries.candidates(first_letters(text), ()))
        alternatives = (each for entry in alike if entry.expression.text == text for each in entry.alternatives)
        return {each.expression.text for each in alternatives}

    for entry in glossary().entries[::5]:
        for translation in entry.translations:
            assert translation in offered(entry.word)
            assert entry.word in offered(translation)


@pytest.mark.parametrize(
    "pair",
    [("қаңтар", "январь"), ("дүйсенбі", "понедельник"), ("франция", "франция"), ("грек тілі", "греческий")],
)
def test_cldr_has_names_in_both_languages(pair: tuple[str, str]) -> None:
    assert pair in set(cldr.translated_names("kk", "ru"))


def test_search_and_evaluate_have_the_option(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Новости\n\nНовый врач приехал.", "utf-8")
    (tmp_path / "queries.jsonl").write_text('{"_id": "1", "text": "дәрігер"}\n', "utf-8")
    (tmp_path / "qrels.tsv").write_text("1\ta.txt\t1\n", "utf-8")
    run("index", "a.txt")
    assert run("search", "дәрігер").returncode == 1
    found = json.loads(run("search", "дәрігер", "--across", "--json").stdout)
    assert {"typed": "дәрігер", "added": "врач", "kind": "translation"} in found["synonyms"]
    without, measured = (
        json.loads(run("evaluate", "queries.jsonl", "qrels.tsv", "--json", *option).stdout)["nDCG@10"]
        for option in ((), ("--across",))
    )
    assert (without, measured) == (0.0, 1.0)
