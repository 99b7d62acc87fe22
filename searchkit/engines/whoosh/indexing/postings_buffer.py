"""Invert a segment's documents: sort their terms into postings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from functools import lru_cache
from itertools import chain, pairwise
from pickle import dumps
from struct import Struct

import numpy as np
from numpy.typing import NDArray

from searchkit.analysis.analyzed_document import AnalyzedDocument
from searchkit.analysis.term_sets import Ints, TermSet, TermSets, arange_each
from searchkit.analysis.token_offsets import TEXT_START
from searchkit.engines.whoosh.codec.term_postings import PostingsBatch, TermPostings
from searchkit.engines.whoosh.schema import MAX_TEXT_FREQUENCY, TITLE_UNIT

_BATCH = 200_000
"""Postings that exist as Python objects at a time."""
_OCCURRENCES = 1_000_000
"""Occurrences of terms that are sorted at a time: it takes some 60 MB."""
_COUNT = Struct("!I").pack


class PostingsBuffer:
    """Collects documents, and returns their postings term by term."""

    def __init__(self) -> None:
        self._numberings: list[TermSets] = []
        """Per document, the numbering of its term sets."""
        self._term_set_ids: list[Ints] = []
        """Per document, the id of the term set of each token."""
        self._title_lengths: list[int] = []
        self._token_count = 0

    def __len__(self) -> int:
        return self._token_count

    def add(self, analyzed: AnalyzedDocument) -> int:
        """Add a document, and return the number of positions that it stores."""
        self._numberings.append(analyzed.term_sets)
        self._term_set_ids.append(analyzed.term_set_ids)
        self._title_lengths.append(analyzed.title_length)
        self._token_count += len(analyzed.term_set_ids)
        return analyzed.term_sets.count_positions(analyzed.term_set_ids)

    def postings(self) -> Iterator[TermPostings]:
        """Yield the postings of each term, in the order of the terms' bytes."""
        return chain.from_iterable(batch.each() for batch in self.batches())

    def batches(self) -> Iterator[PostingsBatch]:
        """Yield the same postings, many terms at a time."""
        lengths = np.array([*map(len, self._term_set_ids)], np.int32)
        used, set_ids = self._renumbered(lengths)
        ranks = _TermRanks(used)
        positions = _positions(lengths, np.array(self._title_lengths, np.int32))
        for part in ranks.parts(set_ids):
            yield from _SortedPostings(part.terms, *part.occurrences(set_ids, positions, lengths)).batches()

    def _renumbered(self, lengths: Ints) -> tuple[list[TermSet], Ints]:
        """Return the occurring term sets, and each token's index among them.

        Documents may number their term sets differently: a new word table replaces a full one.
        """
        used: list[TermSet] = []
        set_ids = np.concatenate((np.empty(0, np.int32), *self._term_set_ids))
        order = {numbering: index for index, numbering in enumerate(dict.fromkeys(self._numberings))}
        numbered_by = np.repeat(np.array([order[numbering] for numbering in self._numberings], np.int32), lengths)
        for numbering, index in order.items():
            here = numbered_by == index
            occurs = np.bincount(set_ids[here], minlength=1) > 0
            renumbered = np.cumsum(occurs, dtype=np.int32) - 1 + len(used)
            used += [numbering.all[set_id] for set_id in np.flatnonzero(occurs).tolist()]
            set_ids[here] = renumbered[set_ids[here]]
        return used, set_ids


