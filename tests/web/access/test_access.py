"""Who may ask, and how often: tokens, rates, sites; and the figures for those who watch."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from searchkit import SearchkitError
from searchkit.web.app import create
from searchkit.web.limits.access import MAX_CLIENTS, RateLimit, read_tokens
from searchkit.web.settings import Settings
from tests.conftest import Run

TOKENS = ("q3Wv8sT1mZk9pLx2", "another-token-of-somebody")


@pytest.fixture
def token_file(tmp_path: Path) -> Path:
    path = tmp_path / "tokens"
    path.write_text("# of the site\n" + "\n".join(TOKENS) + "\n", "utf-8")
    return path


def site(folder: Path, **settings: Any) -> TestClient:
    return TestClient(create(Settings(folder, **settings)), base_url="http://localhost")


def test_requests_need_one_of_the_tokens(folder: Path, token_file: Path) -> None:
    client = site(folder, token_file=str(token_file))
    for address in ("/api/search?q=тасқын", "/", "/metrics", "/openapi.json", "/static/style.css"):
        for wrong in ("", "Bearer", "Bearer nope", f"Basic {TOKENS[0]}", f"Bearer {TOKENS[0]}x", "Bearer тасқын"):
            response = client.get(address, headers={"Authorization": wrong.encode()})
            assert response.status_code == 401
            assert response.headers["www-authenticate"] == "Bearer"
        for token in TOKENS:
            assert client.get(address, headers={"Authorization": f"Bearer {token}"}).status_code == 200
    assert client.get("/health").status_code == 200


@pytest.mark.parametrize("text", ["", "# none\n", "short\n", f"{TOKENS[0]}\nқысқа-емес-бірақ-қазақша\n"])
def test_a_file_without_good_tokens_is_refused(tmp_path: Path, folder: Path, run: Run, text: str) -> None:
    path = tmp_path / "tokens"
    path.write_text(text, "utf-8")
    with pytest.raises(SearchkitError, match="needs a token in each line"):
        read_tokens(path)
    result = run("serve", "--index", folder, "--token-file", path)
    assert result.returncode == 2
    assert "needs a token in each line" in result.stderr


def test_a_missing_file_of_tokens_is_told(tmp_path: Path) -> None:
    with pytest.raises(SearchkitError, match="cannot be read"):
        read_tokens(tmp_path / "none")


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def asked(limit: RateLimit, client: str, path: str = "/") -> int:
    """Return the status of an answer to a client."""
    statuses: list[int] = []

    async def send(message: Any) -> None:
        statuses.extend([message["status"]] if "status" in message else [])

    async def receive() -> Any:
        return {"type": "http.request"}

    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "client": (client, 1)}
    asyncio.run(limit(scope, receive, send))
    return statuses[0]


def test_a_client_may_ask_so_often() -> None:
    clock = Clock()
    limit = RateLimit(PlainTextResponse("ok"), 60, clock)
    assert [asked(limit, "192.0.2.1") for _ in range(12)] == [200] * 10 + [429] * 2
    assert asked(limit, "192.0.2.2") == 200
    assert asked(limit, "192.0.2.1", "/health") == 200
    clock.now = 2
    assert [asked(limit, "192.0.2.1") for _ in range(3)] == [200, 200, 429]
    clock.now = 1000
    assert [asked(limit, "192.0.2.1") for _ in range(11)] == [200] * 10 + [429]


def test_one_household_is_one_client() -> None:
    limit = RateLimit(PlainTextResponse("ok"), 6, Clock())
    assert [asked(limit, f"2001:db8::{n}") for n in range(1, 3)] == [200, 429]
    assert asked(limit, "2001:db8:1::1") == 200


def test_few_clients_are_remembered() -> None:
    limit = RateLimit(PlainTextResponse("ok"), 6, Clock())
    for n in range(MAX_CLIENTS + 5):
        limit._wait(str(n))
    assert len(limit._buckets) == MAX_CLIENTS


def test_the_rate_of_a_site(folder: Path) -> None:
    client = site(folder, rate=6)
    assert client.get("/help").status_code == 200
    response = client.get("/help")
    assert response.status_code == 429
    assert 1 <= int(response.headers["retry-after"]) <= 10
    for free in ("/health", "/static/style.css"):
        assert client.get(free).status_code == 200


def test_only_named_sites_may_ask_from_a_browser(folder: Path, token_file: Path) -> None:
    origin = {"Origin": "https://news.example"}
    assert "access-control-allow-origin" not in site(folder).get("/api/search?q=су", headers=origin).headers
    client = site(folder, origins=("https://news.example",), token_file=str(token_file))
    asking = origin | {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "authorization"}
    assert client.options("/api/search?q=су", headers=asking).status_code == 200
    answer = client.get("/api/search?q=су", headers=origin | {"Authorization": f"Bearer {TOKENS[0]}"})
    assert answer.headers["access-control-allow-origin"] == "https://news.example"
    refused = client.get("/api/search?q=су", headers=origin)
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (401, "https://news.example")
    other = client.get("/api/search?q=су", headers={"Origin": "https://evil.example"})
    assert "access-control-allow-origin" not in other.headers


@pytest.mark.parametrize("origin", ["news.example", "https://news.example/", "ftp://news.example", "https://"])
def test_what_is_no_origin_is_refused(origin: str) -> None:
    with pytest.raises(SearchkitError, match="is no origin"):
        Settings(Path("x"), origins=(origin,))


def figures(client: TestClient) -> dict[str, float]:
    """Return the figures of a site by name and labels, but for the number of the process."""
    lines = client.get("/metrics").text.replace(f'process="{os.getpid()}",', "").splitlines()
    pairs = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    return {name: float(figure) for name, figure in pairs}


def test_metrics_count_requests_and_tell_the_age_of_the_index(folder: Path) -> None:
    client = site(folder)
    for address in ("/api/search?q=су", "/api/search?q=су", "/api/search", "/no/such/page", "/article?id=nope"):
        client.get(address)
    found = figures(client)
    assert found['searchkit_requests_total{path="/api/search",status="200"}'] == 2
    assert found['searchkit_requests_total{path="/api/search",status="422"}'] == 1
    assert found['searchkit_requests_total{path="/article",status="404"}'] == 1
    assert found['searchkit_requests_total{path="other",status="404"}'] == 1
    assert found['searchkit_request_seconds_bucket{path="/api/search",le="+Inf"}'] == 3
    assert found['searchkit_request_seconds_count{path="/api/search"}'] == 3
    assert found["searchkit_index_documents"] == 54
    assert found["searchkit_index_age_seconds"] >= 0
    assert found["searchkit_index_bytes"] > 10_000
