"""The API as its description says, and as the command line answers."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import Case, GenerationMode
from schemathesis.schemas import BaseSchema
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from tests.conftest import Run

LOCAL = {"Host": "localhost"}


@pytest.fixture(scope="session")
def description(app: ASGIApp) -> BaseSchema:
    return schemathesis.openapi.from_asgi("/openapi.json", app, headers=LOCAL)


PATHS = ("/api/search", "/api/suggest", "/api/articles/{id}", "/api/similar/{id}", "/health")


def test_the_description_has_all_addresses(description: BaseSchema) -> None:
    assert tuple(description) == PATHS


REQUESTS = [(path, GenerationMode.POSITIVE) for path in PATHS] + [
    (path, GenerationMode.NEGATIVE) for path in ("/api/search", "/api/suggest", "/api/similar/{id}")
]
"""An id, and the state of health, cannot be params for in a wrong way."""


@pytest.mark.parametrize("path, mode", REQUESTS)
def test_all_answers_are_as_described(description: BaseSchema, path: str, mode: GenerationMode) -> None:
    """Schemathesis makes requests as the description says, and such as it forbids, and compares the answers with it."""
    requests = description[path]["GET"].as_strategy(generation_mode=mode)

    @settings(max_examples=30, suppress_health_check=list(HealthCheck))
    @given(requests)
    def check(case: Case) -> None:
        case.call_and_validate(headers=LOCAL)

    check()


@pytest.mark.parametrize(
    "question, options, parameters",
    [
        ("тасқын", (), {}),
        ("казакстан", ("-n", "3", "--offset", "2"), {"limit": 3, "offset": 2}),
        ("сессия", ("--sort", "date", "--lang", "ru"), {"sort": "date", "lang": "ru"}),
        ("ъщъщ", (), {}),
        ("", (), {}),
    ],
)
def test_search_answers_as_the_command_line(
    client: TestClient, run: Run, folder: Path, question: str, options: tuple[str, ...], parameters: dict[str, str]
) -> None:
    told = json.loads(run("search", question, "--json", "--index", folder, *options).stdout)
    answered = client.get("/api/search", params={"q": question, **parameters}).json()
    for hit in told["hits"]:
        hit["path"] = ""
    del told["took_ms"], answered["took_ms"]
    assert answered == told


def test_articles_are_those_of_the_command_line(client: TestClient, run: Run, folder: Path) -> None:
    id_ = "kk/16-qha-pavlodar-sessiya.html"
    told = json.loads(run("show", id_, "--json", "--index", folder).stdout)
    assert client.get(f"/api/articles/{id_}").json() == told | {"path": ""}
    assert client.get(f"/api/articles/{quote(id_, safe='')}").json() == told | {"path": ""}


def test_similar_articles(client: TestClient) -> None:
    answer = client.get("/api/similar/kk/16-qha-pavlodar-sessiya.html?limit=3").json()
    assert "ru/16-sessiya-ank-uralsk.txt" in [hit["id"] for hit in answer["hits"]]


def test_suggestions(client: TestClient) -> None:
    suggestions = client.get("/api/suggest", params={"q": "таск"}).json()["suggestions"]
    assert any(suggestion.startswith("тасқын") for suggestion in suggestions)
    assert client.get("/api/suggest", params={"q": " "}).json() == {"suggestions": []}


def test_nobody_is_told_where_files_lie(client: TestClient, folder: Path) -> None:
    addresses = ("/api/search?q=тасқын", "/api/articles/kk/01-zhaiyq-tasqyn.txt", "/?q=тасқын", "/feed?q=тасқын")
    for address in (*addresses, "/article?id=kk/01-zhaiyq-tasqyn.txt", "/api/similar/kk/01-zhaiyq-tasqyn.txt"):
        response = client.get(address)
        assert response.status_code == 200
        assert str(folder.parent) not in response.text
        assert "corpus/" not in response.text


@pytest.mark.parametrize(
    "address, status",
    [
        ("/api/search", 422),
        ("/api/search?q=x&limit=101", 422),
        ("/api/search?q=x&limit=-1", 422),
        ("/api/search?q=x&sort=size", 422),
        ("/api/search?q=x&lang=xx", 422),
        ("/api/search?q=" + "x" * 501, 422),
        ("/api/articles/nope", 404),
        ("/api/similar/nope", 404),
        ("/api/nope", 404),
    ],
)
def test_problems_are_one_sentence(client: TestClient, address: str, status: int) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert list(response.json()) == ["error"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("address", ["/", "/article", "/feed", "/api/search", "/api/articles/x", "/health"])
def test_nothing_can_be_written(client: TestClient, method: str, address: str) -> None:
    assert client.request(method, address).status_code == 405
