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
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from tests.conftest import Run

LOCAL = {"Host": "localhost"}


@pytest.fixture(scope="session")
def description(app: ASGIApp) -> BaseSchema:
    return schemathesis.openapi.from_asgi("/openapi.json", app, headers=LOCAL)


PATHS = ("/api/search", "/api/hits", "/api/suggest", "/api/articles/{id}", "/api/similar/{id}", "/health")


def test_the_description_has_all_addresses(description: BaseSchema) -> None:
    assert tuple(description) == PATHS


UNDESCRIBED = [positive_data_acceptance, negative_data_rejection]
"""A schema cannot tell which texts are dates; and in an address, whatever a list has is a text."""

REQUESTS = [(path, GenerationMode.POSITIVE) for path in PATHS] + [
    (path, GenerationMode.NEGATIVE) for path in ("/api/search", "/api/hits", "/api/suggest", "/api/similar/{id}")
]
"""No request for an article or for the health of the index is invalid."""


@pytest.mark.parametrize("path, mode", REQUESTS)
def test_all_responses_match_the_description(description: BaseSchema, path: str, mode: GenerationMode) -> None:
    """Schemathesis sends valid and invalid requests, and checks the responses."""
    has_dates = path in ("/api/search", "/api/hits")
    requests = description[path]["GET"].as_strategy(generation_mode=mode)

    @settings(max_examples=30, suppress_health_check=list(HealthCheck))
    @given(requests)
    def check(case: Case) -> None:
        case.call_and_validate(headers=LOCAL, excluded_checks=UNDESCRIBED if has_dates else [])

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
        ("/api/articles/nope", 404),
        ("/api/similar/nope", 404),
        ("/api/nope", 404),
    ],
)
def test_problems_are_one_sentence(client: TestClient, address: str, status: int) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert list(response.json()) == ["error"]


@pytest.mark.parametrize(
    "parameters, name, sentence",
    [
        ("", "q", "field required"),
        ("q=x&limit=101", "limit", "input should be less than or equal to 100"),
        ("q=x&limit=-1", "limit", "input should be greater than or equal to 0"),
        ("q=x&sort=size", "sort", "input should be 'score', 'date' or 'oldest'"),
        ("q=x&lang=xx", "lang", "input should be"),
        ("q=x&year=20", "year", "string should match pattern"),
        ("q=x&from=вчера", "from", "write 2022, 2022-09, 2022-09-15 or 15.09.2022"),
        ("q=x&to=32.01.2022", "to", "write 2022, 2022-09, 2022-09-15 or 15.09.2022"),
        ("q=x&from=2023&to=2022", "from", "it is later than `to`"),
        ("q=x&explain=perhaps", "explain", "input should be a valid boolean"),
        ("q=" + "x" * 501, "q", "string should have at most 500 characters"),
    ],
)
def test_a_wrong_parameter_is_named(client: TestClient, parameters: str, name: str, sentence: str) -> None:
    for address in ("/api/search", "/api/hits"):
        if "limit" not in parameters or address == "/api/search":
            response = client.get(f"{address}?{parameters}")
            assert response.status_code == 422
            assert response.json()["parameter"] == name
            assert response.json()["error"].startswith(f"{name}: {sentence}")


@pytest.mark.parametrize(
    "parameters, total",
    [
        ({"lang": "kk"}, 16),
        ({"lang": ["kk", "ru"]}, 18),
        ({"year": ["2024", "2023"]}, 7),
        ({"from": "2024", "to": "12.2024"}, 5),
        ({"source": "Дала таңы"}, 2),
        ({"source": "Дала"}, 0),
        ({"source": "Дала таңы", "lang": "kk", "from": "2024"}, 1),
    ],
)
def test_filters(client: TestClient, parameters: dict[str, str | list[str]], total: int) -> None:
    found = client.get("/api/search", params={"q": "қазақстан тасқын"} | parameters).json()
    assert found["total"] == total
    assert found["distinct"] == total


def test_everything_the_page_knows(client: TestClient) -> None:
    found = client.get("/api/search", params={"q": "АНК date:когда-то", "explain": True}).json()
    assert found["hints"][0].startswith("date:когда-то is not understood")
    assert "Ассамблея народа Казахстана" in [each["added"] for each in found["synonyms"]]
    assert found["hits"][0]["explanation"][0]["percent"] == 100
    hit = client.get("/api/search", params={"q": "тасқын", "passages": True}).json()["hits"][0]
    text = client.get(f"/api/articles/{hit['id']}").json()["text"]
    assert [text[each["start"] : each["end"]] for each in hit["passages"]] == [each["text"] for each in hit["passages"]]
    plain = client.get("/api/search", params={"q": "АНК", "plain": True}).json()
    assert plain["synonyms"] == []
    typed = client.get("/api/search", params={"q": "казакстан", "exact": True}).json()
    assert typed["corrections"] == []


def test_all_hits_come_as_lines(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchkit.web.api._BATCH", 3)
    parameters = {"q": "қазақстан тасқын", "sort": "oldest"}
    response = client.get("/api/hits", params=parameters)
    assert response.headers["content-type"] == "application/x-ndjson"
    lines = [json.loads(line) for line in response.text.splitlines()]
    assert lines == client.get("/api/search", params=parameters | {"limit": "100"}).json()["hits"]
    assert len(lines) == 18
    assert client.get("/api/hits?q=ъщъщ").text == ""


def test_the_description_has_names_groups_and_examples(client: TestClient) -> None:
    description = client.get("/openapi.json").json()
    operations = [methods["get"] for methods in description["paths"].values()]
    assert [each["operationId"] for each in operations] == [
        "search", "hits", "suggest", "article", "similar", "health",
    ]  # fmt: skip
    assert {tag for each in operations for tag in each["tags"]} == {tag["name"] for tag in description["tags"]}
    assert description["servers"] == [{"url": "/"}]
    query = next(each for each in operations[0]["parameters"] if each["name"] == "q")
    assert "тасқын" in query["schema"]["examples"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@pytest.mark.parametrize("address", ["/", "/article", "/feed", "/api/search", "/api/articles/x", "/health"])
def test_nothing_can_be_written(client: TestClient, method: str, address: str) -> None:
    assert client.request(method, address).status_code == 405
