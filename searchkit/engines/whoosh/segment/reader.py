"""One segment of a commit, read in searchkit's terms: text for bytes, live documents, caches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.arrays import DocMask, Floats
from searchkit.engines.whoosh.cache import Cache
from searchkit.engines.whoosh.codec.facet_column import FacetColumn
from searchkit.engines.whoosh.codec.posting_list import PostingList
from searchkit.engines.whoosh.codec.prefix_postings import Block, PrefixPostings, joined
from searchkit.engines.whoosh.damage import reporting_damage
from searchkit.engines.whoosh.schema import CLUSTER, SIGNATURE, TERMS, WORDS_EXTENSION
from searchkit.engines.whoosh.segment.core import SegmentCore
from searchkit.engines.whoosh.segment.prefix_terms import SegmentPrefixTerms
from searchkit.engines.whoosh.segment.term_docs import TermDocs, term_frequencies
from searchkit.lexicon.word_table import SegmentWords
from searchkit.query.nodes import Prefix
from searchkit.work import count_work

_NO_POSTINGS = PostingList(np.empty(0, np.int32), np.empty(0, np.float32), b"", np.empty(0, np.uint8))


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
        return self.core.numeric_column(field)

    @reporting_damage()
    def words(self) -> SegmentWords:
        """Return the segment's table of words; empty in segments written without one."""
        return SegmentWords(self.core.extra_file(WORDS_EXTENSION))

    @reporting_damage()
    def clusters(self) -> NDArray[np.uint64]:
        """Return the near-duplicate cluster of each document, 0 where it is unknown."""
        return self.core.fixed_width_rows(CLUSTER, 8).view(">u8")[:, 0].astype(np.uint64)

    @reporting_damage()
    def signatures(self) -> NDArray[np.uint8]:
        """Return the MinHash signatures of all documents, one row each."""
        from searchkit.analysis.near_duplicates import SIGNATURE_BYTES

        return self.core.fixed_width_rows(SIGNATURE, SIGNATURE_BYTES)

    def postings(self, term: str) -> PostingList:
        """Return the posting list of a term, empty where the segment has none."""
        return self._cache.get((self.core.id, term), lambda: self._decode(term))

    def term_docs(self, term: str) -> TermDocs:
        """Return the documents with a term and its frequencies, deleted documents included."""
        postings = self.postings(term)
        return TermDocs(postings.doc_ids, *term_frequencies(postings.weights))

    @reporting_damage()
    def positions(self, term: str, docs: DocMask) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the doc id and the position of each occurrence in `docs`, as two arrays."""
        postings = self.postings(term)
        return _positions(postings, docs[postings.doc_ids].nonzero()[0])

    @reporting_damage()
    def prefix_positions(self, prefix: Prefix, docs: DocMask) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the doc id and the position of each occurrence of a prefix's terms in `docs`."""
        found = self._prefix_postings(prefix)
        return _positions(found.postings, found.rows_in(docs))

    @reporting_damage()
    def has_consistent_stats(self, term: str) -> bool:
        """Whether the term info of a term agrees with its posting list."""
        ids, weights, *_ = self.postings(term)
        decoded_stats = float(weights.sum(dtype=np.float64)), len(ids), int(ids[0]), int(ids[-1])
        return decoded_stats == self.core.term_stats(TERMS, _encoded(term))

    @reporting_damage()
    def damaged_blocks(self) -> list[str]:
        """Read all bytes, and return a sentence for each block with a wrong checksum."""
        return list(self.core.damaged_blocks())

    def prefix_docs(self, prefix: Prefix) -> TermDocs:
        """Return the documents with terms of a prefix, frequencies summed over the terms."""
        doc_ids, weights, *_ = self._prefix_postings(prefix).postings
        in_text, in_title = (np.bincount(doc_ids, each, self.size) for each in term_frequencies(weights))
        found = np.flatnonzero(in_text + in_title)
        return TermDocs(found, in_text[found].astype(np.float32), in_title[found].astype(np.float32))

    def prefix_terms_in(self, prefix: Prefix, doc_id: int) -> list[str]:
        """Return the terms of one document that begin with a prefix, sorted."""
        found = self._prefix_postings(prefix)
        return found.terms_of(np.flatnonzero(found.postings.doc_ids == doc_id))

    def _prefix_postings(self, prefix: Prefix) -> PrefixPostings:
        return self._cache.get((self.core.id, prefix), lambda: self._decode_prefix(prefix))

    @reporting_damage()
    def _decode_prefix(self, prefix: Prefix) -> PrefixPostings:
        found = joined(_counted(self._blocks(prefix)))
        self._check(found.postings.doc_ids)
        return found

    def _blocks(self, prefix: Prefix) -> Iterator[tuple[bytes, list[Block]]]:
        if prefix.terms:
            return self.core.blocks_of_terms(TERMS, map(_encoded, prefix.terms))
        return self.core.blocks_with_prefix(TERMS, _encoded(prefix.prefix))

    @reporting_damage()
    def prefix_terms(self, prefix: str) -> SegmentPrefixTerms:
        """Return the terms that begin with `prefix`, and their doc freqs."""
        return self.core.prefix_terms(TERMS, _encoded(prefix))

    @reporting_damage()
    def doc_freq(self, term: str) -> int:
        """Return how many documents hold a term, deleted ones included."""
        return self.core.doc_freq(TERMS, _encoded(term))

    @reporting_damage()
    def terms(self) -> list[str]:
        """Return all terms, terms of deleted documents included."""
        return [decoded(term) for term in self.core.terms(TERMS)]

    @reporting_damage()
    def distinct_values(self, field: str) -> list[str]:
        """Return the distinct values of a field with few, deleted documents included."""
        return [decoded(term) for term in self.core.few_terms(field)]

    def column(self, field: str) -> FacetColumn:
        """Return the column of a field with few distinct values."""
        if field not in self._columns:
            self._columns[field] = self._read_column(field)
        return self._columns[field]

    @reporting_damage()
    def _read_column(self, field: str) -> FacetColumn:
        values, codes = self.core.reference_column(field)
        if len(codes) and codes.max() >= len(values):
            raise ValueError("more values in a column than it has distinct ones")
        return FacetColumn([decoded(value) for value in values], codes)

    @reporting_damage()
    def texts(self, field: str, doc_ids: Sequence[int] | None = None) -> list[str]:
        """Return a field's value for each of the given documents, or for all."""
        if doc_ids is None:
            return list(map(decoded, self.core.bytes_values(field)))
        return [decoded(self.core.bytes_value(field, doc_id)) for doc_id in doc_ids]

    @reporting_damage()
    def value(self, field: str, doc_id: int) -> bytes:
        """Return a document's value in a column of byte strings."""
        return bytes(self.core.bytes_value(field, doc_id))

    @reporting_damage()
    def live_values(self, field: str) -> list[bytes]:
        """Return the live documents' values in a sparse column of byte strings."""
        return [self.value(field, doc_id) for doc_id in self.core.docs_with_value(field).tolist() if self.live[doc_id]]

    @reporting_damage()
    def docs_containing(self, field: str, substring: bytes) -> Iterator[int]:
        """Yield the live documents whose value in a column of byte strings has a substring."""
        return (doc_id for doc_id in self.core.docs_containing(field, substring) if self.live[doc_id])

    @reporting_damage()
    def stored_fields(self, doc_id: int) -> dict[str, Any]:
        """Return the stored fields of a document."""
        return self.core.stored_fields(doc_id)

    @reporting_damage()
    def doc_id_of(self, id_: str) -> int | None:
        """Return the doc id of the live document with an external id, or None."""
        postings = self.core.postings("id", _encoded(id_))
        return next((doc_id for doc_id in postings.doc_ids.tolist() if self.live[doc_id]), None) if postings else None

    @reporting_damage()
    def has_held(self, id_: str) -> bool:
        """Whether any document has had an external id, a deleted one included."""
        return self.core.postings("id", _encoded(id_)) is not None

    @reporting_damage()
    def _decode(self, term: str) -> PostingList:
        postings = self.core.postings(TERMS, _encoded(term)) or _NO_POSTINGS
        self._check(postings.doc_ids)
        count_work(len(postings.doc_ids))
        return postings

    def _check(self, doc_ids: NDArray[np.int32] | NDArray[np.int64]) -> None:
        if len(doc_ids) and not 0 <= doc_ids.min() <= doc_ids.max() < self.size:
            raise ValueError("postings of documents that are not there")


def _positions(postings: PostingList, rows: NDArray[np.intp]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the doc id and the position of each occurrence in the postings at `rows`."""
    positions, counts = postings.positions_array(rows)
    count_work(len(positions))
    return np.repeat(postings.doc_ids[rows].astype(np.int64), counts), positions


def _counted(lists: Iterable[tuple[bytes, list[Block]]]) -> Iterator[tuple[str, list[Block]]]:
    """Yield terms and the blocks of their posting lists, and count the postings as work."""
    for term, blocks in lists:
        count_work(1 + sum(len(steps) for steps, _, _ in blocks))
        yield decoded(term), blocks


def _encoded(value: str) -> bytes:
    return value.encode("utf-8", "surrogatepass")


def decoded(value: bytes | memoryview) -> str:
    """Return the text of stored UTF-8 bytes, lone surrogates included."""
    return str(value, "utf-8", "surrogatepass")
