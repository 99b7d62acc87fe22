"""Pages as a browser without JavaScript receives them."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from searchkit import Document, Index, Part
from searchkit.web.app import create
from searchkit.web.settings import Settings

RESULTS = "/?q=қазақстан+тасқын&ui=kk"
ARTICLE = "/article?id=kk/16-qha-pavlodar-sessiya.html&q=ассамблея"


class Seen(HTMLParser):
    """The links of a page by their text, its tags and its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.links: dict[str, str] = {}
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self._href: str | None = None
        self._words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs
        if tag == "a":
            self._href, self._words = dict(attrs).get("href"), ""

    def handle_data(self, data: str) -> None:
        self._words += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._href:
            self.links.setdefault(" ".join(self._words.split()), self._href)


def hits(page: str) -> list[str]:
    return re.findall(r"<h2[^>]*><a[^>]*>(.*?)</a>", page, re.DOTALL)


def follow(client: TestClient, page: str, words: str) -> str:
    return client.get(Seen(page).links[words]).text


def test_results_have_all_that_a_reader_needs(client: TestClient) -> None:
    page = client.get(RESULTS).text
    assert "мақала табылды" in page
    assert any("<mark>Тасқыннан</mark>" in title for title in hits(page))
    assert re.search(r'<p class="passage" lang="kk">.*<mark>', page)
    assert '<time datetime="2025-04-29T15:30">2025 жылғы 29 сәуір, 15:30</time>' in page
    assert len(hits(page)) == 10


def test_pages_follow_each_other_without_gaps(client: TestClient, folder: Path) -> None:
    page, found = client.get(RESULTS).text, []
    while True:
        found += hits(page)
        if "Келесі бет" not in Seen(page).links:
            break
        page = follow(client, page, "Келесі бет")
    with Index.open(folder) as index:
        assert len(found) == index.search("қазақстан тасқын", limit=0).total
    assert "Алдыңғы бет" in Seen(page).links


def test_facets_narrow_and_widen(client: TestClient) -> None:
    page = client.get(RESULTS).text
    narrow = follow(client, page, "2024")
    assert 0 < len(hits(narrow)) < len(hits(page))
    assert set(re.findall(r'<time datetime="(\d{4})', narrow)) == {"2024"}
    assert hits(follow(client, narrow, "2024 ×")) == hits(page)


def test_narrowing_goes_on_through_the_form(client: TestClient) -> None:
    page = client.get("/?q=тасқын&lang=ru&sort=date&page=2").text
    assert '<input type="hidden" name="lang" value="ru">' in page
    assert '<input type="hidden" name="sort" value="date">' in page
    assert 'name="page"' not in page


def test_without_words_all_of_a_facet_is_shown_newest_first(client: TestClient) -> None:
    years = re.findall(r'<time datetime="([^"]*)', client.get("/?lang=ru").text)
    assert len(years) > 5
    assert years == sorted(years, reverse=True)


def test_newest_first(client: TestClient) -> None:
    page = follow(client, client.get(RESULTS).text, "Алдымен жаңалары")
    dates = re.findall(r'<time datetime="([^"]*)', page)
    assert dates == sorted(dates, reverse=True)


def test_a_correction_can_be_refused(client: TestClient) -> None:
    page = client.get("/?q=казакстан&ui=ru").text
    assert "Показано по запросу «қазақстан»." in page
    exact = follow(client, page, "Искать точно «казакстан»")
    assert "Поиск выполнен точно по написанному." in exact
    assert "Показано по запросу" not in exact


def test_an_article_with_marks_and_the_way_back(client: TestClient) -> None:
    page = client.get(ARTICLE + "&year=2025&ui=ru").text
    assert page.count("<mark>") > 3
    assert '<p lang="kk">' in page
    seen = Seen(page)
    assert seen.links["Открыть оригинал"] == "https://dostyq-pvl.example/kk/press/news/sessiya-2025"
    assert "q=%D0%B0%D1%81%D1%81%D0%B0%D0%BC%D0%B1%D0%BB%D0%B5%D1%8F&year=2025&ui=ru" in unescape(
        seen.links["← Вернуться к результатам"]
    )
    assert "Похожие статьи" in page


def test_every_hit_leads_to_its_article(client: TestClient) -> None:
    links = {words: href for words, href in Seen(client.get(RESULTS).text).links.items() if "/article" in href}
    assert len(links) == 10
    for title, href in links.items():
        (heading,) = re.findall("<h1[^>]*>(.*?)</h1>", client.get(href).text, re.DOTALL)
        assert unescape(re.sub("<[^>]*>", "", heading)) == title


def test_an_article_without_a_query(client: TestClient) -> None:
    page = client.get("/article?id=kk/16-qha-pavlodar-sessiya.html&ui=kk").text
    assert "<mark>" not in page
    assert Seen(page).links["← Басты бетке өту"] == "/?ui=kk"


@pytest.mark.parametrize(
    "language, sentence",
    [("kk", "Ештеңе табылмады"), ("ru", "Ничего не найдено"), ("en", "Nothing found")],
)
def test_nothing_found_helps(client: TestClient, language: str, sentence: str) -> None:
    response = client.get("/?q=ъщъщ&lang=kk", headers={"Accept-Language": language})
    assert response.status_code == 200
    assert response.headers["content-language"] == language
    assert sentence in response.text
    assert any("lang=" not in href for href in Seen(response.text).links.values() if "q=" in href)


