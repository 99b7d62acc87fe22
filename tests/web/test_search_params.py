"""Parameters of a URL: read, written, never invalid."""

from __future__ import annotations

from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from searchkit.web.search_params import SearchParams
from searchkit.web.translations import UI_LANGUAGES

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(lambda text: " ".join(text.split()))


PARAMS = st.builds(
    SearchParams,
    q=TEXT,
    lang=st.sampled_from(["", "kk", "ru"]),
    year=st.sampled_from(["", "2022", "0001"]),
    source=TEXT,
    author=TEXT,
    sort=st.sampled_from(["score", "date"]),
    across=st.booleans(),
    exact=st.booleans(),
    copies=st.booleans(),
    page=st.integers(1, 1000),
    id=st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    ui=st.sampled_from(["", *UI_LANGUAGES]),
)


@given(PARAMS)
def test_an_address_holds_the_whole_state(params: SearchParams) -> None:
    address = params.url(page=params.page)
    assert SearchParams.read(dict(parse_qsl(address[1:], keep_blank_values=True))) == params


@given(st.dictionaries(st.sampled_from([*SearchParams.__dataclass_fields__, "other"]), st.text(max_size=30)))
def test_no_address_is_wrong(parameters: dict[str, str]) -> None:
    params = SearchParams.read(parameters)
    assert 1 <= params.page <= 1000
    params.query()
