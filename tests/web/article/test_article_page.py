"""The page of an article: matches, neighbours, citation, similar articles."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from searchkit import Document, Index
from searchkit.web import index_service
from searchkit.web.app import create
from searchkit.web.article.citation import citation
from searchkit.web.settings import Settings
from searchkit.web.translations import translations
from tests.web.test_pages import ARTICLE, Seen, follow, hits


def heading(page: str) -> str:
    return page.partition("<h1")[2].partition(">")[2].partition("</h1>")[0]


def test_matches_are_counted_and_the_first_is_linked(client: TestClient) -> None:
    page = client.get(ARTICLE + "&ui=en").text
    marks = page.partition("<h1")[2].partition("<footer")[0].count("<mark>")
    assert f"Matches: {marks}" in page
    assert Seen(page).links["The first one"] == "#match"
    first = page.partition('id="match"')[2].partition("</p>")[0]
    assert "<mark>" in first
    assert "Matches" not in client.get("/article?id=kk/16-qha-pavlodar-sessiya.html&ui=en").text


@pytest.mark.parametrize("sort", ["score", "oldest"])
def test_from_one_result_to_the_next_and_back(client: TestClient, sort: str) -> None:
    results = client.get(f"/?q=сессия&ui=en&per=25&sort={sort}").text
    titles = hits(results)
    page = client.get(Seen(results).links[unescape(titles[0].replace("<mark>", "").replace("</mark>", ""))]).text
    read = [heading(page)]
    while "Next article" in Seen(page).links:
        page = follow(client, page, "Next article")
        read.append(heading(page))
    assert read == titles
    back = follow(client, page, "Previous article")
    assert heading(back) == titles[-2]
    assert hits(follow(client, back, "← Back to the results")) == titles


def test_a_rank_without_a_result_is_no_article(client: TestClient) -> None:
    assert client.get("/article?q=сессия&at=5000").status_code == 404
    assert client.get("/article?q=ъщъщ&at=1").status_code == 404


def test_similar_articles_have_a_page_of_their_own(client: TestClient) -> None:
    page = client.get("/article?id=kk/16-qha-pavlodar-sessiya.html&ui=ru").text
    similar = follow(client, page, "Похожие статьи")
    assert "Тридцать лет и один дом" in similar
    assert heading(follow(client, similar, "← Вернуться к статье")) == heading(page)
    assert client.get("/similar?id=nope").status_code == 404


def test_an_article_is_there_where_similar_ones_take_too_long(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def slow(index: Index, id_: str, limit: int = 6) -> None:
        raise index_service.SearchTimeout("too long")

    monkeypatch.setattr("searchkit.web.article.article_pages.similar", slow)
    client = TestClient(create(Settings(folder)), base_url="http://localhost")
    assert client.get(ARTICLE).status_code == 200
    assert client.get("/similar?id=kk/16-qha-pavlodar-sessiya.html").status_code == 503


@pytest.mark.parametrize(
    "fields, cited",
    [
        (
            {"author": "А. Сеитова", "source": "Дала", "date": "2024-04-02", "url": "https://dala.example/1"},
            "А. Сеитова. Разлив // Дала. — 2 апреля 2024. — URL: https://dala.example/1",
        ),
        ({"date": "2024", "url": "javascript:alert(1)"}, "Разлив. — 2024. — URL: https://archive.example/article?id=1"),
        ({"title": ""}, "Статья без заголовка. — URL: https://archive.example/article?id=1"),
    ],
)
def test_a_citation_names_all_that_is_known(fields: dict[str, str], cited: str) -> None:
    document = Document(**{"id": "1", "title": "Разлив", "text": "Вода."} | fields)  # type: ignore[arg-type]
    assert citation(document, translations("ru"), "https://archive.example/article?id=1") == cited


def test_the_lasting_link_has_the_address_that_readers_use(folder: Path) -> None:
    site = create(Settings(folder, "https://news.example/archive"))
    page = TestClient(site, base_url="https://news.example").get(ARTICLE + "&ui=en").text
    lasting = "https://news.example/archive/article?id=kk%2F16-qha-pavlodar-sessiya.html"
    assert Seen(page).links["Lasting link"] == lasting
    assert f'<link rel="canonical" href="{lasting}">' in page
