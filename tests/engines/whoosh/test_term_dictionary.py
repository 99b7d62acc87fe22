"""The sections of a segment give back what was written into them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from searchkit.engines.whoosh.codec import term_blocks
from searchkit.engines.whoosh.codec.doc_columns import BytesColumn, pack_references, pack_values, unpack_references
from searchkit.engines.whoosh.codec.stored_articles import Article, Groups, GroupWriter, pack_fields, unpack_fields
from searchkit.engines.whoosh.codec.term_dictionary import BLOCKS, TermDictionary, TermDictionaryWriter
from searchkit.engines.whoosh.directory.checksums import VerifiedBytes
from searchkit.engines.whoosh.directory.segment_file import Section
from tests.engines.whoosh.test_posting_list import batch_of

WORDS = st.text("абвгд\udcff~ÿ", min_size=1, max_size=4)


def section(content: bytes) -> Section:
    return Section(VerifiedBytes(memoryview(b"x" + content + b"y"), None, ""), 1, len(content))


def dictionary(terms: set[str]) -> TermDictionary:
    """Return the dictionary of some terms; each is in document 7."""
    writer = TermDictionaryWriter()
    batch = batch_of({f"{number:04}": {7: {3: False}} for number in range(len(terms))})
    batch = batch._replace(terms=sorted(term.encode("utf-8", "surrogatepass") for term in terms))
    blocks = b"".join(writer.add(block) for block in term_blocks.blocks_of(batch)) if terms else b""
    sections = writer.sections() | {BLOCKS: blocks}
    return TermDictionary(lambda name: section(sections[name]))


@given(st.sets(WORDS, max_size=300), st.lists(st.text("абвгд~", max_size=3), max_size=20))
def test_terms_are_found_and_no_others(terms: set[str], asked: list[str]) -> None:
    found = dictionary(terms)
    for term in [*terms, *asked]:
        encoded = term.encode("utf-8", "surrogatepass")
        number = found.number_of(encoded)
        row = found.block(number).row_of(encoded) if number >= 0 else None
        assert (row is not None) == (term in terms)
    for prefix in asked:
        with_prefix = [
            term.decode("utf-8", "surrogatepass") for each in found.with_prefix(prefix.encode()) for term in each.terms
        ]
        assert with_prefix == sorted(term for term in terms if term.startswith(prefix))


@given(st.sets(WORDS, max_size=300), st.lists(WORDS, max_size=4))
def test_ranges_of_terms_follow_one_another(terms: set[str], cuts: list[str]) -> None:
    found = dictionary(terms)
    bounds: list[Any] = [b"", *sorted({cut.encode("utf-8", "surrogatepass") for cut in cuts}), None]
    ranges = pairwise(bounds)
    read = [term for least, end in ranges for batch in found.batches(least, end) for term in batch.terms]
    assert [term.decode("utf-8", "surrogatepass") for term in read] == sorted(terms)


VALUES = st.lists(st.binary(max_size=5), max_size=40)


@given(VALUES, st.binary(min_size=1, max_size=2))
def test_columns_of_byte_strings(values: list[bytes], part: bytes) -> None:
    column = BytesColumn(section(pack_values(values)), len(values))
    assert list(column) == [column[doc_id] for doc_id in range(len(values))] == values
    assert {*column.docs_containing(part)} >= {doc_id for doc_id, value in enumerate(values) if part in value}
    distinct, codes = unpack_references(section(pack_references(values)), len(values))
    assert [distinct[code] for code in codes] == values
    assert len(distinct) == len({*values})


def test_columns_that_are_not_there() -> None:
    assert list(BytesColumn(section(b""), 3)) == [b"", b"", b""]
    assert BytesColumn(section(b""), 3)[2] == b""
    assert unpack_references(section(b""), 2)[0] == [b""]


@given(st.lists(st.tuples(st.binary(max_size=9), st.binary(max_size=9), st.integers(1, 9_000)), max_size=60))
def test_articles_in_groups(written: list[tuple[bytes, bytes, int]]) -> None:
    articles = [Article(fields * times, offsets) for fields, offsets, times in written]
    writer = GroupWriter()
    content = b"".join(map(writer.add, articles)) + writer.flush()
    groups = Groups(section(content), section(writer.sizes()))
    assert _read(groups, len(articles)) == articles
    assert _read(groups, len(articles), reversed) == articles[::-1]
    copied = GroupWriter()
    again = b"".join(
        copied.add_group(end - first, *groups.pieces(at)) for at, (first, end) in enumerate(groups.spans())
    )
    assert _read(Groups(section(again), section(copied.sizes())), len(articles)) == articles


def _read(groups: Groups, count: int, order: Callable[[Any], Any] = iter) -> list[Article]:
    return [Article(groups.fields(doc_id), groups.offsets(doc_id)) for doc_id in order(range(count))]


def test_stored_fields() -> None:
    stored = {"title": "Ел", "text": "", "tags": ("a", "\udcff"), "parts": ((0, "1", ""), (5, "2", "Екі")), "cut": ()}
    assert unpack_fields(pack_fields(stored), ["title", "text"], ["tags", "parts", "cut"]) == stored


def test_a_common_word_has_a_block_of_its_own() -> None:
    everywhere = {doc_id: {1_000: False} for doc_id in range(3_000)}
    batch = batch_of({"а": {1: {1_000: True}}, "б": everywhere, "в": {2: {1_000: True}}})
    assert [block.terms for block in term_blocks.blocks_of(batch)] == [["а".encode()], ["б".encode()], ["в".encode()]]
    documents, _ = term_blocks.encode(batch.part(1, 2))
    assert len(documents) < 100, "documents in a row take no room"
    assert np.array_equal(term_blocks.TermBlock(0, documents).postings(0, 1).doc_ids, np.arange(3_000))
