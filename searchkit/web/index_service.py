"""The index as requests ask it: several at a time, each within bounds.

Questions are answered by a few threads, so that a slow one does not hold up the others. What takes too long is given
up: its thread ends it later, and nobody waits for that.
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
"""Questions that one process answers at a time."""
SUGGESTIONS = 8
"""How many ends of an unfinished question are offered."""
ALIKE = 6
"""How many articles like one are offered."""

_DEFAULT_OPTIONS = SearchOptions()

_P = ParamSpec("_P")
_T = TypeVar("_T")


class TooSlow(SearchkitError):
    """A question takes longer than anybody should wait."""


class IndexService:
    """One index, asked by many."""

    def __init__(self, path: Path, patience: float, memory: int) -> None:
        self._index = Index.open(path, WhooshEngine.with_memory(memory * 2**20))
        self._patience = patience
        self._pool = ThreadPoolExecutor(THREADS, thread_name_prefix="archive")

    async def ask(self, work: Callable[Concatenate[Index, _P], _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
        """Return what `work` finds in the index; raises `TooSlow`, and what it raises itself."""
        job = asyncio.get_running_loop().run_in_executor(self._pool, partial(work, self._index, *args, **kwargs))
        try:
            return await asyncio.wait_for(job, self._patience)
        except TimeoutError as error:
            raise TooSlow("this question takes too long; try a shorter one, or again in a moment") from error


def search(
    index: Index,
    question: Callable[[], Query],
    *,
    limit: int,
    offset: int = 0,
    sort: Sort = "score",
    options: SearchOptions = _DEFAULT_OPTIONS,
) -> Results:
    """Answer a query, which is parsed here because that takes time, too."""
    return index.search(question(), limit=limit, offset=offset, sort=sort, options=options)


def similar(index: Index, id_: str, limit: int = ALIKE) -> Results:
    """Return articles like one; raises `ArticleNotFound`."""
    return index.similar(id_, limit=limit)


def suggest(index: Index, prefix: str, limit: int = SUGGESTIONS) -> Sequence[str]:
    """Return what an unfinished question may become, the likeliest first."""
    return index.suggest(prefix, limit=limit) if prefix.strip() else ()


def ready(index: Index) -> bool:
    """Whether the index can be asked; raises `StorageError` where it cannot."""
    index.rank("", limit=0)
    return True
