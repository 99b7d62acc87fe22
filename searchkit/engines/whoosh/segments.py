"""Reading a Whoosh segment: postings, positions and columns as numpy arrays, through Whoosh's public readers."""

from __future__ import annotations

import errno
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh.formats import Positions
from whoosh.reading import TermNotFound

from searchkit.engines.whoosh.schema import TERMS, TITLE_UNIT
from searchkit.errors import IndexDamaged, StorageError

Ids = NDArray[np.int32]
Counts = NDArray[np.float64]

_CACHE_BYTES = 64 * 2**20
"""How much memory decoded postings may take, a segment."""
_POSITIONS = Positions()


class Postings(NamedTuple):
    """The live documents that hold a term, ascending, and how often each does, in text and title."""

    ids: Ids
    in_text: Counts
    in_title: Counts

    @property
    def bytes(self) -> int:
        """How much memory they take."""
        return sum(array.nbytes for array in self)


_NONE = Postings(np.empty(0, np.int32), np.empty(0), np.empty(0))


_NO_DAMAGE = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EMFILE})


@contextmanager
def damage_is_told() -> Iterator[None]:
    """Turn what Whoosh raises over its files into one sentence. Nothing but calls of Whoosh belongs inside.

    Whoosh checks nothing that it reads, so files that are missing, cut short or mangled raise nearly anything.
    """
    try:
        yield
    except StorageError:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _NO_DAMAGE:
            raise StorageError(f"the index cannot be used: {(error.strerror or '').lower()}") from error
        raise IndexDamaged(
            f"the index is damaged ({type(error).__name__} while reading it); "
            "make it anew with: searchkit index --rebuild PATH"
        ) from error


@dataclass(frozen=True, slots=True)
class Column:
    """A field's value for each document of a segment: an index into its distinct values."""

    values: Sequence[str]
    codes: NDArray[np.int32]

    def where(self, accepts: Callable[[str], bool]) -> NDArray[np.bool_]:
        """Return, for each document, whether its value is accepted: each distinct value is asked once."""
        return np.array([accepts(value) for value in self.values], bool)[self.codes]

    def counts(self, mask: NDArray[np.bool_]) -> dict[str, int]:
        """Return how many of the documents in `mask` have which value."""
        counts = np.bincount(self.codes[mask], minlength=len(self.values)).tolist()
        return {value: count for value, count in zip(self.values, counts, strict=True) if count}


class Segment:
    """One segment of an index, numbered from 0 within itself."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._columns: dict[str, Column] = {}
        self._postings: OrderedDict[str, Postings] = OrderedDict()
        self._bytes = 0
        self.size: int = reader.doc_count_all()

    @cached_property
    def live(self) -> NDArray[np.bool_]:
        """Which documents have not been deleted."""
        alive = np.zeros(self.size, bool)
        with damage_is_told():
            alive[list(self._reader.all_doc_ids())] = True
        return alive

    def lengths(self, field: str) -> Counts:
        """Return the length of each document's text or title in tokens."""
        with damage_is_told():
            column = self._reader.column_reader(field)
            return np.array([column[number] for number in range(self.size)], np.float64)

    def postings(self, term: str) -> Postings:
        """Return the postings of a term; none where the segment has not got it."""
        if term in self._postings:
            self._postings.move_to_end(term)
            return self._postings[term]
        found = self._decode(term)
        self._postings[term] = found
        self._bytes += found.bytes
        while self._bytes > _CACHE_BYTES and len(self._postings) > 1:
            self._bytes -= self._postings.popitem(last=False)[1].bytes
        return found

    @damage_is_told()
    def positions(self, term: str, wanted: NDArray[np.bool_]) -> dict[int, list[int]]:
        """Return where a term stands in each of the wanted documents that hold it."""
        matcher = self._matcher(term)
        found = {}
        while matcher is not None and matcher.is_active():
            if wanted[matcher.id()]:
                found[matcher.id()] = _POSITIONS.decode_positions(matcher.value())
            matcher.next()
        return found

    @damage_is_told()
    def expand(self, prefix: str) -> list[str]:
        """Return the terms that begin with `prefix`, in alphabetical order."""
        found = self._reader.expand_prefix(TERMS, prefix.encode("utf-8", "surrogatepass"))
        return [_decoded(term) for term in found]

    @damage_is_told()
    def terms(self, field: str = TERMS) -> list[str]:
        """Return all terms, those of deleted documents included."""
        return [_decoded(term) for term in self._reader.lexicon(field)]

    def column(self, field: str) -> Column:
        """Return a field's values, for fields with few distinct ones."""
        if field not in self._columns:
            codes = np.empty(self.size, np.int32)
            values: dict[str, int] = {}
            for number, value in enumerate(self.texts(field)):
                codes[number] = values.setdefault(value, len(values))
            self._columns[field] = Column(list(values), codes)
        return self._columns[field]

    @damage_is_told()
    def texts(self, field: str, numbers: Sequence[int] | None = None) -> list[str]:
        """Return a field's value for each document, or for those of the given numbers."""
        numbers = range(self.size) if numbers is None else numbers
        if not self._reader.has_column(field):
            return [""] * len(numbers)
        column = self._reader.column_reader(field, translate=False)
        return [_decoded(column[number]) for number in numbers]

    @damage_is_told()
    def stored(self, number: int) -> dict[str, Any]:
        """Return what is stored of a document."""
        fields: dict[str, Any] = self._reader.stored_fields(number)
        return fields

    @damage_is_told()
    def number_of(self, id_: str) -> int | None:
        """Return the number of the live document of that id, or None."""
        matcher = self._matcher(id_, "id")
        return matcher.id() if matcher is not None and matcher.is_active() else None

    @damage_is_told()
    def _decode(self, term: str) -> Postings:
        matcher = self._matcher(term)
        if matcher is None:
            return _NONE
        ids, weights = [], []
        while matcher.is_active():
            ids.append(matcher.id())
            weights.append(matcher.weight())
            matcher.next()
        in_text, in_title = np.divmod(np.array(weights), 1)
        return Postings(np.array(ids, np.int32), in_text, np.rint(in_title / TITLE_UNIT))

    def _matcher(self, term: str, field: str = TERMS) -> Any:
        try:
            return self._reader.postings(field, term.encode("utf-8", "surrogatepass"))
        except TermNotFound:
            return None


def _decoded(value: bytes) -> str:
    return value.decode("utf-8", "surrogatepass")
