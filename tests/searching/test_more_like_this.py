"""Articles like a given one are found by its characteristic words."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit import ArticleNotFound, Document, Index
from searchkit.query.nodes import leaves
from searchkit.searching.more_like_this import MAX_QUERY_WORDS
from searchkit_analyzers import is_function_word
from tests.conftest import TESTS, cases


@pytest.mark.parametrize(("article", "sibling"), cases(TESTS / "searching" / "similar.txt"))
def test_articles_on_one_matter_are_similar(archive: Index, article: str, sibling: str) -> None:
    found = archive.similar(article, limit=4)
    assert sibling in [hit.id for hit in found]
    assert [hit.id for hit in found] == [hit.id for hit in archive.similar(article, limit=4)]


def test_an_article_is_not_like_itself(archive: Index) -> None:
    for article, _ in cases(TESTS / "searching" / "similar.txt"):
        found = archive.similar(article, limit=1000)
        assert article not in [hit.id for hit in found]
        assert found.total == len(found)


def test_the_query_is_made_of_characteristic_words(archive: Index) -> None:
    query = archive.more_like_this_query("ru/16-sessiya-ank-uralsk.txt")
    words = list(leaves(query.root))
    assert len(words) == MAX_QUERY_WORDS
    assert {"Ассамблеи", "сессия"} <= set(query.text.split()[:4])
    assert not any(is_function_word(word.text) or word.text.isdigit() for word in words)


def make(path: Path, *titled: tuple[str, str]) -> Index:
    index = Index.open(path)
    index.update(Document(id=str(n), title=title, text=text) for n, (title, text) in enumerate(titled))
    return index


def test_all_forms_of_a_word_count_together(tmp_path: Path) -> None:
    index = make(
        tmp_path / "index",
        ("", "Бұл мектеп жаңа театрға жақын. Мектепте, мектептің ауласында, мектептен тыс балалар ойнады."),
        ("", "Мектептер туралы."),
        ("", "Театрлар туралы."),
    )
    assert index.more_like_this_query("0").text == "мектеп театрға"
    assert [hit.id for hit in index.similar("0")] == ["1", "2"]


def test_words_of_the_title_tell_more(tmp_path: Path) -> None:
    index = make(tmp_path / "index", ("Театр", "Жаңа мектеп, мектеп."), ("", "Мектептер бар."), ("", "Театрлар бар."))
    assert [hit.id for hit in index.similar("0")] == ["2", "1"]


def test_an_article_that_shares_no_word_is_like_none(tmp_path: Path) -> None:
    index = make(tmp_path / "index", ("", "Мектеп."), ("", "Театр және 2022 жыл."), ("", ""), ("", "және 2022"))
    assert [index.similar(id_).total for id_ in "0123"] == [0, 0, 0, 0]


def test_an_unknown_article(archive: Index) -> None:
    with pytest.raises(ArticleNotFound, match="no article has the id nothing"):
        archive.similar("nothing")


def test_days_are_numbers_and_left_out(tmp_path: Path) -> None:
    texts = {"a": "Форум 15 сентября 2022 года.", "b": "Форум 2022 жылғы 15 қыркүйекте.", "c": "Сентябрь."}
    with Index.open(tmp_path) as index:
        index.update(Document(id=id_, text=text) for id_, text in texts.items())
        query = index.more_like_this_query("a")
    terms = {term for leaf in leaves(query.root) for term in getattr(leaf, "terms", ())}
    assert "сентябрь" in terms
    assert "2022-09-15" not in terms


def test_names_tell_more_than_other_words(tmp_path: Path) -> None:
    index = make(
        tmp_path / "index",
        ("", "Кеше Атырау әкімі жаңа мектеп ашты."),
        ("", "Ертең Атырау жаққа жел тұрады."),
        ("", "Бүгін ауылда мектеп жабылды."),
        ("", "Онда басқа мектеп жоқ."),
        ("", "Содан Атырау суға бай."),
    )
    assert {hit.id for hit in index.similar("0", limit=2)} == {"1", "4"}


def test_an_article_in_another_language_is_similar(tmp_path: Path) -> None:
    index = make(
        tmp_path / "index",
        ("", "Ауылда жаңа аурухана салынды, дәрігерлер келді."),
        ("", "В селе построили больницу, приехали врачи."),
        ("", "Команда победила в матче, зрители рады."),
        ("", "Дождь шёл в горах, дорогу размыло."),
        ("", "Ауыл орманы отқа оранды."),
        ("", "Больница закрыта на ремонт, врачи ждут."),
    )
    assert "1" in [hit.id for hit in index.similar("0", limit=3)]
