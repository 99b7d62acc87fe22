"""One segment of a commit, read in searchkit's terms: text for bytes, live documents, caches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.arrays import DocMask, Floats
from searchkit.engines.whoosh.cache import Cache
from searchkit.engines.whoosh.codec.facet_column import FacetColumn
from searchkit.engines.whoosh.codec.posting_list import EMPTY, BlockOccurrences, PostingList
from searchkit.engines.whoosh.codec.term_blocks import TermBlock
from searchkit.engines.whoosh.damage import reporting_damage
from searchkit.engines.whoosh.schema import CLUSTER, DIGEST, REFERENCE_COLUMNS, SIGNATURE, WORDS
from searchkit.engines.whoosh.segment.core import SegmentCore
from searchkit.engines.whoosh.segment.prefix_postings import PrefixPostings, TermSpan
from searchkit.engines.whoosh.segment.prefix_terms import SegmentPrefixTerms
from searchkit.engines.whoosh.segment.term_docs import TermDocs
from searchkit.lexicon.word_table import SegmentWords
from searchkit.query.nodes import Prefix
from searchkit.work import count_work


class SegmentReader:
    """One segment as one commit sees it, with doc ids from 0 within it.

    The core outlives the commit, and what was decoded of it stays in `cache`; only `live` is the
    commit's own. All methods raise `IndexDamaged` where files are missing or damaged.
    """

    def __init__(self, core: SegmentCore, deleted: Iterable[int], cache: Cache) -> None:
        self.core = core
        self.size = core.size
        """The number of documents, deleted ones included."""
        self.live = np.ones(self.size, bool)
        """Per document, whether it is not deleted."""
        self.live[list(deleted)] = False
        self._cache = cache
        self._columns: dict[str, FacetColumn] = {}

    @reporting_damage()
    def lengths(self, field: str) -> Floats:
        """Return the length of each document's text or title, in tokens."""
        return self.core.numbers(field).astype(np.float64)

    @reporting_damage()
    def words(self) -> SegmentWords:
        """Return the segment's table of words."""
        return SegmentWords(self.core.section(WORDS).read_all())

    @reporting_damage()
    def clusters(self) -> NDArray[np.uint64]:
        """Return the near-duplicate cluster of each document, 0 where it is unknown."""
        return self.core.values(CLUSTER).rows(8).view(">u8")[:, 0].astype(np.uint64)

    @reporting_damage()
    def signatures(self) -> NDArray[np.uint8]:
        """Return the MinHash signatures of all documents, one row each."""
        from searchkit.analysis.near_duplicates import SIGNATURE_BYTES

        return self.core.values(SIGNATURE).rows(SIGNATURE_BYTES)

    def postings(self, term: str) -> PostingList:
        """Return the posting list of a term, empty where the segment has none."""
        return self._cache.get((self.core.id, term), lambda: self._decode(term))

    def term_docs(self, term: str) -> TermDocs:
        """Return the documents with a term and its frequencies, deleted documents included."""
        return TermDocs(*self.postings(term)[:3])

    def positions(self, term: str, docs: DocMask) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the doc id and the position of each occurrence in `docs`, as two arrays."""
        return self._positions(self.postings(term), docs)

    def prefix_positions(self, prefix: Prefix, docs: DocMask) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the doc id and the position of each occurrence of a prefix's terms in `docs`."""
        parts = [self._positions(span.postings, docs) for span in self._prefix_postings(prefix).spans]
        empty = np.empty(0, np.int64)
        doc_ids, positions = zip((empty, empty), *parts, strict=True)
        return np.concatenate(doc_ids), np.concatenate(positions)

    @reporting_damage()
    def _positions(self, postings: PostingList, docs: DocMask) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        rows = docs[postings.doc_ids].nonzero()[0]
        if not len(rows):
            return np.empty(0, np.int64), np.empty(0, np.int64)
        positions, counts = postings.positions(rows, self._occurrences(postings.block))
        count_work(len(positions))
        return np.repeat(postings.doc_ids[rows].astype(np.int64), counts), positions

    def _occurrences(self, block: int) -> BlockOccurrences:
        return self._cache.get((self.core.id, "occurrences", block), lambda: self.core.occurrences(block))

    def _block(self, number: int) -> TermBlock:
        return self._cache.get((self.core.id, "block", number), lambda: self.core.block(number))

    def _block_of(self, term: str) -> tuple[TermBlock, int] | None:
        """Return the block that has a term, and which of its terms it is, or None."""
        encoded = _encoded(term)
        number = self.core.dictionary.number_of(encoded)
        if number < 0:
            return None
        block = self._block(number)
        row = block.row_of(encoded)
        return None if row is None else (block, row)

    @reporting_damage()
    def block_count(self) -> int:
        """Return the number of blocks of the term dictionary."""
        return len(self.core.dictionary)

    @reporting_damage()
    def problems_of_block(self, number: int) -> list[str]:
        """Return a sentence for each term of a block whose postings contradict each other."""
        block = self.core.block(number)
        batch = block.batch(self.core.occurrences(number))
        self._check(batch.doc_ids)
        return [f"the postings of {decoded(term)} do not agree with their positions" for term in batch.inconsistent()]

    @reporting_damage()
    def damaged_blocks(self) -> list[str]:
        """Read all bytes, and return a sentence for each block with a wrong checksum."""
        return list(self.core.damaged_blocks())

    def prefix_docs(self, prefix: Prefix) -> TermDocs:
        """Return the documents with terms of a prefix, frequencies summed over the terms."""
        doc_ids, *frequencies = self._prefix_postings(prefix).documents()
        in_text, in_title = (np.bincount(doc_ids, each, self.size) for each in frequencies)
        found = np.flatnonzero(in_text + in_title)
        return TermDocs(found, in_text[found].astype(np.float32), in_title[found].astype(np.float32))

    def prefix_terms_in(self, prefix: Prefix, doc_id: int) -> list[str]:
        """Return the terms of one document that begin with a prefix, sorted."""
        return sorted(map(decoded, self._prefix_postings(prefix).terms_in(doc_id)))

    def _prefix_postings(self, prefix: Prefix) -> PrefixPostings:
        return self._cache.get((self.core.id, prefix), lambda: self._decode_prefix(prefix))

    @reporting_damage()
    def _decode_prefix(self, prefix: Prefix) -> PrefixPostings:
        found = PrefixPostings(list(self._counted_spans(prefix)))
        for span in found.spans:
            self._check(span.postings.doc_ids)
        return found

    def _counted_spans(self, prefix: Prefix) -> Iterator[TermSpan]:
        """Yield the terms of a prefix with their postings, and count the postings as work."""
        for span in self._listed_spans(prefix) if prefix.terms else self._spans(prefix.prefix):
            count_work(len(span.terms) + len(span.postings.doc_ids))
            yield span

    def _listed_spans(self, prefix: Prefix) -> Iterator[TermSpan]:
        for block, row in filter(None, map(self._block_of, prefix.terms)):
            yield TermSpan.of(block, row, row + 1)

    def _spans(self, prefix: str) -> Iterator[TermSpan]:
        return (TermSpan.of(*found) for found in self.core.with_prefix(_encoded(prefix)))

    @reporting_damage()
    def prefix_terms(self, prefix: str) -> SegmentPrefixTerms:
        """Return the terms that begin with `prefix`, and their doc freqs."""
        return SegmentPrefixTerms(list(self.core.with_prefix(_encoded(prefix))))

    @reporting_damage()
    def doc_freq(self, term: str) -> int:
        """Return how many documents hold a term, deleted ones included."""
        found = self._block_of(term)
        return int(found[0].doc_freqs[found[1]]) if found else 0

    @reporting_damage()
    def terms(self) -> list[str]:
        """Return all terms, terms of deleted documents included."""
        return [decoded(term) for term in self.core.terms()]

    @reporting_damage()
    def distinct_values(self, field: str) -> list[str]:
        """Return the distinct values of a field with few, deleted documents included."""
        return [decoded(value) for value in self.core.references(field)[0]]

    def column(self, field: str) -> FacetColumn:
        """Return the column of a field with few distinct values."""
        if field not in self._columns:
            self._columns[field] = self._read_column(field)
        return self._columns[field]

    @reporting_damage()
    def _read_column(self, field: str) -> FacetColumn:
        values, codes = self.core.references(field)
        if len(codes) and codes.max() >= len(values):
            raise ValueError("more values in a column than it has distinct ones")
        return FacetColumn([decoded(value) for value in values], codes)

    @reporting_damage()
    def texts(self, field: str, doc_ids: Sequence[int] | None = None) -> list[str]:
        """Return a field's value for each of the given documents, or for all."""
        if field in REFERENCE_COLUMNS:
            column = self.column(field)
            return [column[doc_id] for doc_id in (range(self.size) if doc_ids is None else doc_ids)]
        values = self.core.values(field)
        as_text = _as_hex if field == DIGEST else decoded
        return list(map(as_text, values if doc_ids is None else map(values.__getitem__, doc_ids)))

    @reporting_damage()
    def value(self, field: str, doc_id: int) -> bytes:
        """Return a document's value in a column of byte strings."""
        return bytes(self.core.values(field)[doc_id])

    @reporting_damage()
    def live_values(self, field: str) -> list[bytes]:
        """Return the live documents' values in a sparse column of byte strings."""
        return [self.value(field, doc_id) for doc_id in self.core.docs_with_value(field).tolist() if self.live[doc_id]]

    @reporting_damage()
    def docs_containing(self, field: str, substring: bytes) -> Iterator[int]:
        """Yield the live documents whose value in a column of byte strings has a substring."""
        return (doc_id for doc_id in self.core.values(field).docs_containing(substring) if self.live[doc_id])

    @reporting_damage()
    def stored_fields(self, doc_id: int) -> dict[str, Any]:
        """Return the stored fields of a document."""
        return self.core.stored_fields(doc_id)

    @reporting_damage()
    def token_offsets(self, doc_id: int) -> bytes:
        """Return the packed offsets of a document's tokens."""
        return self.core.articles.offsets(doc_id)

    @reporting_damage()
    def doc_id_of(self, id_: str) -> int | None:
        """Return the doc id of the live document with an external id, or None."""
        return next((doc_id for doc_id in self.core.docs_with_id(_encoded(id_)) if self.live[doc_id]), None)

    @reporting_damage()
    def has_held(self, id_: str) -> bool:
        """Whether any document has had an external id, a deleted one included."""
        return any(True for _ in self.core.docs_with_id(_encoded(id_)))

    @reporting_damage()
    def _decode(self, term: str) -> PostingList:
        found = self._block_of(term)
        if found is None:
            return EMPTY
        block, row = found
        postings = block.postings(row, row + 1)
        self._check(postings.doc_ids)
        count_work(len(postings.doc_ids))
        return postings

    def _check(self, doc_ids: NDArray[np.int32] | NDArray[np.int64]) -> None:
        if len(doc_ids) and not 0 <= doc_ids.min() <= doc_ids.max() < self.size:
            raise ValueError("postings of documents that are not there")


def _encoded(value: str) -> bytes:
    return value.encode("utf-8", "surrogatepass")


def decoded(value: bytes | memoryview) -> str:
    """Return the text of stored UTF-8 bytes, lone surrogates included."""
    return str(value, "utf-8", "surrogatepass")


def _as_hex(value: bytes | memoryview) -> str:
    return value.hex()
