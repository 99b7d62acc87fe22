"""Marks of wikitext that nothing closes are left out before the parser looks for their ends."""

from __future__ import annotations

import pytest

from searchkit.readers.formats.dumps.open_marks import without_open_marks
from searchkit.readers.formats.dumps.wikitext import WikiPage

OPENED = ["{{a|", "[[a|", "{{{a|", "{|\n|-\n", "<ref>", "<ref ", "<div>", "[http://a ", "<!--", "<nowiki>"]


@pytest.mark.parametrize("mark", OPENED)
def test_many_open_marks_are_left_out(mark: str) -> None:
    left = without_open_marks("Абай — ақын. " + mark * 5_000)
    assert mark.rstrip("|\n- ") not in left
    assert "Абай — ақын." in left


@pytest.mark.parametrize(
    "text",
    [
        "[[Абай|Абайдың]] {{цитата|өлеңі}} <ref>дерек</ref> [http://a.kz сайт]",
        "жақша [ ашық қалды, {{тағы біреуі",
        "бірінші жол<br>екінші жол<br>" * 1_000,
        "<ref name=а /> сөйлем. " * 1_000,
        "{{а|{{б|в}}}} " * 1_000,
    ],
)
def test_marks_that_are_closed_stay(text: str) -> None:
    assert without_open_marks(text) == text


def test_the_words_between_open_marks_stay() -> None:
    page = WikiPage((), ())
    assert "қала" in page.text_of("[[Ақтөбе|" * 5_000 + " қала")
