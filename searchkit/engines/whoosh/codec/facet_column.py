"""A column of few distinct values, for filters, facets and sorting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.arrays import DocMask


@dataclass(frozen=True, slots=True)
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
        return np.array([accepts(value) for value in self.values], bool)[self.codes]

    def counts(self, docs: DocMask | NDArray[np.intp]) -> dict[str, int]:
        """Count the documents among `docs` by value, leaving out absent values."""
        if len(self.values) == 1:
            return {self.values[0]: len(self.codes[docs])} if len(self.codes[docs]) else {}
        counts = np.bincount(self.codes[docs], minlength=len(self.values)).tolist()
        return {value: count for value, count in zip(self.values, counts, strict=True) if count}
