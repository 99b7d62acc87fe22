"""A column of few distinct values, for filters, facets and sorting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.arrays import DocMask
from searchkit.query.nodes import words_of_value
from searchkit.work import count_work


@dataclass(frozen=True)
class FacetColumn:
    """A field's value per document, as an index into its distinct values."""

    values: Sequence[str]
    """The distinct values."""
    codes: NDArray[np.int32]
    """Per document, the index of its value in `values`."""

    def __getitem__(self, doc_id: int) -> str:
        return self.values[int(self.codes[doc_id])]

    def where(self, accepts: Callable[[str], bool]) -> DocMask:
        """Flag the documents whose value is accepted; test each distinct value once."""
        count_work(len(self.values))
        return np.array([accepts(value) for value in self.values], bool)[self.codes]

    def with_words(self, words: frozenset[str]) -> DocMask:
        """Flag the documents whose value has all of the words, in any case."""
        having = [self._values_by_word.get(word, frozenset()) for word in words]
        values = frozenset(range(len(self.values))).intersection(*having)
        count_work(len(values) + sum(map(len, having)))
        flags = np.zeros(len(self.values), bool)
        flags[list(values)] = True
        return flags[self.codes]

    @cached_property
    def _values_by_word(self) -> Mapping[str, frozenset[int]]:
        """By word, the indices of the distinct values that have it: a query may name many."""
        indices = defaultdict[str, list[int]](list)
        for index, value in enumerate(self.values):
            for word in words_of_value(value):
                indices[word].append(index)
        return {word: frozenset(found) for word, found in indices.items()}

    def counts(self, docs: DocMask | NDArray[np.intp]) -> dict[str, int]:
        """Count the documents among `docs` by value, leaving out absent values."""
        if len(self.values) == 1:
            return {self.values[0]: len(self.codes[docs])} if len(self.codes[docs]) else {}
        counts = np.bincount(self.codes[docs], minlength=len(self.values)).tolist()
        return {value: count for value, count in zip(self.values, counts, strict=True) if count}
