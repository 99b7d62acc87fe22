from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit import ArticleError, Document
from searchkit.document import detect_language, paragraphs


def test_equal_fields_equal_digests() -> None:
    one, two = (Document(id="1", title="Тақырып", text="Мәтін") for _ in range(2))
    assert one.digest == two.digest
    assert one.digest != Document(id="1", title="Тақырып", text="Мәтін.").digest


@given(st.text(), st.text(), st.lists(st.text()).map(tuple))
def test_there_and_back(title: str, text: str, tags: tuple[str, ...]) -> None:
    document = Document(id="1", title=title, text=text, tags=tags)
    assert Document.from_dict(document.to_dict()) == document
    assert Document.from_dict(document.to_dict()).digest == document.digest


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Жаңа мектеп ашылды.", "kk"),
        ("Открылась новая школа.", "ru"),
        ("Жаңа мектеп ашылды, оқушылар қуанды.\nОткрылась новая школа, дети рады.", "kk+ru"),
        ("2022", ""),
    ],
)
def test_language(text: str, language: str) -> None:
    assert detect_language(text) == language
    assert Document(id="1", text=text).language == language
    assert Document(id="1", text=text, language="Kazakh").language == language


def test_each_paragraph_has_a_language() -> None:
    document = Document(id="1", text="Жаңа мектеп ашылды.\n\nШкола открыта для всех.\n2022")
    assert document.languages == ("kk", "ru", "")


def test_what_was_cut_makes_no_other_document() -> None:
    one, two = (Document(id="1", text="б", cut=((0, f"а {counter}"), (2, "в"))) for counter in (1, 2))
    assert (one.raw, one.digest) == ("а 1\nб\nв", two.digest)
    assert Document.from_dict(one.to_dict()) == one


def test_paragraphs() -> None:
    found = list(paragraphs("Жаңа мектеп.\n\n  \nОна открыта."))
    assert [(p.text, p.language) for p in found] == [("Жаңа мектеп.", "kk"), ("Она открыта.", "ru")]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"id": ""}, "an article needs an id"),
        ({"id": 5}, "an article's id must be text, not int"),
        ({"id": "1", "title": None}, "an article's title must be text, not NoneType"),
        ({"id": "1", "date": "вчера"}, "the date вчера is not of the form"),
        ({"id": "1", "date": "٢٠٢٢"}, "is not of the form"),
        ({"id": "1", "date": "2020-02-31"}, "the date 2020-02-31 is not of the form .*, or there is no such day"),
        ({"id": "1", "date": "2020-02-03T25:00"}, "is not of the form"),
        ({"id": "1", "date": "0001-01-01T00:00:00+14:00"}, "is not of the form"),
        ({"id": "1", "date": 2020}, "an article's date must be text, a date or a datetime, not int"),
        ({"id": "1", "date": None}, "an article's date must be text, a date or a datetime, not NoneType"),
        ({"id": "1", "tags": (1,)}, "an article's tags must be text"),
        ({"id": "1", "tags": None}, "an article's tags must be a list"),
        ({"id": "1", "tags": "a"}, "an article's tags must be a list"),
    ],
)
def test_what_is_no_article(fields: dict[str, object], sentence: str) -> None:
    with pytest.raises(ArticleError, match=sentence):
        Document(**fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        (date(2022, 9, 15), "2022-09-15"),
        (datetime(2022, 9, 15, 17, 44, 31), "2022-09-15T17:44"),
        (datetime(2022, 9, 15, 17, 44, 31, 250, tzinfo=UTC), "2022-09-15T23:44"),
        (datetime(2024, 9, 15, 23, 44, tzinfo=timezone(timedelta(hours=3))), "2024-09-16T01:44"),
        ("2022-09-15T17:44:31", "2022-09-15T17:44"),
        ("2022-09-15 17:44:31.250", "2022-09-15T17:44"),
        ("2022-09-15T17:44:31Z", "2022-09-15T23:44"),
        ("2022-09-15T17:44:31+05:00", "2022-09-15T18:44"),
        ("2022-09-15T17:44+0600", "2022-09-15T17:44"),
        ("2020-02-29", "2020-02-29"),
        ("2022-09", "2022-09"),
        ("2022", "2022"),
        ("", ""),
    ],
)
def test_dates_are_stored_by_the_clocks_of_kazakhstan(date: object, expected: str) -> None:
    document = Document(id="1", date=date)  # type: ignore[arg-type]
    assert document.date == expected
    assert document.digest == Document(id="1", date=expected).digest


def test_half_a_surrogate_pair_does_no_harm() -> None:
    assert Document(id="h\ud800", source="a\udcff").source == "a?"
