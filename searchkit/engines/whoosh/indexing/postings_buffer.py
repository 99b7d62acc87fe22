"""From documents to postings: the stacks of a segment's documents, sorted by term with numpy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from pickle import dumps
from struct import Struct
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.analysis.analyzed_document import AnalyzedDocument
from searchkit.analysis.term_sets import Ints, TermSet, TermSets, arange_each
from searchkit.analysis.token_offsets import TEXT_START
from searchkit.engines.whoosh.schema import MOST_IN_TEXT, TITLE_UNIT

_CHUNK = 200_000
"""Postings that are made into Python objects at a time."""
_size = Struct("!I").pack


class TermPostings(NamedTuple):
    """The postings of one term: documents ascending, what each weighs, encoded positions."""

    term: bytes
    ids: Sequence[int]
    weights: Sequence[float]
    values: Sequence[bytes] | None
    """None in fields that keep no positions."""
    written: int = 0
    """How many of the documents hold a word that is written like the term."""


class PostingLists(NamedTuple):
    """The postings of several terms, those of one after those of the other: for what is done with all of them."""

    terms: list[bytes]
    bounds: NDArray[np.intp]
    """By term: which of the postings is its first; and at last how many there are."""
    ids: Ints
    weights: NDArray[np.float32]
    values: list[bytes] | None
    written: NDArray[np.intp]
    """By term."""

    @property
    def counts(self) -> NDArray[np.intp]:
        """How many documents hold each term."""
        return np.diff(self.bounds)

    def each(self) -> Iterator[TermPostings]:
        """Yield the postings of one term after the other."""
        bounds, ids, weights, values = self.bounds.tolist(), self.ids.tolist(), self.weights.tolist(), self.values
        for term, begin, end, written in zip(self.terms, bounds, bounds[1:], self.written.tolist(), strict=False):
            yield TermPostings(term, ids[begin:end], weights[begin:end], values and values[begin:end], written)


class PostingsBuffer:
    """Collects documents, and hands out their postings term by term."""

    def __init__(self) -> None:
        self._known: list[TermSets] = []
        self._numbers: list[Ints] = []
        self._titles: list[int] = []
        self._words = 0

    def __len__(self) -> int:
        return self._words

    def add(self, entry: AnalyzedDocument) -> int:
        """Add a document; return how many positions its postings have, those counted that stand twice."""
        self._known.append(entry.term_sets)
        self._numbers.append(entry.term_set_ids)
        self._titles.append(entry.title_length)
        self._words += len(entry.term_set_ids)
        return entry.term_sets.count_positions(entry.term_set_ids)

    def postings(self) -> Iterator[TermPostings]:
        """Yield the postings of every term, in the order of the terms' bytes."""
        return chain.from_iterable(lists.each() for lists in self.lists())

    def lists(self) -> Iterator[PostingLists]:
        """Yield the same, many terms at a time."""
        lengths = np.array([*map(len, self._numbers)], np.int32)
        used, numbers = self._used(lengths)
        vocabulary = _Vocabulary(used)
        occurrences = vocabulary.occurrences(numbers, _places(lengths, np.array(self._titles, np.int32)), lengths)
        yield from _Sorted(vocabulary.terms, *occurrences).chunks()

    def _used(self, lengths: Ints) -> tuple[list[TermSet], Ints]:
        """Return the stacks that occur, and the number in that list of each occurrence's stack.

        Documents may number their stacks differently: where a lexicon was full, another one was begun.
        """
        used: list[TermSet] = []
        numbers = np.concatenate((np.empty(0, np.int32), *self._numbers))
        order = {known: place for place, known in enumerate(dict.fromkeys(self._known))}
        numbered_by = np.repeat(np.array([order[known] for known in self._known], np.int32), lengths)
        for known, place in order.items():
            here = numbered_by == place
            occurs = np.bincount(numbers[here], minlength=1) > 0
            renumbered = np.cumsum(occurs, dtype=np.int32) - 1 + len(used)
            used += [known.all[number] for number in np.flatnonzero(occurs).tolist()]
            numbers[here] = renumbered[numbers[here]]
        return used, numbers


class _Vocabulary:
    """The terms of all stacks, in order, and which of them each stack has."""

    def __init__(self, stacks: list[TermSet]) -> None:
        spelled = [*chain.from_iterable(map(chain.from_iterable, stacks))]
        terms = sorted(set(spelled))  # letters are in the order of their bytes in UTF-8
        self.terms = [term.encode("utf-8", "surrogatepass") for term in terms]
        ranks = {term: rank for rank, term in enumerate(terms)}
        self._ranks = np.fromiter(map(ranks.__getitem__, spelled), np.int32, len(spelled))
        exact = np.array([len(stack.exact) for stack in stacks], np.int32)
        self._sizes = exact + np.array([len(stack.inexact) for stack in stacks], np.int32)
        self._starts = np.cumsum(self._sizes) - self._sizes
        self._twice = arange_each(self._sizes) >= np.repeat(exact, self._sizes)

    def occurrences(self, stacks: Ints, places: Ints, lengths: Ints) -> tuple[Ints, Ints, Ints, NDArray[np.bool_]]:
        """Return each occurrence's term, document and position, and whether the position is stored twice."""
        sizes = self._sizes[stacks]
        at = np.repeat(self._starts[stacks].astype(np.int32), sizes) + arange_each(sizes)
        documents = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        return self._ranks[at], np.repeat(documents, sizes), np.repeat(places, sizes), self._twice[at]


