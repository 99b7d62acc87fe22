"""Invert a segment's documents: sort their terms into postings."""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray

from searchkit.analysis.analyzed_document import AnalyzedDocument
from searchkit.analysis.term_sets import Ints, TermSet, TermSets, arange_each
from searchkit.analysis.token_offsets import TEXT_START
from searchkit.engines.whoosh.codec.postings_batch import PostingsBatch

_OCCURRENCES = 1_000_000
"""Occurrences of terms that are sorted at a time: it takes some 60 MB."""


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

    def add(self, analyzed: AnalyzedDocument) -> None:
        """Add a document."""
        self._numberings.append(analyzed.term_sets)
        self._term_set_ids.append(analyzed.term_set_ids)
        self._title_lengths.append(analyzed.title_length)
        self._token_count += len(analyzed.term_set_ids)

    def batches(self) -> Iterator[PostingsBatch]:
        """Yield all postings, many terms at a time, in the order of the terms' bytes."""
        lengths = np.array([*map(len, self._term_set_ids)], np.int32)
        used, set_ids = self._renumbered(lengths)
        ranks = _TermRanks(used)
        positions = _positions(lengths, np.array(self._title_lengths, np.int32))
        for part in ranks.parts(set_ids):
            yield _sorted_postings(part.terms, *part.occurrences(set_ids, positions, lengths))

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


def _sorted_postings(
    terms: list[bytes], ranks: Ints, doc_ids: Ints, positions: Ints, is_inexact: NDArray[np.bool_]
) -> PostingsBatch:
    """Return occurrences sorted by term, then document, then position, grouped into postings."""
    order = _stable_order(ranks)
    ranks, doc_ids, positions, is_inexact = ranks[order], doc_ids[order], positions[order], is_inexact[order]
    begins = np.ones(len(ranks), bool)
    begins[1:] = (ranks[1:] != ranks[:-1]) | (doc_ids[1:] != doc_ids[:-1])
    first = np.flatnonzero(begins)
    is_title = positions < TEXT_START
    in_title, in_text = _frequencies(is_title, first)
    bounds = np.append(np.flatnonzero(np.diff(ranks[first], prepend=-1)), len(first))
    steps = _steps(positions, begins, is_title)
    return PostingsBatch(terms, bounds, doc_ids[first], in_text, in_title, steps, is_inexact)


def _frequencies(is_title: NDArray[np.bool_], first: NDArray[np.intp]) -> tuple[Ints, Ints]:
    """Return the frequency in title and in text of each posting.

    `first` has the index of the first occurrence of each.
    """
    if not len(first):
        return np.empty(0, np.int32), np.empty(0, np.int32)
    in_title = np.add.reduceat(is_title, first, dtype=np.int32)
    return in_title, np.diff(np.append(first, len(is_title))).astype(np.int32) - in_title


def _steps(positions: Ints, begins: NDArray[np.bool_], is_title: NDArray[np.bool_]) -> Ints:
    """Return the step to each occurrence, from the one before it or the beginning of its field."""
    local = positions - np.where(is_title, np.int32(0), np.int32(TEXT_START))
    steps = np.diff(local, prepend=np.int32(0)).astype(np.int32)
    begins = begins.copy()
    begins[1:] |= is_title[1:] != is_title[:-1]
    steps[begins] = local[begins]
    return steps


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
