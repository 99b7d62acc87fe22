"""Filters as arguments of a search, and arguments that are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from searchkit import Document, Filter, Index, SearchkitError

FIELDS = ("id", "language", "date", "source", "author")
ARTICLES = [
    ("а", "kk", "2022-09-15", "Егемен Қазақстан", "Айгүл Сейітова"),
    ("б", "ru", "2022-09", "Казахстанская правда", "А. Ким"),
    ("в", "kk+ru", "2023-01-02T10:00", "Казахстанская правда (Астана)", "А. Ким"),
    ("г", "kk", "", "", ""),
]


@pytest.fixture
def index(tmp_path: Path) -> Index:
    index = Index.open(tmp_path / "index")
    index.update(
        Document(title="Су тасқыны", text=f"Тасқын {fields[0]}", **dict(zip(FIELDS, fields, strict=True)))
        for fields in ARTICLES
    )
    return index


@pytest.mark.parametrize(
    "values, ids",
    [
        ({}, "абвг"),
        ({"language": "kk"}, "авг"),
        ({"language": ["ru", "kk"]}, "абвг"),
        ({"source": "Казахстанская правда"}, "б"),
        ({"source": ("Казахстанская правда", "Егемен Қазақстан")}, "аб"),
        ({"source": "Казахстанская правда", "author": "А. Ким"}, "б"),
        ({"author": "А. Ким"}, "бв"),
        ({"year": "2022"}, "аб"),
        ({"year": ["2022", "2023"], "language": "ru"}, "бв"),
        ({"date_from": "10.09.2022", "date_to": "2022"}, "аб"),
        ({"date_to": "2022-09-14"}, "б"),
        ({"date_from": "2022-10"}, "в"),
        ({"language": ""}, "абвг"),
    ],
)
def test_only_articles_that_pass_are_found(index: Index, values: dict[str, Any], ids: str) -> None:
    found = index.search("тасқын", filter=Filter(**values))
    assert sorted(hit.id for hit in found) == list(ids)
    assert found.query == "тасқын"


def test_without_words_all_that_passes_is_found(index: Index) -> None:
    assert index.search("", filter=Filter(year="2022")).total == 2


@pytest.mark.parametrize(
    "values, sentence",
    [
        ({"date_from": "вчера"}, "the date вчера is not understood"),
        ({"year": "20x"}, "the date 20x is not understood"),
        ({"date_from": "2023", "date_to": "2022"}, "no day is between 2023 and 2022"),
        ({"language": None}, "language of a Filter is a text, or a list of texts, not NoneType"),
        ({"source": [1]}, "source of a Filter is a text, or a list of texts, not list"),
        ({"date_to": ["2022"]}, "date_to of a Filter is a text, not list"),
    ],
)
def test_a_filter_says_what_is_expected(values: dict[str, Any], sentence: str) -> None:
    with pytest.raises(SearchkitError, match=sentence.replace("(", "[(]")):
        Filter(**values)


@pytest.mark.parametrize(
    "arguments, sentence",
    [
        ({"query": None}, "a query is a text, or a Query that parse[(][)] returns, not NoneType"),
        ({"query": {"q": "тасқын"}}, "not dict"),
        ({"limit": -1}, "limit is a whole number from 0 on, not -1"),
        ({"limit": None}, "limit is a whole number from 0 on, not None"),
        ({"offset": -5}, "offset is a whole number from 0 on, not -5"),
        ({"filter": {"language": "kk"}}, "a filter is a Filter[(]language=..., date_from=...[)], not dict"),
        ({"sort": "newest"}, "take score, date or oldest"),
    ],
)
def test_a_search_says_what_is_expected(index: Index, arguments: dict[str, Any], sentence: str) -> None:
    with pytest.raises(SearchkitError, match=sentence):
        index.search(**{"query": "тасқын"} | arguments)


def test_documents_that_are_none_are_refused(index: Index) -> None:
    for wrong in (None, {"id": "1", "text": "тасқын"}, "тасқын"):
        with pytest.raises(SearchkitError, match="Document"):
            index.update([wrong])  # type: ignore[list-item]
    with pytest.raises(SearchkitError, match="None"):
        index.update(None)  # type: ignore[arg-type]
    assert len(index) == 4
