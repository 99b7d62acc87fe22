"""Every line of a marked page is kept or cut, and its metadata found."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit import Articles, Document
from searchkit.readers.boilerplate.page import ScrapedPage
from tests.conftest import CORPUS
from tests.readers.boilerplate.marked import MarkedPage, found_metadata, pages

PAGES = list(pages())
LINES = sorted({line for page in PAGES for line in page.text.split("\n")})


def test_there_are_enough_marked_pages() -> None:
    assert len(PAGES) >= 30


@pytest.mark.parametrize("page", PAGES, ids=[page.path.stem for page in PAGES])
def test_a_marked_page(page: MarkedPage, tmp_path: Path) -> None:
    document = page.read(tmp_path)
    assert [line for line in document.text.split("\n") if line.strip()] == page.article
    assert found_metadata(document) == {name: page.metadata[name] for name in found_metadata(document)}
    assert document.raw == page.text


@given(st.lists(st.sampled_from(LINES), max_size=30))
def test_a_page_can_be_restored_from_article_and_cut_lines(lines: list[str]) -> None:
    text = "\n".join(lines)
    page = ScrapedPage(text)
    assert Document(id="1", text=page.article, cut=page.cut).raw == text


@given(st.text(alphabet="абв.,:|–[]{}0123456789 \n«»", max_size=200))
def test_any_text_is_a_page(text: str) -> None:
    page = ScrapedPage(text)
    assert Document(id="1", title=page.title, text=page.article, date=page.metadata.date, cut=page.cut).raw == text


def test_boilerplate_of_the_bundled_articles_is_cut() -> None:
    texts = "\n".join(document.text for document in Articles(CORPUS))
    for boilerplate in (
        "Поделиться",
        "Бөлісу",
        "Читайте также",
        "Оқи отырыңыз",
        "[[year]]",
        "Теги:",
        "Тегтер:",
        "Фото:",
    ):
        assert boilerplate not in texts
