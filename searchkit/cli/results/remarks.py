"""Remarks after a search: how many articles there are, and searches that would find some."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from searchkit.cli import console
from searchkit.cli.filters import Filters
from searchkit.printable import one_line

if TYPE_CHECKING:
    from searchkit.index import Index
    from searchkit.query.parser import Query
    from searchkit.results import Results

_SHORTEST = 4
"""Letters of a word that other words are compared by."""
_ENDING = 3
"""Last letters of a word that near words need not have."""
_NEAR = 3
"""Near words that are shown."""


def print_total(results: Results) -> None:
    """Print to stderr how many articles were found, and how long it took."""
    print(f"{_counted(results)} in {results.took_ms:.0f} ms", file=sys.stderr)


def _counted(results: Results) -> str:
    total, with_all = results.total, results.with_all_words
    if with_all is None or not total:
        return _articles(total)
    others = "" if with_all == total else f", {total} with some,"
    return f"{_articles(with_all)} with all words{others}"


def report_what_would_help(index: Index, query: Query, filters: Filters) -> None:
    """Tell of searches that find something, where a search has found nothing."""
    for advice in _advice(index, query, filters):
        console.report(advice)


def _advice(index: Index, query: Query, filters: Filters) -> Iterator[str]:
    from searchkit.options import Rewrite, SearchOptions

    without = {", ".join(names): _count(index, rest.restrict(query)) for names, rest in filters.each_left_out()}
    yield from (f"{_articles(count)} without {names}" for names, count in without.items() if count)
    if not any(without.values()):
        across = index.search(query, limit=0, options=SearchOptions(Rewrite(translations=True))).total
        if across:
            yield f"{_articles(across)} in the other language: search with --across"
        elif near := _near_words(index, query):
            yield f"similar words of the index: {', '.join(near)}"


def _count(index: Index, query: Query) -> int:
    return index.search(query, limit=0).total


def _articles(count: int) -> str:
    return "1 article" if count == 1 else f"{count} articles"


def _near_words(index: Index, query: Query) -> list[str]:
    """Return words and titles that begin like the last long word of a query."""
    from searchkit.query.nodes import Exact, Prefix

    words = [
        leaf.form if isinstance(leaf, Exact) else leaf.text for leaf in query.leaves if not isinstance(leaf, Prefix)
    ]
    long_words = [word for word in words if len(word) >= _SHORTEST]
    if not long_words:
        return []
    shortened = long_words[-1][: max(_SHORTEST, len(long_words[-1]) - _ENDING)]
    return [one_line(word) for word in index.suggest(shortened, limit=_NEAR)]
