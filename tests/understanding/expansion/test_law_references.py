"""References to articles of law find the article however its code is called."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from searchkit import Document, Index, Rewrite, SearchOptions, parse
from searchkit.understanding.expansion.law_references import with_reference
from tests.conftest import TESTS, cases

REFERENCES = cases(TESTS / "understanding" / "expansion" / "law_references.txt")
FIRST = {"code", "news", "note"}
ARTICLES = [
    Document(
        id="code",
        title="Уголовный кодекс Республики Казахстан",
        text="Статья 145. Нарушение равноправия.\nСтатья 146. Пытки.\nСтатья 258. Финансирование терроризма.",
    ),
    Document(id="news", title="Приговор за пытки", text="Двоих осудили по ст. 146 УК и лишили права занимать посты."),
    Document(id="note", title="Азаптау ісі", text="Сотталғандар Қылмыстық кодекстің 146-бабы бойынша айыпталды."),
    Document(id="order", title="О формах отчётности", text="По ст. 139 УК РК заполняют графу 146, а УК и РК — нет."),
    Document(id="costs", title="О расходах", text="Статья расходов 146 увеличена. УК при агентстве нет."),
    Document(id="firm", title="УК «Тумар» сменила главу", text="УК «Тумар» в РК: 146 квартир без тепла, УК молчит."),
    Document(id="other", title="Трудовой кодекс", text="Статья 146. Порядок разрешения споров."),
]
QUERIES = ["ст. 146 УК РК", "статья 146 Уголовного кодекса", "ҚК 146-бабы", "Қылмыстық кодекстің 146-бабы", "146 УК"]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index.open(tmp_path_factory.mktemp("law") / "index") as index:
        index.update(ARTICLES)
        yield index


@pytest.mark.parametrize(("query", "code", "number"), REFERENCES)
def test_a_reference_is_understood(query: str, code: str, number: str) -> None:
    _, reference = with_reference(parse(query).root)
    names = next(iter(reference.law.names.values())) if reference else ("-",)
    assert code in names
    assert (" ".join(word.text for word in reference.number) if reference else "") == number


@pytest.mark.parametrize("query", QUERIES)
def test_the_article_and_the_news_on_it_come_first(archive: Index, query: str) -> None:
    results = archive.search(query)
    assert {results[rank].id for rank in range(3)} == FIRST
    assert any("кодекс" in each.added for each in results.synonyms)


@pytest.mark.parametrize(
    ("query", "ids", "added"),
    [
        ("статья 146", {"other", "code", "note"}, "146 бап"),
        ("146-бап", {"note", "other", "code"}, "статья 146"),
        ("ст. 146", {"news", "note"}, "146 бап"),
    ],
)
def test_an_article_without_a_code_is_found_in_both_languages(
    archive: Index, query: str, ids: set[str], added: str
) -> None:
    results = archive.search(query)
    assert ids <= {results[rank].id for rank in range(4)}
    assert added in {each.added for each in results.synonyms}


def test_a_firm_comes_first_where_no_article_is_meant(archive: Index) -> None:
    assert archive.search("УК Тумар")[0].id == "firm"


def test_words_are_words_where_other_names_are_not_wanted(archive: Index) -> None:
    found = archive.search("ст. 146 УК РК", options=SearchOptions(Rewrite(synonyms=False)))
    assert not found.synonyms
    assert found[0].id == "order"


def test_the_code_is_marked_by_its_other_name(archive: Index) -> None:
    (note,) = (hit for hit in archive.search("ст. 146 УК РК") if hit.id == "note")
    assert note.snippet.render("[", "]") == "Сотталғандар [Қылмыстық] [кодекстің] [146-бабы] бойынша айыпталды."