class _TermRanks:
    """The sorted terms of all term sets, and each set's ranks among them."""

    def __init__(self, term_sets: list[TermSet]) -> None:
        spelled = [*chain.from_iterable(map(chain.from_iterable, term_sets))]
        terms = sorted(set(spelled))  # code points sort like their bytes in UTF-8
        self.terms = [term.encode("utf-8", "surrogatepass") for term in terms]
        ranks = {term: rank for rank, term in enumerate(terms)}
        self._ranks = np.fromiter(map(ranks.__getitem__, spelled), np.int32, len(spelled))
        exact = np.array([len(term_set.exact) for term_set in term_sets], np.int32)
        self._sizes = exact + np.array([len(term_set.inexact) for term_set in term_sets], np.int32)
        self._starts = np.cumsum(self._sizes) - self._sizes
        self._is_inexact = arange_each(self._sizes) >= np.repeat(exact, self._sizes)

    def parts(self, term_sets: Ints) -> Iterator[_TermRanks]:
        """Yield the ranks in parts of bounded memory, given the term set of each token."""
        by_set = np.bincount(term_sets, minlength=len(self._sizes))
        ends = np.bincount(self._ranks, np.repeat(by_set, self._sizes), len(self.terms)).cumsum()
        count = int(ends[-1]) // _OCCURRENCES + 1 if len(ends) else 0
        if count == 1:
            yield self
            return
        cuts = np.searchsorted(ends, np.arange(1, count) * _OCCURRENCES) + 1
        bounds = sorted({0, *np.minimum(cuts, len(self.terms)).tolist(), len(self.terms)})
        yield from (self._part(first, end) for first, end in pairwise(bounds))

    def _part(self, first: int, end: int) -> _TermRanks:
        """Return the ranks from `first` to before `end`, counted from 0."""
        part = copy(self)
        rows = (self._ranks >= first) & (self._ranks < end)
        set_of_row = np.repeat(np.arange(len(self._sizes)), self._sizes)
        part.terms, part._ranks, part._is_inexact = (
            self.terms[first:end],
            self._ranks[rows] - first,
            self._is_inexact[rows],
        )
        part._sizes = np.bincount(set_of_row[rows], minlength=len(self._sizes)).astype(np.int32)
        part._starts = np.cumsum(part._sizes) - part._sizes
        return part

    def occurrences(
        self, term_sets: Ints, positions: Ints, lengths: Ints
    ) -> tuple[Ints, Ints, Ints, NDArray[np.bool_]]:
        """Return the rank, doc id, position and inexactness of each occurrence of a term.

        Args:
            term_sets: Per token, the index of its term set.
            positions: Per token, its position.
            lengths: Per document, the number of its tokens.
        """
        sizes = self._sizes[term_sets]
        rows = np.repeat(self._starts[term_sets].astype(np.int32), sizes) + arange_each(sizes)
        doc_ids = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        return self._ranks[rows], np.repeat(doc_ids, sizes), np.repeat(positions, sizes), self._is_inexact[rows]


class _SortedPostings:
    """Occurrences sorted by term, then document, then position, and grouped into postings."""

    def __init__(
        self, terms: list[bytes], ranks: Ints, doc_ids: Ints, positions: Ints, is_inexact: NDArray[np.bool_]
    ) -> None:
        order = _stable_order(ranks)
        ranks, doc_ids, positions, is_inexact = ranks[order], doc_ids[order], positions[order], is_inexact[order]
        begins = np.ones(len(ranks), bool)
        begins[1:] = (ranks[1:] != ranks[:-1]) | (doc_ids[1:] != doc_ids[:-1])
        first = np.flatnonzero(begins)
        self._doc_ids = doc_ids[first]
        self._weights = _weights(positions, first)
        self._is_surface = np.logical_or.reduceat(~is_inexact, first) if len(first) else begins
        self._terms, self._bounds = terms, _bounds(np.flatnonzero(np.diff(ranks[first], prepend=-1)), len(first))
        # The position of an inexact occurrence is stored twice, by which phrases tell the spelling.
        times = is_inexact.astype(np.int8) + 1
        starts = np.append(np.cumsum(times) - times, times.sum(dtype=np.int64))
        self._position_bounds = starts[_bounds(first, len(ranks))]
        self._positions = np.repeat(positions, times)

    def batches(self) -> Iterator[PostingsBatch]:
        """Yield all postings, in batches of bounded memory."""
        term = 0
        while term < len(self._terms):
            end = np.searchsorted(self._bounds, self._bounds[term] + _BATCH)
            stop = max(term + 1, min(int(end), len(self._terms)))
            yield self._batch(term, stop)
            term = stop

    def _batch(self, term: int, stop: int) -> PostingsBatch:
        begin, end = self._bounds[term], self._bounds[stop]
        values = _encode_positions(self._positions, self._position_bounds[begin : end + 1])
        bounds = self._bounds[term : stop + 1] - begin
        surface_doc_freqs = np.add.reduceat(self._is_surface[begin:end], bounds[:-1], dtype=np.intp)
        return PostingsBatch(
            self._terms[term:stop],
            bounds,
            self._doc_ids[begin:end],
            self._weights[begin:end],
            values,
            surface_doc_freqs,
        )


