"""A server holds: long questions, further requests, odd ids, what steers a page."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from searchkit import Document, Index, SearchTimeout
from searchkit.web.app import create
from searchkit.web.limits import question_pool, requests
from searchkit.web.limits.question_pool import LANES, THREADS, QuestionPool
from searchkit.web.limits.requests import RequestLimit
from searchkit.web.settings import Settings
from searchkit.work import count_work
from tests.web.conftest import ENOUGH
from tests.web.connecting import GET, answer, connect, serving, until


@pytest.fixture
def blocked(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let no search end, however long a thread waits."""
    gate = threading.Event()
    monkeypatch.setattr(Index, "search", lambda *_, **__: gate.wait())
    yield
    gate.set()


@pytest.mark.usefixtures("blocked")
def test_health_is_told_whatever_is_asked(folder: Path) -> None:
    with serving(create(Settings(folder, timeout=ENOUGH))) as port, ExitStack() as stack:
        for _ in range(2 * THREADS):
            stack.enter_context(connect(port)).sendall(GET % b"/api/search?q=a")
        for _ in range(3):
            assert answer(port, GET % b"/health").endswith(b'{"status": "ok"}')


def test_further_requests_are_refused(app: ASGIApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requests, "MAX_REQUESTS", 0)
    client = TestClient(app, base_url="http://localhost")
    refused = client.get("/help")
    assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
    assert client.get("/health").status_code == 200


def test_work_ends_when_its_client_has_left() -> None:
    begun, ended = asyncio.Event(), []

    async def endless(*_: Any) -> None:
        begun.set()
        try:
            await asyncio.sleep(ENOUGH)
        finally:
            ended.append(True)

    async def leaving() -> dict[str, str]:
        await begun.wait()
        return {"type": "http.disconnect"}

    async def ask() -> None:
        await RequestLimit(endless)({"type": "http", "path": "/"}, leaving, lambda _: asyncio.sleep(0))

    asyncio.run(ask())
    assert ended


def spin(is_over: Callable[[], bool]) -> str:
    """Work until something holds; return how it ended."""
    while not is_over():
        count_work()
    return "done"


def test_long_questions_wait_for_each_other_and_nobody_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(question_pool, "LANES", [lane._replace(seconds=lane.seconds / 20) for lane in LANES])
    pool, is_over = QuestionPool(), threading.Event()
    long = [pool.submit(lambda: spin(is_over.is_set), ENOUGH) for _ in range(3 * THREADS)]
    until(lambda: sum(question.lane == 2 for question in long) == len(long))
    for n in range(20):
        assert pool.submit(lambda: n, ENOUGH).answer.result(ENOUGH) == n  # noqa: B023
    assert not any(question.answer.done() for question in long)
    is_over.set()
    assert {question.answer.result(ENOUGH) for question in long} == {"done"}


def test_a_question_that_is_stopped_frees_its_thread() -> None:
    pool = QuestionPool(threads=1)
    question = pool.submit(lambda: spin(lambda: False), ENOUGH)
    question.stop()
    with pytest.raises(SearchTimeout):
        question.answer.result(ENOUGH)
    late = pool.submit(lambda: spin(lambda: False), 0.2)
    with pytest.raises(SearchTimeout):
        late.answer.result(ENOUGH)
    assert pool.submit(lambda: "next", ENOUGH).answer.result(ENOUGH) == "next"


def test_lanes_grow_longer_and_narrower() -> None:
    seconds, threads = zip(*LANES, strict=True)
    assert list(seconds) == sorted(seconds) and seconds[-1] == float("inf")
    assert list(threads) == sorted(threads, reverse=True) and threads[-1] > 0


ID = "kk/01-zhaiyq-tasqyn.txt"
ADDRESSES = (
    "/", "/?q=тасқын", "/help", "/feed?q=a", "/opensearch.xml", "/health", "/openapi.json", "/static/style.css",
    "/nope", "/api/search?q=a", "/api/suggest?q=a", f"/article?id={ID}", f"/api/articles/{ID}",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_head_is_get_without_the_body(client: TestClient, address: str) -> None:
    head, get = client.head(address), client.get(address)
    assert head.status_code == get.status_code
    assert head.content == b""
    same = ("content-type", "content-security-policy", "cache-control")
    assert [head.headers.get(name) for name in same] == [get.headers.get(name) for name in same]


@pytest.mark.parametrize(
    "url, start", [("", ""), ("https://news.example/archive", "/archive"), ("https://a.example", "")]
)
def test_addresses_with_a_slash_at_the_end(folder: Path, url: str, start: str) -> None:
    client = TestClient(create(Settings(folder, url)), base_url="http://localhost", follow_redirects=False)
    for path, query in (("/help/", "?ui=kk"), ("/article//", "?id=a%0Ab"), ("/api/search/", ""), ("/health/", "")):
        response = client.get(path + query)
        assert response.status_code in (307, 308)
        assert response.headers["location"] == start + path.rstrip("/") + query
    assert client.get("/nope/").status_code == 404


STEERING = "\x00\x1b\x9b\u202e\u2066\u200f\u061c\u2028\u0085"
IDS = ("a\nb", "a\r\nb\n", "\n", "https://el.kz/news/", "a?b#c", "a\x00b", "/")


def test_odd_ids_can_be_opened(tmp_path: Path) -> None:
    with Index.open(tmp_path / "index") as index:
        index.update([Document(id=id_, title=f"Мектеп {n}", text="Ашылды") for n, id_ in enumerate(IDS)])
    client = TestClient(create(Settings(tmp_path / "index")), base_url="http://localhost")
    for n, id_ in enumerate(IDS):
        assert client.get(f"/api/articles/{quote(id_, safe='')}").json()["title"] == f"Мектеп {n}"
        assert client.get("/article", params={"id": id_}).text.count(f"Мектеп {n}") >= 1
        assert client.get(f"/api/similar/{quote(id_, safe='')}").status_code == 200


def test_pages_are_free_of_what_steers(tmp_path: Path) -> None:
    texts = dict.fromkeys(("title", "text", "author", "source"), f"Мектеп{STEERING}ашылды")
    with Index.open(tmp_path / "index") as index:
        index.update([Document(id=f"1{STEERING}", **texts), Document(id="2", **(texts | {"source": f"b{STEERING}"}))])
    client = TestClient(create(Settings(tmp_path / "index")), base_url="http://localhost")
    article = {"id": f"1{STEERING}", "q": f"мектеп{STEERING}"}
    for path, parameters in (("/", article), ("/", {}), ("/article", article), ("/feed", article), ("/help", article)):
        page = client.get(path, params=parameters)
        assert page.status_code == 200
        assert not set(page.text) & set(STEERING), path


@pytest.mark.parametrize("address", ["/?q={}", "/article?id=1&q={}", "/article?id={}", "/api/search?q={}", "/help?q={}",
                                     "/feed?q={}", "/api/search?q=a&lang={}", "/api/articles/{}"])  # fmt: skip
def test_problems_repeat_no_endless_question(client: TestClient, address: str) -> None:
    response = client.get(address.format("ы" * 9_000))
    assert response.status_code in (200, 404, 422)
    assert len(response.text) < 20_000
    assert response.text.count("ы") < 5_000
