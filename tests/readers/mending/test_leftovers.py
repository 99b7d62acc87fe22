"""Entities and stray tags in scraped text are decoded or dropped, and counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit import Articles
from searchkit.readers.mending.leftovers import without_leftovers
from tests.conftest import TESTS

LINES = (TESTS / "readers" / "mending" / "leftovers.txt").read_text("utf-8").splitlines()


def plain(text: str) -> str:
    """Return a text with its kinds of blanks made equal."""
    return text.replace("~", " ").replace("\u00a0", " ").strip(" ")


@pytest.mark.parametrize("line", [line for line in LINES if not line.startswith("#")])
def test_leftovers(line: str) -> None:
    text, expected = line.split(" => ")
    mended, count = without_leftovers(text)
    assert plain(mended) == plain(expected.replace("¶", "\n"))
    assert (count > 0) == (mended != text)


def test_leftovers_of_a_page_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Тақырып\n\nҚала&nbsp;әкімі &laquo;Айна&raquo; кітапханасын ашты.</seg>", "utf-8")
    articles = Articles(tmp_path)
    assert [document.text for document in articles] == ["Қала\u00a0әкімі «Айна» кітапханасын ашты. "]
    assert articles.remarks == {"leftovers of mark-up decoded or dropped": 4}


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.xml"])
def test_records_and_feeds_have_no_leftovers(tmp_path: Path, name: str) -> None:
    text = "Қала әкімі &amp;laquo;Айна&amp;raquo; кітапханасын ашты.</seg>"
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    contents = {
        "a.jsonl": f'{{"text": "{text}"}}',
        "a.csv": f"title,text\nТақырып,{text}",
        "a.xml": f"<rss version='2.0'><channel><item><description>{escaped}</description></item></channel></rss>",
    }
    (tmp_path / name).write_text(contents[name], "utf-8")
    (document,) = Articles(tmp_path)
    assert document.text.strip() == "Қала әкімі «Айна» кітапханасын ашты."
