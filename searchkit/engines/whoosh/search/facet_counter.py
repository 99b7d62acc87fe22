"""How many of the matches have which language, year, source and author."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.arrays import DocIds
from searchkit.engines.whoosh.codec.facet_column import FacetColumn
from searchkit.engines.whoosh.search.multi_reader import MultiReader

_Names = tuple[str, ...]

_FACETS: Mapping[str, tuple[str, Callable[[str], _Names]]] = {
    "language": ("language", lambda value: tuple(value.split("+"))),
    "year": ("date", lambda value: (value[:4],)),
    "source": ("source", lambda value: (value,)),
    "author": ("author", lambda value: (value,)),
}
"""Each facet's column, and the names under which a value of it counts."""


class _Facet(NamedTuple):
    names: Sequence[_Names]
    """The names of values that count alike."""
    of_kinds: NDArray[np.intp]
    """Which of them each kind of document has."""


class FacetCounter:
    """Counts matches of one commit.

    Documents that are alike in all facets are of one kind, so that matches are counted once, and then kinds.
    """

    def __init__(self, collection: MultiReader) -> None:
        named = [_named(collection.column(field), names) for field, names in _FACETS.values()]
        shape = [max(len(names), 1) for names, _ in named]
        kinds, of_documents = np.unique(np.ravel_multi_index([codes for _, codes in named], shape), return_inverse=True)
        self._kinds = of_documents.astype(np.min_scalar_type(len(kinds)))
        columns = zip(named, np.unravel_index(kinds, shape), strict=True)
        self._facets = [_Facet(names, of_kinds) for (names, _), of_kinds in columns]

    def count(self, numbers: DocIds) -> dict[str, dict[str, int]]:
        """Return how many of the documents have which value, the most frequent first."""
        of_kinds = np.bincount(self._kinds[numbers], minlength=len(self._facets[0].of_kinds))
        return {name: _counted(facet, of_kinds) for name, facet in zip(_FACETS, self._facets, strict=True)}


def _named(column: FacetColumn, names: Callable[[str], _Names]) -> tuple[list[_Names], NDArray[np.intp]]:
    """Return the names of a column's values, of an empty one none, and which of them each document has."""
    codes: dict[_Names, int] = {}
    of_values = [codes.setdefault(tuple(filter(None, names(value))), len(codes)) for value in column.values]
    return list(codes), np.array(of_values, np.intp)[column.codes]


def _counted(facet: _Facet, of_kinds: NDArray[np.intp]) -> dict[str, int]:
    """Add the documents of each kind up by name."""
    if not any(facet.names):
        return {}  # no document has a value
    counts: dict[str, int] = {}
    together = np.bincount(facet.of_kinds, of_kinds, len(facet.names))
    for kind in np.flatnonzero(together).tolist():
        for name in facet.names[kind]:
            counts[name] = counts.get(name, 0) + int(together[kind])
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
