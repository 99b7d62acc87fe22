"""Facets as links: each value with the search that a click starts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from searchkit.results import Results
from searchkit.web.search_params import SearchParams
from searchkit.web.translations import Translations

MAX_VALUES = 8
"""Values that a facet shows."""
_PARAMETERS = {"language": "lang", "year": "year", "source": "source", "author": "author"}


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet."""

    label: str
    count: int
    """Hits with this value."""
    url: str
    """The same search with this filter, or without it where the value is selected."""
    is_selected: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet that offers at least one link."""

    name: str
    values: tuple[FacetValue, ...]


def facets(results: Results, params: SearchParams, texts: Translations) -> list[Facet]:
    """Return the facets of a result page, except those without a choice."""
    all_facets = (Facet(name, tuple(_values(name, results, params, texts))) for name in _PARAMETERS)
    return [facet for facet in all_facets if facet.values]


def _values(name: str, results: Results, params: SearchParams, texts: Translations) -> Iterator[FacetValue]:
    """Yield the selected value alone, or all that divide the hits."""
    parameter = _PARAMETERS[name]
    counts = results.facets.get(name, {})
    if selected := getattr(params, parameter):
        url = params.url(id="", **{parameter: ""})
        yield FacetValue(_label(name, selected, texts), counts.get(selected, 0), url, True)
    elif len(counts) > 1:
        for value in _most_frequent(name, counts):
            url = params.url(id="", **{parameter: value})
            yield FacetValue(_label(name, value, texts), counts[value], url, False)


def _most_frequent(name: str, counts: Mapping[str, int]) -> list[str]:
    """Return the most frequent values; years are sorted, newest first."""
    values = list(counts)[:MAX_VALUES]
    return sorted(values, reverse=True) if name == "year" else values


def _label(name: str, value: str, texts: Translations) -> str:
    return texts.article_language(value) if name == "language" else value
