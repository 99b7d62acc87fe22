"""What narrows, orders and explains results, as a browser without JavaScript receives it."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from searchkit import Document, Index
from searchkit.web.app import create
from searchkit.web.result_page.paging import Paging
from searchkit.web.result_page.timeline import spans
from searchkit.web.search_params import SearchParams
from searchkit.web.settings import Settings
from tests.web.test_pages import Seen, follow, hits

SOURCES = ("Егемен Қазақстан", "Казахстанская правда", "Өскемен таңы")


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """Return a site of 60 articles: of five years, three sources and twenty authors."""
    folder = tmp_path_factory.mktemp("archive") / "index"
    with Index.open(folder) as index:
        index.update(
            Document(
                id=f"{n:02}",
                title=f"Су тасқыны {n:02}",
                text=f"Тасқын {n * 7919} ауылға жетті.",
                language="kk",
                date=f"{2019 + n % 5}-{1 + n % 12:02}-11",
                source=SOURCES[n % 3],
                author=f"Автор {n % 20:02}",
            )
            for n in range(60)
        )
    return TestClient(create(Settings(folder)), base_url="http://localhost")


def counts(page: str) -> dict[str, int]:
    """Return the count beside each value of a facet."""
    found = re.findall(r'<a href="[^"]*"[^>]*>([^<]*?)(?: <span[^>]*>×</span>)?</a> <span class="count">(\d+)<', page)
    return {label: int(count) for label, count in found}


def test_several_values_of_a_facet_are_alternatives_with_true_counts(archive: TestClient) -> None:
    page = archive.get("/?q=тасқын&ui=kk").text
    assert [counts(page)[source] for source in SOURCES] == [20, 20, 20]
    one = follow(archive, page, SOURCES[0])
    assert "20 мақала табылды" in one
    assert [counts(one)[source] for source in SOURCES] == [20, 20, 20]
    two = follow(archive, one, SOURCES[1])
    assert "40 мақала табылды" in two
    year = follow(archive, two, "2020")
    assert "8 мақала табылды" in year
    for label, count in counts(year).items():  # each count is what a click on the value finds
        if label in SOURCES:
            alone = archive.get("/", params={"q": "тасқын", "ui": "kk", "year": "2020", "source": label}).text
            assert f"{count} мақала табылды" in alone
    assert "40 мақала табылды" in follow(archive, year, "2020 ×")


def test_a_source_is_that_source_and_no_other_of_its_words(tmp_path: Path) -> None:
    with Index.open(tmp_path / "index") as index:
        names = ("Правда", "Казахстанская правда", "Правда")
        index.update(Document(id=f"{n}", text=f"Наводнение {n}", source=name) for n, name in enumerate(names))
    client = TestClient(create(Settings(tmp_path / "index")), base_url="http://localhost")
    page = client.get("/?q=наводнение&ui=ru").text
    assert counts(page)["Правда"] == 2
    assert len(hits(follow(client, page, "Правда"))) == 2


def test_all_values_of_a_facet_can_be_read_and_searched(archive: TestClient) -> None:
    page = archive.get("/?q=тасқын&ui=kk&source=" + SOURCES[0]).text
    everything = archive.get(Seen(page).links["Барлығы: 20"]).text
    assert sum("Автор" in label for label in counts(everything)) == 20
    assert "<label" in everything
    some = archive.get(Seen(page).links["Барлығы: 20"] + "&containing=автор 1").text
    assert [label for label in counts(some) if "Автор" in label] == [f"Автор 1{n}" for n in range(10)]
    narrow = archive.get(Seen(some).links["Автор 12"]).text
    assert "Автор 12 ×" in Seen(narrow).links
    assert SOURCES[0] + " ×" in Seen(narrow).links
    assert archive.get("/values?facet=id").status_code == 404
    assert "Мұндай әріптері бар атау жоқ." in archive.get("/values?facet=author&ui=kk&containing=ъ").text


def bar_links(page: str) -> dict[str, str]:
    svg = re.search(r"<svg class=\"bars\".*?</svg>", page, re.DOTALL)
    pairs = re.findall(r'<a href="([^"]*)" aria-label="([^"]*)"', svg.group() if svg else "")
    return {label: href.replace("&amp;", "&") for href, label in pairs}


def test_bars_of_years_and_months_are_links(archive: TestClient) -> None:
    page = archive.get("/?q=тасқын&ui=ru").text
    assert [*bar_links(page)] == ["2019: 12", "2020: 12", "2021: 12", "2022: 12", "2023: 12"]
    year = archive.get("/" + bar_links(page)["2020: 12"]).text
    assert len(bar_links(year)) == 12
    month = archive.get("/" + bar_links(year)["февраль 2020: 1"]).text
    assert set(re.findall(r'<time datetime="([^"]*)', month)) == {"2020-02-11"}
    assert len(bar_links(month)) == 12
    back = archive.get("/" + bar_links(month)["февраль 2020: 1"]).text
    assert "Найдено статей: 12" in back
    assert "2020 ×" in Seen(back).links


@pytest.mark.parametrize(
    "dates, total",
    [("from=2020&to=2021", 24), ("from=09.2022", 16), ("to=11.05.2019", 5), ("from=2030", 0), ("to=", 60)],
)
def test_from_one_date_to_another(archive: TestClient, dates: str, total: int) -> None:
    page = archive.get(f"/?q=тасқын&ui=en&{dates}").text
    assert (f"Articles found: {total}" if total else "Nothing found") in page
    assert "not understood" not in page


@pytest.mark.parametrize("dates, shown", [("from=вчера", "вчера"), ("from=2022&to=2020", "2022–2020")])
def test_dates_that_are_not_understood_are_told(archive: TestClient, dates: str, shown: str) -> None:
    page = archive.get(f"/?q=тасқын&ui=ru&{dates}").text
    assert f"Даты «{shown}» не поняты" in page
    assert "Найдено статей: 60" in page


def test_spans_end_today() -> None:
    urls = {span.name: span.url for span in spans(SearchParams(q="су", year=("2020",)), date(2026, 3, 5))}
    assert urls == {
        "last_week": "?q=%D1%81%D1%83&from=2026-02-26",
        "last_month": "?q=%D1%81%D1%83&from=2026-02-03",
        "last_year": "?q=%D1%81%D1%83&from=2025-03-05",
    }


def test_the_oldest_first(archive: TestClient) -> None:
    page = follow(archive, archive.get("/?q=тасқын&ui=ru").text, "Сначала старые")
    dates = re.findall(r'<time datetime="([^"]*)', page)
    assert dates[0] == "2019-01-11"
    assert dates == sorted(dates)
    everything = archive.get("/?lang=kk&sort=oldest").text
    assert re.findall(r'<time datetime="([^"]*)', everything) == dates


def test_pages_have_numbers_and_sizes(archive: TestClient) -> None:
    page = archive.get("/?q=тасқын&ui=en").text
    assert "1–10 of 60" in page
    third = follow(archive, page, "3")
    assert "21–30 of 60" in third
    assert '<span aria-current="page" aria-label="Page 3">3</span>' in third
    large = follow(archive, third, "50")
    assert "1–50 of 60" in large
    assert "51–60 of 60" in follow(archive, large, "Next page")


@pytest.mark.parametrize(
    "page, total, numbers",
    [
        (1, 9, [1]),
        (1, 30, [1, 2, 3]),
        (1, 312, [1, 2, 3, 0, 32]),
        (16, 312, [1, 0, 14, 15, 16, 17, 18, 0, 32]),
        (32, 312, [1, 0, 30, 31, 32]),
        (900, 312, [1, 0, 32]),
        (1, 0, [1]),
        (1000, 10**6, [1, 0, 998, 999, 1000]),
    ],
)
def test_numbers_of_pages(page: int, total: int, numbers: list[int]) -> None:
    assert [*Paging(page, 10, total).numbers] == numbers


def test_copies_count_once_among_the_pages(tmp_path: Path) -> None:
    text = "Облыста су тасқыны басталды. " + " ".join(f"Ауыл тұрғыны{n} көшірілді." for n in range(80))
    with Index.open(tmp_path / "index") as index:
        index.update(Document(id=f"{n}", title="Су тасқыны", text=text, language="kk") for n in range(12))
    client = TestClient(create(Settings(tmp_path / "index")), base_url="http://localhost")
    page = client.get("/?q=тасқын&ui=en").text
    assert "Articles found: 12" in page
    assert "1–1 of 1" in page
    assert "Next page" not in page
    assert "1–10 of 12" in client.get("/?q=тасқын&ui=en&copies=1").text


def test_other_names_are_told_and_can_be_left_out(client: TestClient) -> None:
    page = client.get("/?q=АНК&ui=ru").text
    assert "Искали и по другим названиям: " in page
    plain = follow(client, page, "Искать без других названий")
    assert "Искали без других названий." in plain
    assert "Искали и по другим названиям: " not in plain
    assert "Искали и по другим названиям: " in follow(client, plain, "Искать и по другим названиям")


def test_translations_are_told_and_can_be_left_out(client: TestClient) -> None:
    page = client.get("/?q=наводнение&across=1&ui=en").text
    assert re.search("Also searched in translation: [^<]*тасқын", page)
    assert "Also searched in translation" not in follow(client, page, "Do not search in the other language")


def test_why_an_article_was_found(client: TestClient) -> None:
    page = client.get("/?q=қазақстан тасқын&ui=en").text
    assert '<table class="reasons">' not in page
    address = re.findall(r'<a href="([^"]*)#hit-2">Why this article', page)[0].replace("&amp;", "&")
    explained = client.get("/" + address).text
    assert explained.count('<table class="reasons">') == 1
    rows = re.findall(r"<tr><td>(.*?)</td><td>(\d+) %</td>", explained)
    assert [word for word, _ in rows] == ["қазақстан", "тасқын"]
    assert sum(int(share) for _, share in rows) in (99, 100, 101)
    assert "Close the explanation" in Seen(explained).links


def test_what_was_not_understood_is_told(client: TestClient) -> None:
    assert "date:когда-то is not understood" in client.get("/?q=тасқын date:когда-то&ui=ru").text
