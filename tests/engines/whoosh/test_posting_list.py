"""Postings come back from their blocks as they were, few at a time or all together."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchkit.analysis.token_offsets import TEXT_START
from searchkit.engines.whoosh.codec import term_blocks
from searchkit.engines.whoosh.codec.postings_batch import PostingsBatch, combined, renumbered
from searchkit.engines.whoosh.codec.ragged_array import smallest
from searchkit.engines.whoosh.codec.term_blocks import TermBlock, decode_occurrences, encode

Posting = tuple[int, dict[int, bool]]
"""A doc id, and by position whether the word is written otherwise."""
POSITIONS = st.integers(0, 40) | st.integers(TEXT_START, TEXT_START + 300) | st.integers(TEXT_START, 2**30)
POSTINGS = st.dictionaries(
    st.integers(0, 300) | st.integers(0, 2**31 - 1),
    st.dictionaries(POSITIONS, st.booleans(), min_size=1, max_size=6),
    min_size=1,
    max_size=5,
)
INDEXES = st.dictionaries(st.text("абвгд", min_size=1, max_size=4), POSTINGS, min_size=1, max_size=30)
Index = dict[str, dict[int, dict[int, bool]]]


def batch_of(index: Index) -> PostingsBatch:
    """Return the postings of an index, made by a plain walk."""
    terms = sorted(index, key=str.encode)
    postings = [(doc_id, sorted(at.items())) for term in terms for doc_id, at in sorted(index[term].items())]
    steps: list[int] = []
    for _, occurrences in postings:
        title, text = 0, TEXT_START
        for at, _ in occurrences:
            steps.append(at - (title if at < TEXT_START else text))
            title, text = (at, text) if at < TEXT_START else (title, at)
    in_title = [sum(at < TEXT_START for at, _ in occurrences) for _, occurrences in postings]
    in_text = [len(occurrences) - title for (_, occurrences), title in zip(postings, in_title, strict=True)]
    is_inexact = [inexact for _, occurrences in postings for _, inexact in occurrences]
    return PostingsBatch(
        [term.encode() for term in terms],
        np.append(0, np.cumsum([len(index[term]) for term in terms])),
        *(np.array(column, np.int32) for column in ([id_ for id_, _ in postings], in_text, in_title, steps)),
        np.array(is_inexact, bool),
    )


def index_of(block: TermBlock, piece: bytes) -> Index:
    """Return the index that a block holds, read term by term and posting by posting."""
    occurrences = decode_occurrences(memoryview(piece))
    index: Index = {}
    for row, term in enumerate(block.terms):
        postings = block.postings(row, row + 1)
        index[term.decode()] = {}
        for at, doc_id in enumerate(postings.doc_ids.tolist()):
            positions, counts = postings.positions(np.array([at]), occurrences)
            assert counts.tolist() == [len(positions)]
            listed = positions.tolist()
            index[term.decode()][doc_id] = {each: listed.count(each) == 2 for each in listed}
    return index


def written(index: Index) -> Index:
    """Return an index that was written in blocks, and read again."""
    read: Index = {}
    for block in term_blocks.blocks_of(batch_of(index)):
        documents, occurrences = encode(block)
        read |= index_of(TermBlock(0, documents), occurrences)
    return read


@given(INDEXES)
def test_blocks_hold_what_is_written(index: Index) -> None:
    assert written(index) == index


@pytest.mark.parametrize(("terms", "postings"), [(1, 1), (3, 4), (2, 1_000)])
@given(index=INDEXES)
def test_blocks_of_any_size(terms: int, postings: int, index: Index) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(term_blocks, "_TERMS", terms)
        patch.setattr(term_blocks, "_POSTINGS", postings)
        assert written(index) == index
        blocks = list(term_blocks.blocks_of(batch_of(index)))
    assert all(len(block.terms) <= terms for block in blocks)
    assert all(len(block.terms) == 1 or len(block.doc_ids) <= postings for block in blocks)


@given(INDEXES, st.data())
def test_positions_of_some_postings(index: Index, data: st.DataObject) -> None:
    documents, piece = encode(batch_of(index))
    block, occurrences = TermBlock(0, documents), decode_occurrences(memoryview(piece))
    for row, term in enumerate(block.terms):
        postings, expected = block.postings(row, row + 1), index[term.decode()]
        rows = sorted(data.draw(st.sets(st.integers(0, len(expected) - 1))))
        positions, counts = postings.positions(np.array(rows, np.intp), occurrences)
        wanted = [sorted(expected)[at] for at in rows]
        listed = [[at] * (2 if inexact else 1) for id_ in wanted for at, inexact in sorted(expected[id_].items())]
        assert positions.tolist() == [at for each in listed for at in each]
        assert counts.sum() == len(positions)


@given(st.lists(INDEXES, max_size=3), st.data())
def test_batches_are_combined(indexes: list[Index], data: st.DataObject) -> None:
    """Documents keep apart by their new ids; some are dropped, and terms with them."""
    batches, expected = [], {}
    for number, index in enumerate(indexes):
        plain = {term: {id_ % 300: at for id_, at in postings.items()} for term, postings in index.items()}
        dropped = data.draw(st.sets(st.integers(0, 299)))
        live = [id_ for id_ in range(300) if id_ not in dropped]
        new = np.full(300, -1, np.int32)
        new[live] = 300 * number + np.arange(len(live))
        batches.append(renumbered(batch_of(plain), new))
        for term, postings in plain.items():
            kept = {int(new[id_]): at for id_, at in postings.items() if new[id_] >= 0}
            if kept:
                expected.setdefault(term, {}).update(kept)
    if batches:
        merged = combined(batches)
        assert [term.decode() for term in merged.terms] == sorted(expected, key=str.encode)
        if expected:
            documents, piece = encode(merged)
            assert index_of(TermBlock(0, documents), piece) == expected


@given(INDEXES)
def test_contradictions_are_found(index: Index) -> None:
    batch = batch_of(index)
    assert batch.inconsistent() == []
    for row in np.flatnonzero(np.diff(batch.doc_ids) > 0).tolist():
        if row + 1 not in batch.bounds:
            doc_ids = batch.doc_ids.copy()
            doc_ids[row + 1] = doc_ids[row]
            term = batch.terms[int(batch.bounds.searchsorted(row, "right")) - 1]
            assert batch._replace(doc_ids=doc_ids).inconsistent() == [term]


@given(st.lists(st.integers(0, 2**40)))
def test_smallest_integer_type(numbers: list[int]) -> None:
    small = smallest(np.array(numbers, np.int64))
    assert small.tolist() == numbers
    assert small.itemsize == np.min_scalar_type(max(numbers, default=0)).itemsize
