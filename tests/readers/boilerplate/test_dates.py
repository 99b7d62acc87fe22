"""Dates are found in lines, in metadata and in paths."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.readers.boilerplate.dates import date_in_path, find_date, modification_time, parse_moment
from tests.conftest import TESTS

LINES = (TESTS / "readers" / "boilerplate" / "dates.txt").read_text("utf-8").splitlines()
CASES = [tuple(line.rsplit("=>", 1)) for line in LINES if not line.startswith("#")]
SAVED = datetime(2022, 9, 23, 12, 0)


@pytest.mark.parametrize(("line", "date"), CASES)
def test_dates_in_lines(line: str, date: str) -> None:
    assert find_date(line.strip(), SAVED).date == date.strip()


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
