"""The page and the API order by meaning where articles have vectors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("fastapi", reason="the web application needs pip install 'searchkit-qazaq[web]'")
from starlette.testclient import TestClient

from searchkit import Articles, Index
from searchkit.web.app import create
from searchkit.web.settings import Settings
from tests.meaning.conftest import ARTICLES


@pytest.fixture
def client(tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """Return a client of a server on ``articles.jsonl``, whose articles have no vectors yet."""
    monkeypatch.setenv("SEARCHKIT_MODEL", str(model))
    with Index.open(tmp_path / "index") as index:
        index.update(Articles([ARTICLES]))
    with TestClient(create(Settings(tmp_path / "index")), base_url="http://localhost") as client:
        yield client


def embed(folder: Path) -> None:
    with Index.open(folder / "index") as index:
        index.embed()


def test_the_api_orders_by_meaning(client: TestClient, tmp_path: Path) -> None:
    embed(tmp_path)
    found = client.get("/api/search", params={"q": "паводок жители", "plain": "true", "meaning": "true"}).json()
    assert found["hits"][0]["id"].endswith("#a1")
    assert found["hits"][0]["meaning"].keys() == {"points", "passage"}
    assert client.get("/api/search", params={"q": "паводок жители"}).json()["hits"][0].get("meaning") is None


def test_a_missing_vector_is_told(client: TestClient) -> None:
    found = client.get("/api/search", params={"q": "паводок жители", "plain": "true", "meaning": "true"}).json()
    assert any("searchkit embed" in hint for hint in found["hints"])


@pytest.mark.parametrize(
    ("language", "offered", "told"),
    [
        ("ru", "Упорядочить и по смыслу", "По смыслу: "),
        ("kk", "Мағынасы бойынша да реттеу", "Мағынасы бойынша: "),
        ("en", "Order by meaning too", "By meaning: "),
    ],
)
def test_a_reader_may_choose(client: TestClient, tmp_path: Path, language: str, offered: str, told: str) -> None:
    question = {"q": "паводок жители", "plain": "1", "ui": language}
    assert offered not in client.get("/", params=question).text
    embed(tmp_path)
    page = client.get("/", params=question).text
    assert offered in page
    assert told not in page
    assert told in client.get("/", params=question | {"meaning": "1"}).text
