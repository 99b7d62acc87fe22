"""One segment of a commit: what the codec reads, as searchkit means it."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ContextDecorator, suppress
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.cache import Cache
from searchkit.engines.whoosh.codec.posting_list import PostingList
from searchkit.engines.whoosh.codec.prefix_postings import PrefixPostingsByDoc, bundle
from searchkit.engines.whoosh.commit.commits import committed
from searchkit.engines.whoosh.schema import GROUP, SKETCH, TERMS, TITLE_UNIT, VOCABULARY
from searchkit.engines.whoosh.segment.core import SegmentCore
from searchkit.errors import IndexDamaged, StorageError
from searchkit.lexicon.word_table import SegmentWords

if TYPE_CHECKING:
    from whoosh.index import FileIndex

Ids = NDArray[np.int32]
Mask = NDArray[np.bool_]
Numbers = NDArray[np.intp] | NDArray[np.int32]
Floats = NDArray[np.floating[Any]]


_ATTEMPTS = 10


class Counts(NamedTuple):
    """Documents, ascending, deleted ones included, and how often they hold what was asked for, in text and title."""

    ids: Ids
    in_text: NDArray[np.float32]
    in_title: NDArray[np.float32]


_NOTHING = PostingList(np.empty(0, np.int32), np.empty(0, np.float32), b"", np.empty(0, np.uint8))

_NO_DAMAGE = frozenset({errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EMFILE})


class damage_is_told(ContextDecorator):  # noqa: N801 - reads like the context manager and decorator that it is
    """Turns what Whoosh raises over its files into one sentence. Nothing but calls of Whoosh belongs inside.

    Whoosh checks nothing that it reads, so files that are missing, cut short or mangled raise nearly anything.
    """

    def __enter__(self) -> None: ...

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if not isinstance(error, Exception) or isinstance(error, StorageError):
            return
        if isinstance(error, OSError) and error.errno in _NO_DAMAGE:
            raise StorageError(f"the index cannot be used: {(error.strerror or '').lower()}") from error
        raise IndexDamaged(
            f"the index is damaged ({type(error).__name__} while reading it); "
            "keep what is whole with: searchkit verify --repair, or begin anew with: searchkit index --rebuild PATH"
        ) from error


class _Bundled(NamedTuple):
    terms: list[str]
    bundle: PrefixPostingsByDoc

    @property
    def bytes(self) -> int:
        return self.bundle.bytes + 100 * len(self.terms)


@dataclass(frozen=True, slots=True)
class Column:
    """A field's value for each document: an index into its distinct values."""

    values: Sequence[str]
    codes: NDArray[np.int32]

    def __getitem__(self, number: int) -> str:
        return self.values[int(self.codes[number])]

    def where(self, accepts: Callable[[str], bool]) -> Mask:
        """Return, for each document, whether its value is accepted: each distinct value is asked once."""
        return np.array([accepts(value) for value in self.values], bool)[self.codes]

    def counts(self, of: Mask | NDArray[np.intp]) -> dict[str, int]:
        """Return how many of the documents `of` have which value."""
        if len(self.values) == 1:
            return {self.values[0]: len(self.codes[of])} if len(self.codes[of]) else {}
        counts = np.bincount(self.codes[of], minlength=len(self.values)).tolist()
        return {value: count for value, count in zip(self.values, counts, strict=True) if count}


