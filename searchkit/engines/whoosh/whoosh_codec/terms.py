"""Whoosh's view of the terms of a segment.

Postings lie on disk for the field of all terms only. Those of the other indexed fields, whose
values are terms as they are, are made of the columns.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.formats import Positions
from whoosh.matching import ListMatcher
from whoosh.reading import TermInfo, TermNotFound

from searchkit.engines.whoosh.schema import (
    FACET_COLUMNS,
    ID,
    MAX_TEXT_FREQUENCY,
    TERMS,
    TEXT_LENGTH,
    TITLE_LENGTH,
    TITLE_UNIT,
)
from searchkit.engines.whoosh.segment.core import SegmentCore

_KEYWORDS = ("analysis", *FACET_COLUMNS, ID)
"""Fields whose values are terms as they are."""
_POSITIONS = Positions()


class _Postings(NamedTuple):
    """The postings of a term as Whoosh has them."""

    doc_ids: list[int]
    weights: list[float]
    values: list[bytes]


class TermsReader(base.TermsReader):  # type: ignore[misc]
    """Reads terms and postings of all fields."""

    def __init__(self, core: SegmentCore) -> None:
        self._core = core
        self._keywords: dict[str, dict[bytes, list[int]]] = {}

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._find(*term) is not None

    def cursor(self, fieldname: str, fieldobj: Any) -> Cursor:
        """Return a cursor over the terms of a field."""
        return Cursor(list(self._terms_of(fieldname)), fieldobj)

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield all fields with their terms, sorted."""
        for field in sorted(self.indexed_field_names()):
            yield from ((field, term) for term in self._terms_of(field))

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """Yield the same, from a term on."""
        return (term for term in self.terms() if term >= (fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield all terms with their statistics."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], TermInfo]]:
        """Yield the same, from a term on."""
        return ((term, self.term_info(*term)) for term in self.terms_from(fieldname, prefix))

    def frequency(self, fieldname: str, text: bytes) -> float:
        """Return the weight of a term, summed over its documents."""
        return float(self.term_info(fieldname, text).weight())

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        """Return how many documents hold a term."""
        found = self._find(fieldname, text)
        return len(found.doc_ids) if found else 0

    def term_info(self, fieldname: str, text: bytes) -> TermInfo:
        """Return the statistics of a term."""
        postings = self._postings(fieldname, text)
        lengths = self._lengths[postings.doc_ids] if fieldname == TERMS else np.zeros(1, np.int32)
        numbers = (sum(postings.weights), len(postings.doc_ids), int(lengths.min()), int(lengths.max()))
        return TermInfo(*numbers, max(postings.weights), postings.doc_ids[0], postings.doc_ids[-1])

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ListMatcher:
        """Return a matcher of the documents with a term."""
        ids, weights, values = self._postings(fieldname, text)
        info = self.term_info(fieldname, text)
        return ListMatcher(ids, weights, values, format_, scorer=scorer, term=(fieldname, text), terminfo=info)

    def indexed_field_names(self) -> list[str]:
        """Return the names of the fields that have terms."""
        return [field for field in (*_KEYWORDS, TERMS) if next(iter(self._terms_of(field)), None) is not None]

    def _terms_of(self, field: str) -> Iterator[bytes]:
        return self._core.terms() if field == TERMS else iter(self._documents_of(field))

    def _postings(self, field: str, term: bytes) -> _Postings:
        found = self._find(field, term)
        if found is None:
            raise TermNotFound(f"{field}:{term!r}")
        return found

    def _find(self, field: str, term: bytes) -> _Postings | None:
        if field == TERMS:
            return self._find_term(term)
        doc_ids = self._documents_of(field).get(term)
        return (doc_ids and _Postings(doc_ids, [1.0] * len(doc_ids), [b""] * len(doc_ids))) or None

    def _find_term(self, term: bytes) -> _Postings | None:
        number = self._core.dictionary.number_of(term)
        block = self._core.block(number) if number >= 0 else None
        row = block.row_of(term) if block else None
        if block is None or row is None:
            return None
        postings = block.postings(row, row + 1)
        weights = np.minimum(postings.in_text, MAX_TEXT_FREQUENCY) + postings.in_title * np.float32(TITLE_UNIT)
        positions, counts = postings.positions(np.arange(len(weights)), self._core.occurrences(number))
        lists = np.split(positions, np.cumsum(counts)[:-1])
        values = [_POSITIONS.encode(each.tolist()) for each in lists]
        return _Postings(postings.doc_ids.tolist(), weights.tolist(), values)

    def _documents_of(self, field: str) -> dict[bytes, list[int]]:
        """Return the terms of a keyword field, sorted, and the documents of each."""
        if field not in self._keywords:
            by_value: dict[bytes, list[int]] = {}
            for doc_id, value in enumerate(self._keyword_values(field)):
                if value:
                    by_value.setdefault(value, []).append(doc_id)
            self._keywords[field] = dict(sorted(by_value.items()))
        return self._keywords[field]

    def _keyword_values(self, field: str) -> Iterator[bytes]:
        if field == ID:
            return iter(self._core.values(ID))
        if field not in _KEYWORDS:
            return iter(())
        values, codes = self._core.references(field)
        return (values[code] for code in codes.tolist())

    @cached_property
    def _lengths(self) -> NDArray[np.int32]:
        return self._core.numbers(TEXT_LENGTH) + self._core.numbers(TITLE_LENGTH)


class Cursor(base.FieldCursor):  # type: ignore[misc]
    """Goes through the terms of a field."""

    def __init__(self, terms: list[bytes], fieldobj: Any) -> None:
        self._terms, self._field, self._at = terms, fieldobj, 0

    def first(self) -> Any:
        """Go to the first term, and return it."""
        return self._go(0)

    def find(self, string: bytes | str) -> Any:
        """Go to the first term that is not less, and return it."""
        encoded = string if isinstance(string, bytes) else self._field.to_bytes(string)
        return self._go(bisect_left(self._terms, encoded))

    def next(self) -> Any:
        """Go to the next term, and return it."""
        return self._go(self._at + 1)

    def text(self) -> Any:
        """Return the term, or None after the last one."""
        return self._field.from_bytes(self._terms[self._at]) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Whether there is a term here."""
        return self._at < len(self._terms)

    def _go(self, at: int) -> Any:
        self._at = at
        return self.text()
