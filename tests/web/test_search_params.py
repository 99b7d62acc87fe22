"""Parameters of a URL: read, written, never invalid."""

from __future__ import annotations

from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from searchkit.web.search_params import SearchParams
from searchkit.web.translations import UI_LANGUAGES

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(lambda text: " ".join(text.split()))


def several(*values: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), unique=True).map(tuple)


PARAMS = st.builds(
    SearchParams,
    q=TEXT,
    lang=several("kk", "ru"),
    year=several("2022", "1991"),
    source=st.lists(TEXT.filter(bool), max_size=3, unique=True).map(tuple),
    author=st.lists(TEXT.filter(bool), max_size=3, unique=True).map(tuple),
    since=st.sampled_from(["", "2022", "15.09.2022", "вчера"]),
    until=st.sampled_from(["", "2021-05", "2023"]),
    sort=st.sampled_from(["score", "date", "oldest"]),
    across=st.booleans(),
    exact=st.booleans(),
    plain=st.booleans(),
    copies=st.booleans(),
    per=st.sampled_from([10, 25, 50]),
    page=st.integers(1, 200),
    id=st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    ui=st.sampled_from(["", *UI_LANGUAGES]),
)


@given(PARAMS)
def test_an_address_holds_the_whole_state(params: SearchParams) -> None:
    address = params.url(page=params.page)
    assert SearchParams.read(parse_qsl(address[1:], keep_blank_values=True)) == params


@given(st.lists(st.tuples(st.sampled_from([*SearchParams.__dataclass_fields__, "from", "to"]), st.text(max_size=30))))
def test_no_address_is_wrong(parameters: list[tuple[str, str]]) -> None:
    params = SearchParams.read(parameters)
    assert 1 <= params.page <= 1000
    params.query()