class SegmentReader:
    """One segment as one commit sees it, numbered from 0 within itself.

    Its files outlive the commit, and what was decoded of them stays in `cache`; what is deleted changes.
    """

    def __init__(self, files: SegmentCore, deleted: Iterable[int], cache: Cache) -> None:
        self.files = files
        self.size = files.size
        self.live = np.ones(self.size, bool)
        self.live[list(deleted)] = False
        self._cache = cache
        self._columns: dict[str, Column] = {}

    @damage_is_told()
    def lengths(self, field: str) -> Floats:
        """Return the length of each document's text or title in tokens."""
        return self.files.numbers(field)

    @damage_is_told()
    def words(self) -> SegmentWords:
        """Return the table of the segment's words; an empty one where it was written without."""
        return SegmentWords(self.files.table(VOCABULARY))

    @damage_is_told()
    def groups(self) -> NDArray[np.uint64]:
        """Return which copies each document belongs to."""
        return self.files.rows(GROUP, 8).view(">u8")[:, 0].astype(np.uint64)

    @damage_is_told()
    def sketches(self) -> NDArray[np.uint8]:
        """Return what tells whether documents are copies, a row each."""
        from searchkit.analysis.near_duplicates import SIGNATURE_BYTES

        return self.files.rows(SKETCH, SIGNATURE_BYTES)

    def postings(self, term: str) -> PostingList:
        """Return the postings of a term; none where the segment has not got it."""
        return self._cache.get((self.files.id, term), lambda: self._decode(term))

    def counts(self, term: str) -> Counts:
        """Return which documents hold a term, and how often."""
        postings = self.postings(term)
        return Counts(postings.ids, *_counts(postings.weights))

    @damage_is_told()
    def places(self, term: str, wanted: Mask) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where a term stands in documents that are wanted: a document for each position, and the positions."""
        postings = self.postings(term)
        held = wanted[postings.ids].nonzero()[0]
        positions, counts = postings.positions_together(held)
        return np.repeat(postings.ids[held].astype(np.int64), counts), positions

    def encoded_positions_of_all(self, prefix: str, wanted: Ids) -> list[tuple[int, bytes]]:
        """Return where terms that begin with `prefix` stand, a term in a document each, positions still encoded."""
        terms, all_ = self._begun(prefix)
        found = list(all_.of(wanted))
        postings = {term: self.postings(terms[term]) for term in {term for _, term, _ in found}}
        return [(number, postings[term].value(place)) for number, term, place in found]

    @damage_is_told()
    def adds_up(self, term: str) -> bool:
        """Whether the dictionary says of a term what its postings say."""
        ids, weights, *_ = self.postings(term)
        found = float(weights.sum(dtype=np.float64)), len(ids), int(ids[0]), int(ids[-1])
        return found == self.files.statistics(TERMS, _encoded(term))

    @damage_is_told()
    def damaged(self) -> list[str]:
        """Read all bytes, and return a sentence for each block that is not as it was written."""
        return list(self.files.damaged())

    def postings_of_all(self, prefix: str) -> Counts:
        """Return which documents hold terms that begin with `prefix`, and how often all of them together."""
        bundle = self._begun(prefix).bundle
        starts = np.flatnonzero(np.diff(bundle.ids, prepend=-1))
        sums = (np.add.reduceat(counts, starts) if len(starts) else counts for counts in _counts(bundle.weights))
        return Counts(bundle.ids[starts], *sums)

    def begun(self, prefix: str, number: int) -> list[str]:
        """Return the terms of one document that begin with `prefix`, in alphabetical order."""
        terms, all_ = self._begun(prefix)
        return sorted(terms[term] for _, term, _ in all_.of(np.array([number], np.int32)))

    def _begun(self, prefix: str) -> _Bundled:
        return self._cache.get((self.files.id, "begin", prefix), lambda: self._bundle(prefix))

    @damage_is_told()
    def _bundle(self, prefix: str) -> _Bundled:
        postings = self.files.postings_of_all(TERMS, _encoded(prefix))
        self._check(postings.ids.numbers)
        return _Bundled([decoded(term) for term in postings.terms], bundle(postings))

    @damage_is_told()
    def expand(self, prefix: str) -> list[str]:
        """Return the terms that begin with `prefix`, in alphabetical order."""
        return [decoded(term) for term in self.files.terms(TERMS, _encoded(prefix))]

    @damage_is_told()
    def terms(self) -> list[str]:
        """Return all terms, those of deleted documents included."""
        return [decoded(term) for term in self.files.terms(TERMS)]

    @damage_is_told()
    def distinct(self, field: str) -> list[str]:
        """Return the distinct values of a field that has few, those of deleted documents included."""
        return [decoded(term) for term in self.files.few_terms(field)]

    def column(self, field: str) -> Column:
        """Return a field's values, for fields with few distinct ones."""
        if field not in self._columns:
            self._columns[field] = self._read_column(field)
        return self._columns[field]

    @damage_is_told()
    def _read_column(self, field: str) -> Column:
        values, codes = self.files.references(field)
        if len(codes) and codes.max() >= len(values):
            raise ValueError("more values in a column than it has distinct ones")
        return Column([decoded(value) for value in values], codes)

    @damage_is_told()
    def texts(self, field: str, numbers: Sequence[int] | None = None) -> list[str]:
        """Return a field's value for each document, or for those of the given numbers."""
        return [decoded(self.files.value(field, n)) for n in (range(self.size) if numbers is None else numbers)]

    @damage_is_told()
    def value(self, field: str, number: int) -> bytes:
        """Return a document's value in a field of bytes."""
        return bytes(self.files.value(field, number))

    @damage_is_told()
    def values(self, field: str) -> list[bytes]:
        """Return the values of live documents in a field of bytes that most have none in."""
        return [self.value(field, number) for number in self.files.filled(field).tolist() if self.live[number]]

    @damage_is_told()
    def holding(self, field: str, piece: bytes) -> Iterator[int]:
        """Yield the live documents with this piece in a field of bytes."""
        return (number for number in self.files.holding(field, piece) if self.live[number])

    @damage_is_told()
    def stored(self, number: int) -> dict[str, Any]:
        """Return what is stored of a document."""
        return self.files.stored(number)

    @damage_is_told()
    def number_of(self, id_: str) -> int | None:
        """Return the number of the live document of that id, or None."""
        found = self.files.postings("id", _encoded(id_))
        return next((n for n in found.ids.tolist() if self.live[n]), None) if found else None

    @damage_is_told()
    def _decode(self, term: str) -> PostingList:
        postings = self.files.postings(TERMS, _encoded(term)) or _NOTHING
        self._check(postings.ids)
        return postings

    def _check(self, ids: NDArray[np.int32] | NDArray[np.int64]) -> None:
        if len(ids) and not 0 <= ids.min() <= ids.max() < self.size:
            raise ValueError("postings of documents that are not there")