def test_the_language_can_be_switched_on_every_page(client: TestClient) -> None:
    for address in ("/", RESULTS, ARTICLE, "/help", "/no/such/page"):
        links = Seen(client.get(address, headers={"Accept-Language": "kk"}).text).links
        for name, language in (("Русский", "ru"), ("English", "en")):
            page = client.get(address.partition("?")[0] + links[name]).text
            assert f'<html lang="{language}">' in page


def test_copies_are_folded_and_can_be_unfolded(tmp_path: Path) -> None:
    text = "Облыста су тасқыны басталды. " + " ".join(f"Ауыл тұрғыны{n} көшірілді." for n in range(80))
    with Index.open(tmp_path) as index:
        index.update([Document(id=f"{n}", title="Су тасқыны", text=text, language="kk") for n in range(3)])
    client = TestClient(create(Settings(tmp_path)), base_url="http://localhost")
    page = client.get("/?q=тасқын&ui=kk").text
    assert len(hits(page)) == 1
    assert len(hits(follow(client, page, "Тағы 2 көшірмесі бар"))) == 3


def test_english_articles_have_their_language_and_facet(tmp_path: Path) -> None:
    english = "The government of Kazakhstan has published the new law on the protection of children."
    with Index.open(tmp_path) as index:
        index.update(
            [
                Document(id="1", title="The new law on children", text=english),
                Document(id="2", title="Новый закон", text="Правительство опубликовало law о защите детей."),
            ]
        )
    client = TestClient(create(Settings(tmp_path)), base_url="http://localhost")
    page = client.get("/?q=law&ui=ru").text
    assert '<h2 lang="en">' in page
    narrow = follow(client, page, "на английском")
    assert (len(hits(page)), len(hits(narrow))) == (2, 1)
    assert client.get("/api/search?q=law&lang=en").json()["total"] == 1


@pytest.mark.parametrize(
    "address, status, sentence",
    [
        ("/no/such/page", 404, "Такой страницы нет."),
        ("/article?id=nope", 404, "Такой статьи нет."),
        ("/article", 404, "Такой статьи нет."),
        ("/?q=" + "а" * 501, 422, "не больше 500 знаков"),
        ("/feed?q=" + "а" * 501, 422, "не больше 500 знаков"),
    ],
)
def test_problems_are_in_the_readers_language(client: TestClient, address: str, status: int, sentence: str) -> None:
    response = client.get(address, headers={"Accept-Language": "ru"})
    assert response.status_code == status
    assert sentence in response.text


def test_pages_are_small(client: TestClient) -> None:
    for address in ("/", RESULTS, ARTICLE, "/help"):
        page = client.get(address).text
        files = [value for name, value in Seen(page).attributes if name in ("href", "src") and "/static/" in str(value)]
        sizes = [len(client.get(str(file)).content) for file in files]
        assert len(sizes) == 4
        assert len(page.encode()) + sum(sizes) < 60_000


EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>\x00\x1b[31m'


def test_articles_cannot_put_anything_on_a_page(tmp_path: Path) -> None:
    evil = Document(
        id=EVIL,
        title=f"тасқын {EVIL}",
        text=f"тасқын {EVIL}\n{EVIL}",
        source=EVIL,
        author=EVIL,
        url="javascript:alert(1)",
    )
    with Index.open(tmp_path) as index:
        index.update([evil])
    client = TestClient(create(Settings(tmp_path)), base_url="http://localhost")
    for parameters in ({"q": "тасқын"}, {"q": EVIL}, {"q": "тасқын", "source": EVIL}, {"ui": EVIL, "page": EVIL}):
        for address in ("/", "/article", "/help", "/feed", "/" + quote(EVIL)):
            page = client.get(address, params=parameters | {"id": EVIL}).text
            seen = Seen(page)
            assert "img" not in seen.tags
            assert not any(name.startswith("on") for name, _ in seen.attributes)
            assert not any("javascript:" in str(value) for _, value in seen.attributes)
            assert page.count("<script") <= 2


def test_hits_lead_to_their_part_of_a_book(tmp_path: Path) -> None:
    pages = ["Бірінші бетте теңіз.\n", "Екінші бетте зәкір.\n", "Үшінші тарау: маяк."]
    parts = (Part("iv", 0), Part("217", len(pages[0])), Part("Соңы <3>", len(pages[0] + pages[1]), "chapter"))
    with Index.open(tmp_path / "index") as index:
        index.update([Document(id="кітап", title="Кітап", text="".join(pages), parts=parts)])
    client = TestClient(create(Settings(tmp_path / "index")), base_url="http://localhost")
    found = Seen(client.get("/?q=зәкір&ui=kk").text)
    assert found.links["217-бет"].endswith("#part-2")
    page = client.get(found.links["217-бет"]).text
    assert re.findall(r'<h2 class="part" id="([^"]*)"[^>]*>([^<]*)<', page) == [
        ("part-1", "iv-бет"), ("part-2", "217-бет"), ("part-3", "Соңы &lt;3&gt;"),
    ]  # fmt: skip
    assert '<p lang="kk" id="match">Екінші бетте <mark>зәкір</mark>.</p>' in page
    assert "Соңы <3>" in Seen(client.get("/?q=маяк&ui=ru").text).links
