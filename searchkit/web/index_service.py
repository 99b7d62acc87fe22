"""Concurrent access to one index, with a time limit for each query.

A few threads run queries, so that a slow one does not hold up the others. A query that exceeds the
time limit is answered with an error at once; its thread finishes later.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from searchkit.engines.base import Sort
from searchkit.engines.whoosh.engine import WhooshEngine
from searchkit.errors import SearchkitError
from searchkit.index import Index
from searchkit.options import SearchOptions
from searchkit.query.parser import Query
from searchkit.results import Results

THREADS = 4
"""Queries that one process runs at a time."""
SUGGESTIONS = 8
"""Completions of an unfinished query."""
SIMILAR = 6
"""Articles offered as similar to one."""

_DEFAULT_OPTIONS = SearchOptions()

_P = ParamSpec("_P")
_T = TypeVar("_T")


class QueryTimeout(SearchkitError):
    """A query takes longer than the time limit."""


class IndexService:
    """Runs queries of many requests on one index."""

    def __init__(self, path: Path, timeout: float, memory: int) -> None:
        """Open the index at `path` with a time limit and a cache.

        Args:
            path: The folder of the index.
            timeout: Seconds that a query may take.
            memory: Megabytes of the cache.
        """
        self._index = Index.open(path, WhooshEngine.with_memory(memory * 2**20))
        self._timeout = timeout
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="index")

    async def run(self, work: Callable[Concatenate[Index, _P], _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Return the result of `work` on the index.

        Raises:
            QueryTimeout: The work exceeds the time limit. Errors of `work` are raised as they are.
        """
        job = asyncio.get_running_loop().run_in_executor(self._pool, partial(work, self._index, *args, **kwargs))
        try:
            return await asyncio.wait_for(job, self._timeout)
        except TimeoutError as error:
            raise QueryTimeout("this query takes too long; try a shorter one, or again in a moment") from error


def search(
    index: Index,
    query: Callable[[], Query],
    *,
    limit: int,
    offset: int = 0,
    sort: Sort = "score",
    options: SearchOptions = _DEFAULT_OPTIONS,
) -> Results:
    """Parse a query and return its results; parsing takes time, too."""
    return index.search(query(), limit=limit, offset=offset, sort=sort, options=options)


def similar(index: Index, id_: str, limit: int = SIMILAR) -> Results:
    """Return articles similar to one; raises `ArticleNotFound`."""
    return index.similar(id_, limit=limit)


def suggest(index: Index, prefix: str, limit: int = SUGGESTIONS) -> Sequence[str]:
    """Return completions of an unfinished query, the likeliest first."""
    return index.suggest(prefix, limit=limit) if prefix.strip() else ()


def check(index: Index) -> None:
    """Check that the index answers queries; raises `StorageError` where it does not."""
    index.rank("", limit=0)
