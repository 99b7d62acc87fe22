"""Paragraphs of an article, and links that a page may hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit import Document, HighlightedDocument, Snippet
from searchkit.web.article_view import paragraphs, safe_link
from tests.conftest import cases

HERE = Path(__file__).parent


@pytest.mark.parametrize("url, leads", cases(HERE / "safe_links.txt"))
def test_links(url: str, leads: str) -> None:
    assert safe_link(url) == (url if leads == "yes" else "")


@given(st.text(st.sampled_from("аб \n\r\u2028<&"), max_size=40), st.data())
def test_paragraphs_keep_all_words_and_marks(text: str, data: st.DataObject) -> None:
    words = [match.span() for match in re.finditer("[аб<&]+", text)]
    marks = tuple(data.draw(st.lists(st.sampled_from(words), unique=True).map(sorted))) if words else ()
    article = HighlightedDocument(Document(id="1", text=text), Snippet(""), Snippet(text, marks))
    found = [paragraph.text for paragraph in paragraphs(article)]
    assert " ".join(each.text for each in found).split() == text.split()
    assert [each.text[a:b] for each in found for a, b in each.marks] == [text[a:b] for a, b in marks]
