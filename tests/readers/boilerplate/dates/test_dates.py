"""Dates are found in lines, in metadata and in paths."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit import Document
from searchkit.readers.boilerplate.dates.declared import parse_date, parse_moment
from searchkit.readers.boilerplate.dates.in_lines import date_in_path, find_date, modification_time
from tests.conftest import TESTS

FOLDER = TESTS / "readers" / "boilerplate" / "dates"


def table(name: str) -> list[list[str]]:
    """Return the fields of the lines of a table."""
    lines = (FOLDER / name).read_text("utf-8").splitlines()
    return [[field.strip() for field in line.split("=>")] for line in lines if not line.startswith("#")]


SAVED = datetime(2022, 9, 23, 12, 0)


@pytest.mark.parametrize(("line", "date"), table("lines.txt"))
def test_dates_in_lines(line: str, date: str) -> None:
    assert find_date(line, SAVED).date == date


@pytest.mark.parametrize("fields", table("values.txt"), ids=str)
def test_declared_values(fields: list[str]) -> None:
    value, day, *moment = fields
    found = parse_date(value)
    assert (found.day if found else "") == day
    assert parse_moment(value) == (moment[0] if moment else day)


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Обновлено: 05.03.2026", "2026-03-05"),
        ("05.03.2026 жаңартылды", "2026-03-05"),
        ("Последнее обновление: сегодня, 10:15", "2022-09-23T10:15"),
    ],
)
def test_a_lone_update_is_no_date_of_publication(line: str, date: str) -> None:
    found = find_date(line, SAVED)
    assert (found.date, found.is_update) == (date, True)


@given(st.text(alphabet="0123456789./-: TZ+сентябрьжгMayнаурыз,№()", max_size=40))
def test_any_value_is_a_date_or_none(value: str) -> None:
    assert parse_moment(value) == "" or Document(id="1", date=parse_moment(value)).date == parse_moment(value)
    assert find_date(value, SAVED).date == "" or Document(id="1", date=find_date(value, SAVED).date).date


def test_without_the_time_of_a_file_there_is_no_yesterday() -> None:
    assert find_date("вчера, 17:44").date == ""


@pytest.mark.parametrize(
    ("moment", "date"),
    [
        ("2023-05-11T09:30:00+06:00", "2023-05-11T09:30"),
        ("2024-02-29T12:00:00Z", "2024-02-29T18:00"),
        ("2024-03-01T12:00:00Z", "2024-03-01T17:00"),
        ("2024-05-11", "2024-05-11"),
        ("2024-05-11 09:30:00", "2024-05-11T09:30"),
        ("2024-13-11", ""),
        ("0001-01-01T00:00:00+14:00", ""),
        ("вчера", ""),
        ("", ""),
    ],
)
def test_moments_of_metadata_follow_the_clocks_of_kazakhstan(moment: str, date: str) -> None:
    assert parse_moment(moment) == date


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("el.kz/2022/09/22/a.html", "2022-09-22"),
        ("2022-09-22-a.txt", "2022-09-22"),
        ("22.09", ""),
        ("a/2022/13/01", ""),
    ],
)
def test_dates_in_paths(path: str, date: str) -> None:
    assert date_in_path(path) == date


@given(st.dates(min_value=datetime(1900, 1, 1).date(), max_value=datetime(2099, 12, 31).date()))
def test_every_day_is_known_in_figures(day: object) -> None:
    assert find_date(day.strftime("%d.%m.%Y")).date == day.isoformat()  # type: ignore[attr-defined]


def test_a_file_that_is_not_there_has_no_time(tmp_path: Path) -> None:
    assert modification_time(tmp_path / "no.txt") is None
