"""The small parts: addresses, dates, languages, links, paragraphs."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit import Document, HighlightedDocument, SearchkitError, Snippet
from searchkit.web.article_view import link, paragraphs
from searchkit.web.feeds import moment
from searchkit.web.search_params import SearchParams
from searchkit.web.settings import Settings
from searchkit.web.translations import LANGUAGES, choose, wording
from tests.conftest import TESTS, cases

HERE = Path(__file__).parent
TEXTS = TESTS.parent / "searchkit" / "web" / "texts"


@pytest.mark.parametrize("header, language", cases(HERE / "accepted.txt"))
def test_the_browsers_language(header: str, language: str) -> None:
    assert choose("", header).language == language


def test_a_language_that_was_chosen_goes_before_the_browsers() -> None:
    assert choose("ru", "kk").language == "ru"
    assert choose("", "").language == "kk"


@pytest.mark.parametrize("iso, kk, ru, en", cases(HERE / "dates.txt"))
def test_dates_as_people_write_them(iso: str, kk: str, ru: str, en: str) -> None:
    assert [wording(language).date(iso) for language in LANGUAGES] == [kk, ru, en]


@pytest.mark.parametrize("date, expected", cases(HERE / "moments.txt"))
def test_dates_of_feeds(date: str, expected: str) -> None:
    assert moment(date) == expected


@pytest.mark.parametrize("url, leads", cases(HERE / "links.txt"))
def test_links(url: str, leads: str) -> None:
    assert link(url) == (url if leads == "yes" else "")


def test_all_languages_say_the_same_things() -> None:
    said = {language: tomllib.loads((TEXTS / f"{language}.toml").read_text("utf-8")) for language in LANGUAGES}
    sentences = {language: {k: v for k, v in words.items() if isinstance(v, str)} for language, words in said.items()}
    for language in LANGUAGES:
        assert sentences[language].keys() == sentences["en"].keys()
        for name, sentence in sentences[language].items():
            assert re.findall(r"{\w+}", sentence) == re.findall(r"{\w+}", sentences["en"][name]), name


@pytest.mark.parametrize("language, heading", [("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")])
def test_the_page_on_asking_says_what_the_document_says(language: str, heading: str) -> None:
    document = (TESTS.parent / "docs" / "query-language.md").read_text("utf-8")
    section = document.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    examples = wording(language).asking["examples"]
    assert len(examples) > 10
    for question, meaning in examples:
        assert f"| `{question}` | {meaning} |" in section


TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30).map(lambda text: " ".join(text.split()))
ASKED = st.builds(
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
    ui=st.sampled_from(["", *LANGUAGES]),
)


@given(ASKED)
def test_an_address_holds_the_whole_state(asked: SearchParams) -> None:
    address = asked.address(page=asked.page)
    assert SearchParams.read(dict(parse_qsl(address[1:], keep_blank_values=True))) == asked


@given(st.dictionaries(st.sampled_from([*SearchParams.__dataclass_fields__, "other"]), st.text(max_size=30)))
def test_no_address_is_wrong(parameters: dict[str, str]) -> None:
    asked = SearchParams.read(parameters)
    assert 1 <= asked.page <= 1000
    asked.question()


@given(st.text(st.sampled_from("аб \n\r\u2028<&"), max_size=40), st.data())
def test_paragraphs_keep_all_words_and_marks(text: str, data: st.DataObject) -> None:
    words = [match.span() for match in re.finditer("[аб<&]+", text)]
    marks = tuple(data.draw(st.lists(st.sampled_from(words), unique=True).map(sorted))) if words else ()
    article = HighlightedDocument(Document(id="1", text=text), Snippet(""), Snippet(text, marks))
    found = [paragraph.text for paragraph in paragraphs(article)]
    assert " ".join(each.text for each in found).split() == text.split()
    assert [each.text[a:b] for each in found for a, b in each.marks] == [text[a:b] for a, b in marks]


def test_settings_go_through_the_environment() -> None:
    settings = Settings(Path("/a b"), "https://news.example/archive/", 1.5, 64)
    assert Settings.from_environment(settings.to_environment()) == settings
    assert settings.base == "/archive"
    assert "news.example" in settings.hosts


@pytest.mark.parametrize("url", ["news.example", "ftp://news.example", "https://", "https:news.example"])
def test_an_address_that_is_none_is_told(url: str) -> None:
    with pytest.raises(SearchkitError, match="is no address"):
        Settings(Path("x"), url)
