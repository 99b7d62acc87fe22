"""Facets as links: each value with the search that a click starts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from searchkit.web.search_params import SearchParams
from searchkit.web.translations import Translations

SHOWN = 8
"""Values that a facet shows beside the results."""
LISTED = 500
"""Values that the page of one facet lists."""
PARAMETERS = {"language": "lang", "year": "year", "source": "source", "author": "author"}
"""The parameter of each facet."""

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet."""

    label: str
    count: int
    """Hits with this value."""
    url: str
    """The same search with this value too, or without it where it is selected."""
    is_selected: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet that offers at least one link."""

    name: str
    values: tuple[FacetValue, ...]
    size: int
    """How many values it has, shown or not."""

    @property
    def has_more(self) -> bool:
        """Whether some values are not shown."""
        return self.size > len(self.values)


def facets(counts: Counts, params: SearchParams, texts: Translations) -> list[Facet]:
    """Return the facets of a result page, except those without a choice."""
    found = (_facet(name, counts.get(name, {}), params, texts) for name in PARAMETERS)
    return [facet for facet in found if facet.values]


def whole_facet(name: str, containing: str, counts: Counts, params: SearchParams, texts: Translations) -> Facet:
    """Return one facet with the values whose labels contain a text."""
    sought = containing.casefold()
    values = _values(name, [*counts.get(name, {})], counts.get(name, {}), params, texts)
    found = [value for value in values if sought in value.label.casefold()]
    return Facet(name, tuple(found[:LISTED]), len(found))


def _facet(name: str, counts: Mapping[str, int], params: SearchParams, texts: Translations) -> Facet:
    """Return the selected values and the most frequent others, where there is a choice."""
    selected: tuple[str, ...] = getattr(params, PARAMETERS[name])
    shown = dict.fromkeys([*selected, *list(counts)[:SHOWN]])
    size = len({*selected, *counts})
    ordered = sorted(shown, reverse=True) if name == "year" else list(shown)
    return Facet(name, _values(name, ordered if selected or size > 1 else [], counts, params, texts), size)


def _values(
    name: str, values: Sequence[str], counts: Mapping[str, int], params: SearchParams, texts: Translations
) -> tuple[FacetValue, ...]:
    parameter = PARAMETERS[name]
    selected: tuple[str, ...] = getattr(params, parameter)
    labels = texts.article_language if name == "language" else str
    return tuple(
        FacetValue(labels(value), counts.get(value, 0), params.toggled(parameter, value), value in selected)
        for value in values
    )
