"""Concurrent access to one index, with a time limit for each query.

A few threads run queries, so that a slow one does not hold up the others. A query that exceeds the
time limit is answered with an error at once, and so is one whose client has left; its thread is
free soon after.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

from searchkit.engines.base import Sort
from searchkit.engines.whoosh.engine import WhooshEngine
from searchkit.errors import SearchTimeout
from searchkit.index import Index
from searchkit.options import SearchOptions
from searchkit.query.parser import Query
from searchkit.results import Results
from searchkit.web.limits.question_pool import TOO_LONG, QuestionPool

SUGGESTIONS = 8
"""Completions of an unfinished query."""
SIMILAR = 6
"""Articles offered as similar to one."""

_DEFAULT_OPTIONS = SearchOptions()

_P = ParamSpec("_P")
_T = TypeVar("_T")


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
        self._questions = QuestionPool()
        self._checks = QuestionPool(threads=1)

    async def run(self, work: Callable[Concatenate[Index, _P], _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Return the result of `work` on the index.

        Raises:
            SearchTimeout: The work exceeds the time limit. Errors of `work` are raised as they are.
        """
        answer: _T = await self._answer(self._questions, partial(work, self._index, *args, **kwargs))
        return answer

    async def check(self) -> None:
        """Check that the index answers, whatever else it is asked; raises as `check` does."""
        await self._answer(self._checks, partial(check, self._index))

    async def _answer(self, pool: QuestionPool, work: Callable[[], Any]) -> Any:
        question = pool.submit(work, self._timeout)
        try:
            return await asyncio.wait_for(asyncio.wrap_future(question.answer), self._timeout)
        except TimeoutError as error:
            raise SearchTimeout(TOO_LONG) from error
        finally:
            question.stop()


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
