"""Every line in the tables of docs/reference/query-language.md holds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from searchkit import Document, Index
from tests.conftest import TESTS

GUIDE = TESTS.parent / "docs" / "reference" / "query-language.md"
EXAMPLE = re.compile(r"(?:\*\*(?P<title>.+?)\*\* )?(?P<text>.*?)(?: \*\((?P<known>.*)\)\*)?")


class Line(NamedTuple):
    """One line of a table, with texts found and not found."""

    query: str
    meaning: str
    found: str
    not_found: str


def lines() -> Iterator[Line]:
    for row in GUIDE.read_text("utf-8").splitlines():
        if row.startswith("| `"):
            query, *others = (cell.strip() for cell in row.strip("|").split(" | "))
            yield Line(query.strip("`"), *others)


LINES = list(lines())


def document(example: str) -> Document:
    match = EXAMPLE.fullmatch(example)
    assert match
    known = dict(pair.split(": ", 1) for pair in (match["known"] or "").split("; ") if pair)
    return Document(id=example, title=match["title"] or "", text=match["text"], **known)


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index.open(tmp_path_factory.mktemp("guide")) as index:
        index.update([document(example) for example in {each for line in LINES for each in line[2:]}])
        yield index


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.query)
def test_a_line_of_the_guide_holds(line: Line, examples: Index) -> None:
    results = examples.search(line.query, limit=len(LINES) * 2)
    found = [hit.id for hit in results]
    assert line.found in found
    assert line.not_found not in found
    assert not results.hints


def test_the_guide_is_as_long_in_every_language_that_archivists_read() -> None:
    kazakh, russian, english, *_ = GUIDE.read_text("utf-8").split("\n## ")[1:4]
    assert kazakh.count("\n| `") >= 25 <= russian.count("\n| `")
    assert english.count("\n| `") >= 20
