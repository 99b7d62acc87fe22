"""Paragraphs of an article, and links that a page may hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit import Document, HighlightedDocument, Part, Snippet
from searchkit.printable import safe_link
from searchkit.web.article.article_view import paragraphs
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


@given(st.text(st.sampled_from("аб \n"), max_size=30), st.data())
def test_parts_begin_with_their_paragraphs(text: str, data: st.DataObject) -> None:
    starts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=5)))
    document = Document(id="1", text=text, parts=tuple(Part(str(n), start) for n, start in enumerate(starts)))
    found = list(paragraphs(HighlightedDocument(document, Snippet(""), Snippet(text))))
    shown = [part for each in found for _, part in each.parts]
    assert shown == [part for part in document.parts if text[part.start :].strip()]
    by_part: dict[str, str] = {}
    name = ""
    for each in found:
        name = each.parts[-1].part.name if each.parts else name
        by_part[name] = by_part.get(name, "") + each.text.text
    for part in document.parts:
        written = "".join(document.part_text(part).split())
        assert "".join(by_part.get(part.name, "").split()) == written
