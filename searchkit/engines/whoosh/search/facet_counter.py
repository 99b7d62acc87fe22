"""Counts of matches by language, year, month, source and author."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.arrays import DocIds, distinct
from searchkit.engines.whoosh.codec.facet_column import FacetColumn
from searchkit.engines.whoosh.search.multi_reader import MultiReader

_Labels = tuple[str, ...]

_FACETS: Mapping[str, tuple[str, Callable[[str], _Labels]]] = {
    "language": ("language", lambda value: tuple(value.split("+"))),
    "year": ("date", lambda value: (value[:4],)),
    "month": ("date", lambda value: (value[:7] if len(value) >= 7 else "",)),
    "source": ("source", lambda value: (value,)),
    "author": ("author", lambda value: (value,)),
}
"""The column of each facet, and the labels under which one of its values counts."""


class _Facet(NamedTuple):
    labels: Sequence[_Labels]
    """The distinct sets of labels."""
    label_codes: NDArray[np.intp]
    """The index in `labels` for each combination."""


class FacetCounter:
    """Counts the matches of one commit by facet.

    Documents with the same labels in all facets form a combination: matches are counted by
    combination first, which takes one pass over them, and combinations are then counted by label.
    """

    def __init__(self, reader: MultiReader) -> None:
        columns = [_label_codes(reader.column(field), labels) for field, labels in _FACETS.values()]
        shape = [max(len(labels), 1) for labels, _ in columns]
        all_codes = np.ravel_multi_index([codes for _, codes in columns], shape)
        combinations, combination_of = distinct(all_codes)
        self._combination_of = combination_of.astype(np.min_scalar_type(len(combinations)))
        by_facet = zip(columns, np.unravel_index(combinations, shape), strict=True)
        self._facets = [_Facet(labels, codes) for (labels, _), codes in by_facet]

    def count(self, doc_ids: DocIds) -> dict[str, dict[str, int]]:
        """Count documents by facet and label, the most frequent label first."""
        counts = np.bincount(self._combination_of[doc_ids], minlength=len(self._facets[0].label_codes))
        return {name: _count_labels(facet, counts) for name, facet in zip(_FACETS, self._facets, strict=True)}


def _label_codes(column: FacetColumn, labels_of: Callable[[str], _Labels]) -> tuple[list[_Labels], NDArray[np.intp]]:
    """Return the distinct sets of labels without empty ones, and each document's index."""
    code_of: dict[_Labels, int] = {}
    codes = [code_of.setdefault(tuple(filter(None, labels_of(value))), len(code_of)) for value in column.values]
    return list(code_of), np.array(codes, np.intp)[column.codes]


def _count_labels(facet: _Facet, combination_counts: NDArray[np.intp]) -> dict[str, int]:
    if not any(facet.labels):
        return {}  # no document has a value
    counts: dict[str, int] = {}
    totals = np.bincount(facet.label_codes, combination_counts, len(facet.labels))
    for code in np.flatnonzero(totals).tolist():
        for label in facet.labels[code]:
            counts[label] = counts.get(label, 0) + int(totals[code])
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
