"""Hits carry documents, scores and marks, in any script and spelling."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit import (
    Document,
    Index,
    Rewrite,
    SearchOptions,
)
from tests.samples import SCHOOL, THEATRE


@pytest.fixture
def index(tmp_path: Path) -> Index:
    return Index.open(tmp_path / "index")


def test_words_of_later_articles_correct_queries(index: Index) -> None:
    index.update([SCHOOL])
    assert [hit.id for hit in index.search("мектеп турикстанда")] == ["a"]
    assert not index.search("примьера").hits
    index.update([THEATRE])
    found = index.search("примьера")
    assert [hit.id for hit in found] == ["b"]
    assert [correction.understood for correction in found.corrections] == ["премьера"]
    assert not index.search("примьера", options=SearchOptions(Rewrite(spelling=False))).hits
    assert [match.id for match in index.rank("примьера")] == ["b"]


def test_search_fills_in_all_of_a_hit(index: Index) -> None:
    index.update([SCHOOL, THEATRE])
    (hit,) = results = index.search("мектептің ашылуы")
    assert (results.total, len(results), results[0]) == (1, 1, hit)
    assert (hit.rank, hit.id, hit.title, hit.language) == (1, "a", "Жаңа мектеп", "kk")
    assert hit.heading.render("[", "]") == "Жаңа [мектеп]"
    assert hit.snippet.render("[", "]") == "Түркістанда жаңа [мектеп] [ашылды]."
    assert hit.score > 0
    assert results.took_ms > 0


def test_ranks_go_on_over_pages(index: Index) -> None:
    index.update([Document(id=str(n), text="Мақала", language="kk") for n in range(5)])
    assert [(hit.rank, hit.id) for hit in index.search("мақала", limit=2, offset=2)] == [(3, "2"), (4, "3")]


# One piece of news in each script of Kazakh: they share nothing with the Cyrillic query but the
# meaning.
IN_FOUR_SCRIPTS = {
    "2021": "Kıtaphanağa jaña kıtaptar keldı. Oquşylar olardy şataqsyz bölıp aldy, endı keşke deiın oqidy.",
    "2018": "Kitaphanaǵa jańa kitaptar keldi. Oqýshylar olardy shataqsyz bólip aldy, endi keshke deıin oqıdy.",
    "2017": "Kitaphanag'a jan'a kitaptar keldi. Oqy's'ylar olardy s'ataqsyz bo'lip aldy, endi kes'ke dei'in oqi'dy.",
    "Arab": "كىتاپحاناعا جاڭا كىتاپتار كەلدى. وقۋشىلار ولاردى شاتاقسىز ٴبولىپ الدى، ەندى كەشكە دەيىن وقيدى.",
}


def test_kazakh_in_every_script_is_found_by_a_cyrillic_query(index: Index) -> None:
    index.update([Document(id=script, text=text) for script, text in IN_FOUR_SCRIPTS.items()])
    results = index.search("оқушыларға арналған жаңа кітап")
    assert {hit.id: hit.language for hit in results.hits} == dict.fromkeys(IN_FOUR_SCRIPTS, "kk")
    marked = {hit.id: [hit.snippet.text[a:b] for a, b in hit.snippet.marks] for hit in results.hits}
    assert marked == {
        "2021": ["jaña", "kıtaptar", "Oquşylar"],
        "2018": ["jańa", "kitaptar", "Oqýshylar"],
        "2017": ["jan'a", "kitaptar", "Oqy's'ylar"],
        "Arab": ["جاڭا", "كىتاپتار", "وقۋشىلار"],
    }


def test_exactly_a_form_is_found_in_either_spelling(index: Index) -> None:
    index.update([Document(id=script, text=text) for script, text in IN_FOUR_SCRIPTS.items()])
    assert index.search("!оқушылар").total == 4
    assert [hit.id for hit in index.search("!oquşylar").hits] == ["2021"]
    assert index.search("!оқушы").total == 0


def test_a_query_in_latin_letters_finds_cyrillic_articles(index: Index) -> None:
    index.update([SCHOOL, THEATRE])
    (hit,) = index.search("jaña mektepter aşyldy")
    assert hit.id == SCHOOL.id
    assert [hit.snippet.text[a:b] for a, b in hit.snippet.marks] == ["жаңа", "мектеп", "ашылды"]


def test_an_article_is_found_by_its_author(tmp_path: Path) -> None:
    article = Document(
        id="1", title="О согласии", text="Мир в стране.", author="Маулен Ашимбаев", office="председатель Сената"
    )
    with Index.open(tmp_path) as index:
        index.update([article])
        (hit,) = index.search("Ашимбаеву")
        assert hit.snippet.text == "Мир в стране." and not hit.snippet.marks
        assert [match.id for match in index.rank('"председателя Сената"')] == ["1"]