def _stable_order(ranks: Ints) -> NDArray[np.intp]:
    """Return `np.argsort(ranks, kind="stable")` in a third of its time.

    NumPy sorts integers of 16 bits by counting them.
    """
    order = np.argsort(ranks.astype(np.uint16), kind="stable")
    return order[np.argsort((ranks[order] >> 16).astype(np.uint16), kind="stable")]


def _positions(lengths: Ints, title_lengths: Ints) -> Ints:
    """Return the position of each token, given the lengths of documents and their titles."""
    positions = arange_each(lengths)
    in_text = positions >= np.repeat(title_lengths, lengths)
    positions[in_text] += np.repeat(TEXT_START - title_lengths, lengths)[in_text]
    return positions


def _weights(positions: Ints, first: NDArray[np.intp]) -> NDArray[np.float32]:
    """Return the weight of each posting, as `TITLE_UNIT` describes.

    `first` has the index of the first occurrence of each posting.
    """
    if not len(first):
        return np.empty(0, np.float32)
    is_title = positions < TEXT_START
    in_title = np.add.reduceat(is_title, first, dtype=np.float32)
    in_text = np.add.reduceat(~is_title, first, dtype=np.float32)
    return np.minimum(in_text, np.float32(MAX_TEXT_FREQUENCY)) + in_title * np.float32(TITLE_UNIT)


def _encode_positions(positions: Ints, bounds: NDArray[np.int64]) -> list[bytes]:
    """Encode the positions between each two bounds as Whoosh does, as pickled lists of steps."""
    cuts, sizes = bounds[:-1] - bounds[0], np.diff(bounds)
    here = positions[bounds[0] : bounds[-1]]
    steps = np.diff(here, prepend=0)
    steps[cuts] = here[cuts]
    values = np.empty(len(sizes), object)
    one, two = (np.flatnonzero(sizes == size) for size in (1, 2))  # nearly all have so few positions
    values[one] = _encode_single_steps(steps[cuts[one]])
    values[two] = [*map(_encode_two_steps, steps[cuts[two]].tolist(), steps[cuts[two] + 1].tolist())]
    many = np.flatnonzero(sizes > 2)
    for posting, cut, end in zip(many.tolist(), cuts[many].tolist(), (cuts + sizes)[many].tolist(), strict=True):
        values[posting] = _encode_steps(steps[cut:end].tolist())
    return list(values)


def _encode_steps(steps: Sequence[int]) -> bytes:
    return _COUNT(len(steps)) + dumps(list(steps), 2)


@lru_cache(100_000)
def _encode_two_steps(first: int, second: int) -> bytes:
    return _encode_steps((first, second))


def _encode_single_steps(steps: Ints) -> NDArray[np.object_]:
    """Encode lists of one step, each distinct step once."""
    distinct = np.flatnonzero(np.bincount(steps))
    encoded = np.empty(distinct[-1] + 1 if len(distinct) else 0, object)
    encoded[distinct] = [_encode_steps((step,)) for step in distinct.tolist()]
    return encoded[steps]


def _bounds(starts: NDArray[np.intp], end: int) -> NDArray[np.intp]:
    return np.append(starts, end)
