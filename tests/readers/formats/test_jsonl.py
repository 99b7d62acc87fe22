"""JSON lines yield an article each; bad lines fail with one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from searchkit import Articles, Document
from searchkit.readers.formats import jsonl
from searchkit.readers.sources import item_stream


def read(tmp_path: Path, *lines: object) -> tuple[list[Document], list[str]]:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    (tmp_path / "feed.jsonl").write_text(text, "utf-8")
    articles = Articles([str(tmp_path / "feed.jsonl")])
    return list(articles), [failure.error for failure in articles.failures]


def test_all_fields(tmp_path: Path) -> None:
    values = {"id": "7", "title": "Т", "text": "М", "date": "2022-09-15T10:00:00+05:00", "source": "el.kz"}
    (document,), _ = read(tmp_path, values | {"author": "А", "url": "http://a", "language": "kk", "tags": ["x", "y"]})
    path = str(tmp_path / "feed.jsonl")
    assert document == Document(
        id="feed.jsonl#7", title="Т", text="М", date="2022-09-15", source="el.kz", author="А", url="http://a",
        language="kk", tags=("x", "y"), path=path,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "id_"),
    [
        ({"_id": "a"}, "feed.jsonl#a"),
        ({"url": "http://b"}, "http://b"),
        ({"id": 3}, "feed.jsonl#3"),
        ({"id": ""}, "feed.jsonl:1"),
    ],
)
def test_ids(tmp_path: Path, values: dict[str, object], id_: str) -> None:
    (document,), _ = read(tmp_path, values | {"text": "Мәтін"})
    assert document.id == id_


@pytest.mark.parametrize(
    ("date", "expected"),
    [("2022", "2022"), ("2022-09", "2022-09"), ("вчера", ""), ("2022-13-45", ""), ("20220915", "2022-09-15")],
)
def test_dates(tmp_path: Path, date: str, expected: str) -> None:
    (document,), _ = read(tmp_path, {"id": "1", "text": "Мәтін", "date": date})
    assert document.date == expected


def test_dates_and_tags_in_every_form(tmp_path: Path) -> None:
    dates = [1537260836, "18 сентября 2018, 15:53", {"$date": {"$numberLong": "1537260836000"}}, "2018/09/18", 20180918]
    records = [{"text": "Мәтін", "date": date, "tags": "модель, возраст; Алматы"} for date in dates]
    documents, _ = read(tmp_path, *records)
    assert {document.date for document in documents} == {"2018-09-18"}
    assert {document.tags for document in documents} == {("модель", "возраст", "Алматы")}


def test_dates_that_are_not_understood_are_counted(tmp_path: Path) -> None:
    lines = [json.dumps({"text": "Мәтін", "date": date}) for date in ("вчера", "2020-02-31", "", None, True, [2018, 9])]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), "utf-8")
    articles = Articles([tmp_path])
    assert [document.date for document in articles] == [""] * 6
    assert articles.remarks == {"dates not understood": 4}


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("{", "line 2 is not JSON"),
        ("[1]", "line 2 is not a JSON object"),
        ('{"id": 1}', "line 2 has neither title nor text"),
        ('{"text": {"a": 1}}', "line 2 has no text under 'text'"),
        ("[" * 100_000, "line 2 is not JSON"),
    ],
)
def test_a_bad_line_does_not_stop_the_rest(tmp_path: Path, line: str, error: str) -> None:
    documents, errors = read(tmp_path, {"id": "1", "text": "а"}, line, {"id": "2", "text": "б"})
    assert [document.id for document in documents] == ["feed.jsonl#1", "feed.jsonl#2"]
    assert errors == [error]


def test_many_bad_lines_are_one_sentence(tmp_path: Path) -> None:
    _, errors = read(tmp_path, "x", "y", "z")
    assert errors == ["line 1 is not JSON, and 2 more lines cannot be read either"]


def test_long_lists_are_read_item_by_item(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "_READ_AT_ONCE", 50)
    articles = [{"id": number, "text": "Мәтін", "date": "2022-09-15"} for number in range(30)]
    documents, errors = read(tmp_path, articles)
    assert ([document.id for document in documents], errors) == ([f"feed.jsonl#{number}" for number in range(30)], [])
    documents, errors = read(tmp_path, json.dumps(articles)[:-40])
    assert len(documents) == 29
    assert errors == ["is broken JSON, or breaks off; what could be read of it was taken"]


@pytest.mark.usefixtures("in_this_process")
def test_an_item_of_a_long_list_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "_READ_AT_ONCE", 50)
    monkeypatch.setattr(item_stream, "LARGEST_ARTICLE", 2**20)
    documents, errors = read(tmp_path, [{"text": "Мәтін"}, {"text": "Мәтін " * 10**6}, {"text": "Мәтін"}])
    assert (len(documents), errors) == (1, ["holds an item of more than 1 MB"])


def test_an_empty_list_is_told(tmp_path: Path) -> None:
    assert read(tmp_path, []) == ([], ["is a list without articles"])


def test_lone_surrogates_do_no_harm(tmp_path: Path) -> None:
    (document,), _ = read(tmp_path, '{"id": "1", "text": "сөз \\ud800 сөз"}')
    document.text.encode("utf-8")


@pytest.mark.parametrize(
    ("values", "title", "author", "tags"),
    [
        ({"title": "Мост", "authors": [{"name": "Ержан Д."}, {"name": "Лида Б."}]}, "Мост", "Ержан Д., Лида Б.", ()),
        ({"headline": "Мост", "author": {"@type": "Person", "name": "Лида Б."}}, "Мост", "Лида Б.", ()),
        ({"title": {"rendered": "<b>Мост</b>"}, "content": {"rendered": "<p>Мост</p>"}}, "Мост", "", ()),
        ({"title": "Мост", "tags": [{"id": 5, "name": "река"}, {"name": "мост"}]}, "Мост", "", ("река", "мост")),
    ],
)
def test_objects_that_hold_a_name_or_text(
    tmp_path: Path, values: dict[str, object], title: str, author: str, tags: tuple[str, ...]
) -> None:
    (document,), errors = read(tmp_path, values)
    assert (document.title, document.author, document.tags, errors) == (title, author, tags, [])


ITEMS = [{"title": "Көпір", "text": "Көпір ашылды."}, {"title": "Мост", "text": "Мост открыт."}]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps({"count": 2, "articles": ITEMS}),
        json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Жаңалық", "items": ITEMS}),
        json.dumps({"count": 2, "articles": ITEMS}, indent=1),
        f'{{"articles": [\n{json.dumps(ITEMS[0])},\n{json.dumps(ITEMS[1])}\n]}}',
        f'{{"articles":\n{json.dumps(ITEMS)}}}',
        "\n".join(json.dumps({"page": number, "results": [item]}) for number, item in enumerate(ITEMS)),
    ],
)
def test_lists_in_objects_however_they_are_broken_into_lines(tmp_path: Path, text: str) -> None:
    (tmp_path / "a.json").write_text(text, "utf-8")
    articles = Articles([tmp_path])
    assert [document.title for document in articles] == ["Көпір", "Мост"]
    assert articles.failures == []


def test_a_first_line_that_breaks_off_does_not_stop_the_rest(tmp_path: Path) -> None:
    documents, failures = read(tmp_path, '{"title": "Бір",', {"text": "Екі"}, {"text": "Үш"})
    assert [document.text for document in documents] == ["Екі", "Үш"]
    assert failures == ["line 1 is not JSON"]


@pytest.mark.parametrize("charset", ["cp1251", "koi8-r", "kz1048", "utf-16", "utf-8-sig"])
@pytest.mark.parametrize("lines", [True, False])
def test_json_in_other_charsets(tmp_path: Path, charset: str, lines: bool) -> None:
    items = [{"title": "Открыт мост", "text": "Новый мост через реку открыли утром."}] * 2
    written = (
        "\n".join(json.dumps(item, ensure_ascii=False) for item in items)
        if lines
        else json.dumps(items, ensure_ascii=False, indent=1)
    )
    (tmp_path / "a.json").write_bytes(written.encode(charset))
    articles = Articles([tmp_path])
    assert [document.text for document in articles] == ["Новый мост через реку открыли утром."] * 2
    assert articles.failures == []
