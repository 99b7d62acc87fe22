"""The memory of a process that answers questions has a bound, however many different ones come."""

from __future__ import annotations

import gc
import string
from collections.abc import Iterator
from functools import lru_cache
from itertools import count, islice

import pytest

from searchkit import Index
from searchkit.engines.whoosh.engine import WhooshEngine
from searchkit.engines.whoosh.search import searcher
from searchkit_analyzers import ANALYZER
from searchkit_analyzers.kazakh import disambiguation, phonology
from searchkit_analyzers.word_table import WordTable
from tests.reliability.conftest import article

MOST = 100_000
"""The most entries of one cache, of numbers; those of words have less."""
_LruCache = type(lru_cache(1)(len))


def questions() -> Iterator[str]:
    """Yield different questions, of words that exist and of words that do not."""
    for number in count():
        letters = "".join(string.ascii_lowercase[int(digit)] for digit in str(number))
        yield f"мектеп{letters} ауылда {letters}школа нұсқа{number} {number}"
        yield f'"жаңа мектеп" ашылд{letters}* !қала{letters}'


def caches() -> dict[int, tuple[str, int | None, int]]:
    """Return the name, the bound and the size of each cache of our functions, by identity."""
    found: dict[int, tuple[str, int | None, int]] = {}
    for cache in gc.get_objects():
        if isinstance(cache, _LruCache):
            function = cache.__wrapped__  # type: ignore[attr-defined]
            function = getattr(function, "func", function)  # of a partial
            info = cache.cache_info()  # type: ignore[attr-defined]
            if function.__module__.startswith("searchkit"):
                found[id(cache)] = function.__qualname__, info.maxsize, info.currsize
    return found


def unbounded() -> dict[int, tuple[str, int]]:
    """Return the names and sizes of caches that may grow without end."""
    return {id_: (name, size) for id_, (name, bound, size) in caches().items() if bound is None}


@pytest.fixture
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index.open(tmp_path_factory.mktemp("memory") / "index", WhooshEngine.with_memory(2**20)) as index:
        index.update(article(str(number)) for number in range(300))
        yield index


def test_every_cache_has_a_bound_or_does_not_grow(index: Index) -> None:
    """Those without a bound hold what is read from data files, such as the months' names."""
    stream = questions()
    for question in islice(stream, 40):
        index.search(question)
        index.suggest(question)
    before = unbounded()
    for question in islice(stream, 40):
        index.search(question)
        index.suggest(question)
    grown = {name: size for id_, (name, size) in unbounded().items() if size > before.get(id_, ("", 0))[1]}
    assert grown == {}
    bounds = [bound for _, bound, _ in caches().values()]
    assert len(bounds) > 30
    assert all(bound is None or bound <= MOST for bound in bounds)


def test_tables_are_begun_anew(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchkit_analyzers.analyzer._REMEMBERED_QUERY_WORDS", 50)
    monkeypatch.setattr(disambiguation, "_CACHE_SIZE", 20)
    monkeypatch.setattr(searcher, "_MOST_HITS", 20)
    monkeypatch.setattr(phonology, "_MOST_PROFILES", len(phonology._profiles) + 10)
    monkeypatch.setattr(ANALYZER, "_query_table", WordTable(ANALYZER._analyze_word))
    documents_before = len(ANALYZER.word_table().subtokens)
    stream = questions()
    for question in islice(stream, 30):
        index.search(question, limit=30)
    sizes = []
    for question in islice(stream, 30):
        index.search(question, limit=30)
        sizes.append(len(ANALYZER._query_table.subtokens))
    assert max(sizes) < 150  # the rest of a question is answered from the same table
    assert len(ANALYZER.word_table().subtokens) == documents_before
    costs = [each for each in gc.get_objects() if isinstance(each, disambiguation._CostCache)]
    assert costs
    assert all(len(each) <= MOST for each in costs)
    assert len(index._generations.searcher()._doc_id_of_hit) <= 20 + 30  # type: ignore[attr-defined]
    assert len(phonology._profiles) <= phonology._MOST_PROFILES


def test_the_cache_of_postings_and_articles_keeps_its_bound(index: Index) -> None:
    for question in islice(questions(), 60):
        index.search(question, limit=50)
    pool = index._generations.for_writing()._pool  # type: ignore[attr-defined]
    assert 0 < pool.results_cache.nbytes + pool.postings_cache.nbytes <= 2**20 + 2**17