class _Sorted:
    """Occurrences sorted by term, then document, then position, and put together to postings."""

    def __init__(
        self, terms: list[bytes], ranks: Ints, documents: Ints, places: Ints, twice: NDArray[np.bool_]
    ) -> None:
        order = _order(ranks)
        ranks, documents, places, twice = ranks[order], documents[order], places[order], twice[order]
        begins = np.ones(len(ranks), bool)
        begins[1:] = (ranks[1:] != ranks[:-1]) | (documents[1:] != documents[:-1])
        first = np.flatnonzero(begins)
        self._ids = documents[first]
        self._weights = _weights(places, first)
        self._written = np.logical_or.reduceat(~twice, first) if len(first) else begins
        self._terms, self._bounds = terms, _edges(np.flatnonzero(np.diff(ranks[first], prepend=-1)), len(first))
        times = twice.astype(np.int8) + 1
        self._edges = np.append(np.cumsum(times) - times, times.sum(dtype=np.int64))[_edges(first, len(ranks))]
        self._places = np.repeat(places, times)

    def chunks(self) -> Iterator[PostingLists]:
        """Yield all postings, making only so many at a time that memory stays bounded."""
        term = 0
        while term < len(self._terms):
            end = np.searchsorted(self._bounds, self._bounds[term] + _CHUNK)
            stop = max(term + 1, min(int(end), len(self._terms)))
            yield self._chunk(term, stop)
            term = stop

    def _chunk(self, term: int, stop: int) -> PostingLists:
        begin, end = self._bounds[term], self._bounds[stop]
        values = _encoded_all(self._places, self._edges[begin : end + 1])
        bounds = self._bounds[term : stop + 1] - begin
        written = np.add.reduceat(self._written[begin:end], bounds[:-1], dtype=np.intp)
        return PostingLists(
            self._terms[term:stop], bounds, self._ids[begin:end], self._weights[begin:end], values, written
        )


def _order(ranks: Ints) -> NDArray[np.intp]:
    """Return what `np.argsort(ranks, kind="stable")` does, in a third of the time: numpy counts numbers of 16 bits."""
    order = np.argsort(ranks.astype(np.uint16), kind="stable")
    return order[np.argsort((ranks[order] >> 16).astype(np.uint16), kind="stable")]


def _places(lengths: Ints, titles: Ints) -> Ints:
    """Return the position of each token of documents with so many tokens in all and in their titles."""
    places = arange_each(lengths)
    in_text = places >= np.repeat(titles, lengths)
    places[in_text] += np.repeat(TEXT_START - titles, lengths)[in_text]
    return places


def _weights(places: Ints, first: NDArray[np.intp]) -> NDArray[np.float32]:
    """Return what each posting weighs: see `TITLE_UNIT`."""
    if not len(first):
        return np.empty(0, np.float32)
    is_title = places < TEXT_START
    in_title = np.add.reduceat(is_title, first, dtype=np.float32)
    in_text = np.add.reduceat(~is_title, first, dtype=np.float32)
    return np.minimum(in_text, np.float32(MOST_IN_TEXT)) + in_title * np.float32(TITLE_UNIT)


def _encoded_all(places: Ints, edges: NDArray[np.int64]) -> list[bytes]:
    """Encode the positions between each two edges as Whoosh's `Positions` does: their differences, pickled."""
    cuts, sizes = edges[:-1] - edges[0], np.diff(edges)
    here = places[edges[0] : edges[-1]]
    deltas = np.diff(here, prepend=0)
    deltas[cuts] = here[cuts]
    found = np.empty(len(sizes), object)
    one, two = (np.flatnonzero(sizes == size) for size in (1, 2))  # nearly all have so few positions
    found[one] = _encoded_ones(deltas[cuts[one]])
    found[two] = [*map(_encoded_two, deltas[cuts[two]].tolist(), deltas[cuts[two] + 1].tolist())]
    many = np.flatnonzero(sizes > 2)
    for posting, cut, end in zip(many.tolist(), cuts[many].tolist(), (cuts + sizes)[many].tolist(), strict=True):
        found[posting] = _encoded(deltas[cut:end].tolist())
    return list(found)


def _encoded(deltas: Sequence[int]) -> bytes:
    return _size(len(deltas)) + dumps(list(deltas), 2)


@lru_cache(100_000)
def _encoded_two(first: int, step: int) -> bytes:
    return _encoded((first, step))


def _encoded_ones(places: Ints) -> NDArray[np.object_]:
    """Encode positions that each stand alone, every different one once."""
    different = np.flatnonzero(np.bincount(places))
    encoded = np.empty(different[-1] + 1 if len(different) else 0, object)
    encoded[different] = [_encoded((place,)) for place in different.tolist()]
    return encoded[places]


def _edges(starts: NDArray[np.intp], end: int) -> NDArray[np.intp]:
    return np.append(starts, end)
