"""A search whose counts stay true when several values of a facet are selected.

The values of one facet are alternatives, so its counts come from a search without its own
selection; other facets narrow them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from searchkit.index import Index
from searchkit.results import Results
from searchkit.web.search_params import SearchParams

_SELECTED_BY: Mapping[str, tuple[str, ...]] = {
    "language": ("lang",),
    "year": ("year", "since", "until"),
    "source": ("source",),
    "author": ("author",),
}
"""The parameters that select values of each facet."""


class CountedResults(NamedTuple):
    """A page of results, and the counts of each facet without its own selection."""

    results: Results
    counts: Mapping[str, Mapping[str, int]]
    is_embedded: bool
    """Whether articles have vectors, so that a reader may have them ordered by meaning."""


def counted_search(index: Index, params: SearchParams, size: int, offset: int) -> CountedResults:
    """Return one page of results with counts."""
    results = index.search(
        params.query(), limit=size, offset=offset, sort=params.effective_sort(), options=params.search_options()
    )
    return CountedResults(results, dict(results.facets) | _counts(index, params), index.is_embedded)


def _counts(index: Index, params: SearchParams) -> dict[str, Mapping[str, int]]:
    """Count the facets in which something is selected."""
    counts: dict[str, Mapping[str, int]] = {}
    for name, parameters in _SELECTED_BY.items():
        if any(getattr(params, parameter) for parameter in parameters):
            facets = _facets(index, params.without(*parameters))
            counts |= {each: facets[each] for each in _counted_with(name)}
    return counts


def _counted_with(name: str) -> tuple[str, ...]:
    """Return the facets that one selection concerns: a year is also its months."""
    return ("year", "month") if name == "year" else (name,)


def _facets(index: Index, params: SearchParams) -> Mapping[str, Mapping[str, int]]:
    by_words = replace(params.search_options(), meaning=False)  # the order changes no count
    return index.search(params.query(), limit=0, options=by_words).facets
