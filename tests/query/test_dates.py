"""Days in dates.txt are found in whatever way they are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit import Document, Index, SearchOptions
from searchkit_analyzers import analyze
from searchkit_analyzers.dates import iso
from searchkit_analyzers.dates.iso import days_of, period_of
from tests.conftest import TESTS, cases

GROUPS = cases(TESTS / "query" / "dates.txt")
ALL = SearchOptions(collapse_duplicates=False)
WRITTEN = {written: days_of(next(iter(group))) for group in GROUPS for written in group}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index.open(tmp_path_factory.mktemp("dates")) as index:
        index.update(Document(id=written, text=f"Форум {written} открыт.") for written in WRITTEN)
        index.update([Document(id="apart", text="Сентябрь: 15 дней, қыркүйек, 09, а в 2022 другое.")])
        yield index


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize("form", ['+"{}"', '"форум {} открыт"'])
def test_a_day_meets_itself_only(written: str, form: str, archive: Index) -> None:
    same = {other for other, days in WRITTEN.items() if days == WRITTEN[written]}
    found = [hit.id for hit in archive.search(form.format(written), limit=100, options=ALL)]
    assert same == set(found)


@pytest.mark.parametrize("group", GROUPS[:2])
def test_whole_dates_come_before_their_words_apart(group: Sequence[str], archive: Index) -> None:
    found = [hit.id for hit in archive.search(group[1], limit=100, options=ALL)]
    assert set(group) <= set(found[: found.index("apart")])


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_is_read_from_figures(day: date) -> None:
    year, month, number = map(int, str(day).split("-"))
    assert period_of(str(day)) == period_of(f"{number}.{month}.{year}") == str(day)


@given(st.text(st.sampled_from("0123456789 .-/«»мая сентября қыркүйек жылғы 2022 May,г"), max_size=40))
def test_dates_change_no_position_and_no_offset(text: str) -> None:
    tokens = list(analyze(text))
    assert [token.surface for token in tokens] == [text[token.start : token.end] for token in tokens]
    assert all(first.end <= second.start or first.start <= second.start for first, second in pairwise(tokens))


def test_a_date_adds_a_term_and_takes_no_position() -> None:
    for before, after in permutations(("15 сентября 2022", "2022 жылғы 15 қыркүйек"), 2):
        with_dates = list(analyze(f"{before} және {after}"))
        assert [token.position for token in with_dates] == list(range(8))
        assert all("2022-09-15" in token.forms for token in with_dates if token.surface != "және")


def test_texts_without_digits_or_months_wait_for_no_patterns(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> None:
        raise AssertionError("a pattern of dates was asked for")

    monkeypatch.setattr(iso.patterns, "in_texts", refused)
    monkeypatch.setattr(iso.patterns, "whole_days", refused)
    for text in ("Қыркүйекте мектеп ашылды.", "Форум 2021 года: 17 гостей, COVID-31, 350047 тенге."):
        assert list(analyze(text))
    monkeypatch.setattr(iso, "month_forms", refused)
    assert list(analyze("Қыркүйекте мектеп ашылды."))