class ReaderPool:
    """The opened segments of an index. Those that outlive a commit stay open, and decoded.

    A quarter of the memory is for posting lists, which are needed again for another commit, or for another word with
    one of the same lemmas; the rest for what was made of them, and for articles: what is asked for with every question.
    """

    def __init__(self, memory: int) -> None:
        self.cache, self.findings = Cache(memory // 4), Cache(memory - memory // 4)
        self._files: dict[str, SegmentCore] = {}

    def newest(self, index: FileIndex) -> tuple[int, list[SegmentReader]]:
        """Return the number of the newest commit and its segments.

        Another process may merge segments just while they are opened: then look again.
        """
        for _ in range(_ATTEMPTS):
            with suppress(FileNotFoundError):
                return self._open(index)
        return self._open(index)

    def _open(self, index: FileIndex) -> tuple[int, list[SegmentReader]]:
        generation, segments = committed(index)
        held = [segment for segment in segments if segment.doc_count_all()]
        self._files = {s.segment_id(): self._files_of(index.storage, s) for s in held}
        return generation, [SegmentReader(self._files[s.segment_id()], s.deleted_docs(), self.cache) for s in held]

    def _files_of(self, storage: Any, segment: Any) -> SegmentCore:
        return self._files.get(segment.segment_id()) or SegmentCore(storage, segment)


def _counts(weights: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Take weights apart: how often a term stands in texts, and in titles (`TITLE_UNIT`)."""
    in_text = np.floor(weights)
    return in_text, np.rint((weights - in_text) / TITLE_UNIT).astype(np.float32)


def _encoded(value: str) -> bytes:
    return value.encode("utf-8", "surrogatepass")


def decoded(value: bytes | memoryview) -> str:
    """Return a text as it was before it was stored, lone surrogates included."""
    return str(value, "utf-8", "surrogatepass")
