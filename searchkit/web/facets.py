"""Facets as links: each value of a language, year, source or author, and where a click on it leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from searchkit.results import Results
from searchkit.web.search_params import SearchParams
from searchkit.web.translations import Translations

MOST = 8
"""How many values of a facet are shown."""
_PARAMETERS = {"language": "lang", "year": "year", "source": "source", "author": "author"}


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet."""

    label: str
    count: int
    address: str
    """Of the same question with this condition, or without it where it is chosen."""
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with something to choose."""

    name: str
    choices: tuple[FacetValue, ...]


def facets(results: Results, asked: SearchParams, words: Translations) -> list[Facet]:
    """Return the facets of an answer; those that would change nothing are left out."""
    found = (Facet(name, tuple(_choices(name, results, asked, words))) for name in _PARAMETERS)
    return [facet for facet in found if facet.choices]


def _choices(name: str, results: Results, asked: SearchParams, words: Translations) -> Iterator[FacetValue]:
    parameter = _PARAMETERS[name]
    counts = results.facets.get(name, {})
    chosen = getattr(asked, parameter)
    if chosen:
        yield FacetValue(
            _label(name, chosen, words), counts.get(chosen, 0), asked.address(id="", **{parameter: ""}), True
        )
    elif len(counts) > 1:
        for value in _shown(name, counts):
            address = asked.address(id="", **{parameter: value})
            yield FacetValue(_label(name, value, words), counts[value], address, False)


def _shown(name: str, counts: Mapping[str, int]) -> list[str]:
    """Return the most frequent values; years stand in order."""
    most = list(counts)[:MOST]
    return sorted(most, reverse=True) if name == "year" else most


def _label(name: str, value: str, words: Translations) -> str:
    return words.article_language(value) if name == "language" else value
