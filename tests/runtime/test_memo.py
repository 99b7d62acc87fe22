"""Cached results are not computed again, and keep no object alive."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path
from weakref import ref

import pytest

from searchkit import Document, Index, Rewrite, SearchOptions
from searchkit.runtime.memo import memoized


class Doubling:
    """Counts its calls."""

    def __init__(self) -> None:
        self.calls = 0
        self.of = memoized(self._of, 2)

    def _of(self, number: int) -> int:
        self.calls += 1
        return 2 * number


@pytest.fixture
def no_garbage_collection() -> Iterator[None]:
    gc.disable()
    yield
    gc.enable()


def test_the_last_results_are_cached() -> None:
    doubling = Doubling()
    assert [doubling.of(number) for number in (1, 2, 1, 2, 3, 1)] == [2, 4, 2, 4, 6, 2]
    assert doubling.calls == 4


@pytest.mark.usefixtures("no_garbage_collection")
def test_nothing_is_kept_alive() -> None:
    doubling = Doubling()
    doubling.of(1)
    gone, of = ref(doubling), doubling.of
    del doubling
    assert gone() is None
    assert of(1) == 2
    with pytest.raises(ReferenceError):
        of(2)


@pytest.mark.usefixtures("no_garbage_collection")
@pytest.mark.parametrize("query", ["мектеп", "мектпе", "vtrntg", "mektep", '"жаңа мектеп" ҚР', "мек*", "-мектеп"])
def test_a_commit_closes_the_files_of_earlier_searches(query: str, tmp_path: Path) -> None:
    with Index.open(tmp_path / "index") as index:
        index.update([Document(id="1", text="Қазақстан Республикасында (ҚР) жаңа мектеп ашылды.")])
        index.search(query, options=SearchOptions(Rewrite(translations=True)))
        index.suggest("ме")
        before = ref(index._generations.searcher())
        index.update([Document(id="2", text="Мектеп жабылды.")])
        index.search(query)
        assert before() is None
