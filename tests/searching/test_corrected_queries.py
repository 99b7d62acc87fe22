"""The corrected query as it is shown, and the one that searches exactly as typed."""

from __future__ import annotations

import pytest

from searchkit.query.parser import parse
from searchkit.results import Correction, Results


def results(query: str, *corrections: tuple[str, str, str]) -> Results:
    return Results(query, 0, (), corrections=[Correction(*each) for each in corrections])


@pytest.mark.parametrize(
    ("found", "shown", "exact"),
    [
        (results("сенат заны", ("заны", "заңы", "letters")), "сенат заңы", "сенат !заны"),
        (results("сон персона", ("сон", "соң", "letters")), "соң персона", "!сон персона"),
        (results("ассам блея 2020", ("ассам блея", "ассамблея", "apart")), "ассамблея 2020", "!ассам !блея 2020"),
        (results("+заны -сенат", ("заны", "заңы", "letters")), "+заңы -сенат", "+!заны -сенат"),
        (results('"кала жолы"', ("кала", "қала", "letters")), '"қала жолы"', '"!кала жолы"'),
        (results("Токаев и сенат", ("Токаев", "тоқаев", "name")), "Токаев (тоқаев) и сенат", "!Токаев и сенат"),
        (
            results("rfpfrcnfy", ("rfpfrcnfy", "казакстан", "layout"), ("казакстан", "қазақстан", "letters")),
            "қазақстан",
            "!rfpfrcnfy",
        ),
        (results("сенат"), "", "сенат"),
    ],
)
def test_a_corrected_query_keeps_all_other_words(found: Results, shown: str, exact: str) -> None:
    assert (found.corrected_query, found.exact_query) == (shown, exact)
    assert not parse(found.exact_query).hints
