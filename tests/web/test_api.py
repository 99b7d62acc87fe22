"""The API matches its OpenAPI description and the output of the command line."""

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
"""No request for an article or for the health of the index is invalid."""


@pytest.mark.parametrize("path, mode", REQUESTS)
def test_all_responses_match_the_description(description: BaseSchema, path: str, mode: GenerationMode) -> None:
    """Schemathesis sends valid and invalid requests, and checks the responses."""
    requests = description[path]["GET"].as_strategy(generation_mode=mode)

    @settings(max_examples=30, suppress_health_check=list(HealthCheck))
    @given(requests)
    def check(case: Case) -> None:
        case.call_and_validate(headers=LOCAL)

    check()


@pytest.mark.parametrize(
    "query, options, parameters",
    [
        ("тасқын", (), {}),
        ("казакстан", ("-n", "3", "--offset", "2"), {"limit": 3, "offset": 2}),
        ("сессия", ("--sort", "date", "--lang", "ru"), {"sort": "date", "lang": "ru"}),
        ("ъщъщ", (), {}),
        ("", (), {}),
    ],
)
def test_search_returns_the_output_of_the_command_line(
    client: TestClient, run: Run, folder: Path, query: str, options: tuple[str, ...], parameters: dict[str, str]
) -> None:
    printed = json.loads(run("search", query, "--json", "--index", folder, *options).stdout)
    returned = client.get("/api/search", params={"q": query, **parameters}).json()
    for hit in printed["hits"]:
        hit["path"] = ""
    del printed["took_ms"], returned["took_ms"]
    assert returned == printed


def test_articles_are_the_output_of_the_command_line(client: TestClient, run: Run, folder: Path) -> None:
    id_ = "kk/16-qha-pavlodar-sessiya.html"
    printed = json.loads(run("show", id_, "--json", "--index", folder).stdout)
    assert client.get(f"/api/articles/{id_}").json() == printed | {"path": ""}
    assert client.get(f"/api/articles/{quote(id_, safe='')}").json() == printed | {"path": ""}


def test_similar_articles(client: TestClient) -> None:
    response = client.get("/api/similar/kk/16-qha-pavlodar-sessiya.html?limit=3").json()
    assert "ru/16-sessiya-ank-uralsk.txt" in [hit["id"] for hit in response["hits"]]


def test_suggestions(client: TestClient) -> None:
    suggestions = client.get("/api/suggest", params={"q": "таск"}).json()["suggestions"]
    assert any(suggestion.startswith("тасқын") for suggestion in suggestions)
    assert client.get("/api/suggest", params={"q": " "}).json() == {"suggestions": []}


def test_file_paths_are_not_published(client: TestClient, folder: Path) -> None:
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
