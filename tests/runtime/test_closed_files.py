"""A process that commits and searches keeps no file of a commit that is no longer in use."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from searchkit import Index
from tests.reliability.conftest import article

QUERIES = ("мектеп", '"жаңа мектеп"', "мек*", "мектпе ауыл", "президент РК")


@pytest.fixture
def collected_never() -> Iterator[None]:
    """Leave cyclic garbage as it is: in a server it waits long for its collection."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def mapped(folder: Path) -> int:
    """Return how many files of a folder the process has mapped."""
    return sum(str(folder) in line for line in Path("/proc/self/maps").read_text("utf-8").splitlines())


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no /proc")
@pytest.mark.usefixtures("collected_never")
def test_files_of_earlier_commits_are_closed(tmp_path: Path) -> None:
    with Index.open(tmp_path / "index") as index:
        index.update(article(str(number)) for number in range(20))
        for number in range(20, 50):
            index.update([article(str(number))])
            for query in QUERIES:
                index.search(query)
            index.suggest("мек")
            index.similar("3")
            assert mapped(tmp_path) <= 2 * index.stats().segments + 4
