"""Credits yield the names of authors: labels are no names."""

from __future__ import annotations

import pytest

from searchkit.readers.boilerplate.authors import author_names
from tests.conftest import TESTS

LINES = (TESTS / "readers" / "boilerplate" / "authors.txt").read_text("utf-8").splitlines()


@pytest.mark.parametrize(("credit", "names"), [line.split("=>") for line in LINES if not line.startswith("#")])
def test_names_in_credits(credit: str, names: str) -> None:
    assert author_names(credit) == names.strip()
