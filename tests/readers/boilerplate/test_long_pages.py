"""The rules for pages take time as the length of a page, whatever its lines are."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchkit.readers.boilerplate.page import ScrapedPage
from tests.steps import steps_of

PAGES = [
    tuple(part.strip().replace("⏎", "\n") for part in line.split("|"))
    for line in Path(__file__).with_name("repeated_lines.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


def work(once: str, repeated: str, count: int) -> int:
    """Return the steps of dividing a page."""
    page = ScrapedPage(once + repeated * count)
    return steps_of(lambda: (page.title, page.article, page.cut, page.metadata))


@pytest.mark.parametrize(("once", "repeated"), PAGES)
def test_the_work_is_linear(once: str, repeated: str) -> None:
    work(once, repeated, 1)  # reads word lists
    few, many = work(once, repeated, 100), work(once, repeated, 400)
    assert many < 4.5 * few
