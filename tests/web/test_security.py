"""Security and concurrency: unknown host names, slow queries, errors, new commits."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from searchkit import Document, Index, Results
from searchkit.web.app import create
from searchkit.web.limits.question_pool import THREADS
from searchkit.web.settings import Settings


@pytest.mark.parametrize(
    "host, status",
    [
        ("localhost:8000", 200),
        ("127.0.0.1", 200),
        ("[::1]:8000", 200),
        ("LOCALHOST", 200),
        ("evil.example", 400),
        ("localhost.evil.example:8000", 400),
        ("localhost@evil.example", 400),
        ("", 400),
        ("[", 400),
    ],
)
def test_only_known_host_names_are_served(client: TestClient, host: str, status: int) -> None:
    assert client.get("/health", headers={"Host": host}).status_code == status


@pytest.mark.parametrize("address", ["/", "/nope", "/api/search?q=x", "/api/nope", "/static/style.css", "/feed?q=x"])
def test_security_headers_are_on_all_responses(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; ")
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


TIMEOUT = 4.0
"""Seconds, many times the duration of a quick query, so that a busy machine fails no test."""


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Make the query *баяу* wait until a test opens the gate."""
    opened, search = threading.Event(), Index.search

    def slow(index: Index, query: Any, **options: Any) -> Results:
        if query.text == "баяу":
            opened.wait()
        return search(index, query, **options)

    monkeypatch.setattr(Index, "search", slow)
    yield opened
    opened.set()


def test_a_slow_query_times_out_and_others_go_on(folder: Path, gate: threading.Event) -> None:
    with (
        TestClient(create(Settings(folder, timeout=TIMEOUT)), base_url="http://localhost") as client,
        ThreadPoolExecutor() as pool,
    ):
        slow = pool.submit(client.get, "/api/search?q=баяу")
        page = pool.submit(client.get, "/?q=баяу&ui=ru")
        assert client.get("/api/search?q=тасқын").json()["total"] > 0
        assert not slow.done()
        assert slow.result().status_code == 503
        assert "too long" in slow.result().json()["error"]
        assert slow.result().headers["retry-after"]
        assert page.result().status_code == 503
        assert "Сократите запрос" in page.result().text
        gate.set()


def test_queries_time_out_while_all_threads_are_busy(folder: Path, gate: threading.Event) -> None:
    with (
        TestClient(create(Settings(folder, timeout=TIMEOUT)), base_url="http://localhost") as client,
        ThreadPoolExecutor() as pool,
    ):
        slow = [pool.submit(client.get, "/api/search?q=баяу") for _ in range(THREADS)]
        assert {each.result().status_code for each in slow} == {503}
        assert client.get("/api/search?q=тасқын").status_code == 503
        gate.set()
        assert client.get("/api/search?q=тасқын").status_code == 200


def test_internal_errors_reveal_nothing(client: TestClient, monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    def broken(*_: Any, **__: Any) -> Results:
        raise RuntimeError(f"secret of {folder}")

    monkeypatch.setattr(Index, "search", broken)
    for address in ("/?q=тасқын", "/api/search?q=тасқын"):
        response = client.get(address)
        assert response.status_code == 500
        assert "secret" not in response.text
        assert "Traceback" not in response.text


def test_a_missing_index_is_reported_without_its_path(tmp_path: Path) -> None:
    client = TestClient(create(Settings(tmp_path / "none")), base_url="http://localhost")
    for address in ("/health", "/api/search?q=x", "/", "/article?id=x"):
        response = client.get(address)
        assert response.status_code == 503
        assert str(tmp_path) not in response.text


def test_new_articles_are_seen_at_once(tmp_path: Path) -> None:
    client = TestClient(create(Settings(tmp_path / "index")), base_url="http://localhost")
    for turn in range(1, 6):
        with Index.open(tmp_path / "index") as index:
            change = index.rebuild if turn == 3 else index.update
            change([Document(id=str(number), title="Мектеп", text="Ашылды") for number in range(turn)])
        assert client.get("/api/search?q=мектеп").json()["total"] == turn
