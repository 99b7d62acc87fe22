"""Feeds as feed readers see them, and the description for browsers."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest
from starlette.testclient import TestClient

from searchkit import Document, Index
from searchkit.web.app import create
from searchkit.web.feeds import atom_date
from searchkit.web.settings import Settings
from searchkit.web.translations import UI_LANGUAGES, translations
from tests.conftest import cases


def test_a_feed_of_a_topic(client: TestClient) -> None:
    response = client.get("/feed?q=сессия&ui=ru")
    assert response.headers["content-type"] == "application/atom+xml"
    feed = feedparser.parse(response.content)
    assert not feed.bozo
    assert feed.feed.title == "сессия · Архив статей"
    dates = [entry.updated for entry in feed.entries]
    assert len(dates) > 1
    assert dates == sorted(dates, reverse=True)
    page = client.get(feed.entries[0].link)
    assert page.status_code == 200
    assert "<mark>" in page.text


def test_an_article_is_the_same_entry_in_every_feed(client: TestClient) -> None:
    first, second = (feedparser.parse(client.get(f"/feed?q={query}").content) for query in ("сессия", "ассамблея"))
    ids = [{entry.title: entry.id for entry in feed.entries} for feed in (first, second)]
    shared = ids[0].keys() & ids[1].keys()
    assert shared
    assert {title: ids[0][title] for title in shared} == {title: ids[1][title] for title in shared}
    assert len(set(ids[0].values())) == len(ids[0])


def test_a_feed_is_xml_whatever_articles_hold(tmp_path: Path) -> None:
    with Index.open(tmp_path) as index:
        index.update(
            [Document(id="\x01]]>", title="тасқын \x00\x0b\ufffe <b>&", text="тасқын ]]> \x1b", author="<\x02>")]
        )
    response = TestClient(create(Settings(tmp_path)), base_url="http://localhost").get("/feed?q=тасқын")
    title = ElementTree.fromstring(response.content).findtext("{*}entry/{*}title")
    assert title is not None
    assert title.split() == ["тасқын", "<b>&"]


def test_links_of_a_feed_are_those_that_readers_use(folder: Path) -> None:
    client = TestClient(create(Settings(folder, "https://news.example/archive")), base_url="https://news.example")
    entry = feedparser.parse(client.get("/feed?q=сессия").content).entries[0]
    assert entry.link.startswith("https://news.example/archive/article?q=")
    assert 'href="/archive/help"' in client.get("/").text


@pytest.mark.parametrize("language", UI_LANGUAGES)
def test_a_browser_gets_a_whole_name(client: TestClient, language: str) -> None:
    """The short name of a search engine has 16 letters at most."""
    name = ElementTree.fromstring(client.get(f"/opensearch.xml?ui={language}").content).findtext("{*}ShortName") or ""
    assert 0 < len(name) <= 16
    assert name == translations(language)("short_title")


def test_a_browser_can_add_the_archive(client: TestClient) -> None:
    response = client.get("/opensearch.xml?ui=kk")
    url = ElementTree.fromstring(response.content).find("{*}Url")
    assert url is not None
    assert url.attrib["template"] == "http://localhost/?q={searchTerms}"
    assert client.get(url.attrib["template"].replace("{searchTerms}", "тасқын")).status_code == 200


@pytest.mark.parametrize("date, expected", cases(Path(__file__).parent / "atom_dates.txt"))
def test_dates_of_feeds(date: str, expected: str) -> None:
    assert atom_date(date) == expected
