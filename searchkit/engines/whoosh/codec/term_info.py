"""Term info: the record of fixed size that the term dictionary keeps for each term.

All numbers are big-endian. The layout is Whoosh's, in codec W3:

| offset | bytes | content |
|---|---|---|
| 0 | 1 | flag: 1 where the postings are inlined in the record |
| 1 | 4 | weight of the term, summed over its documents (float) |
| 5 | 4 | doc freq |
| 9 | 1 | length of its shortest document, encoded in a byte |
| 10 | 1 | length of its longest document, encoded in a byte |
| 11 | 4 | largest weight of a posting (float) |
| 15 | 4 | first doc id |
| 19 | 4 | last doc id |
| 23 | 8 | offset of its posting list; or, inlined, a pickle of (doc ids, weights, values) |
| 31 | 4 | length of its posting list, in bytes |
"""

from __future__ import annotations

from operator import sub
from struct import Struct
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.codec.term_postings import PostingsBatch, TermPostings
from searchkit.engines.whoosh.directory import safe_pickle

_RECORD = Struct("!BfIBBfIIqi")
_RECORD_TYPE = np.dtype("u1, >f4, >u4, u1, u1, >f4, >u4, >u4, >i8, >i4")
"""The same record, for arrays of them."""
_EXTENT = Struct("!qi")
_EXTENT_OFFSET = _RECORD.size - _EXTENT.size
DOC_FREQ_OFFSET = 5
"""Where four bytes of a term info hold the doc freq."""


class TermStats(NamedTuple):
    """The statistics of a term in one segment, deleted documents included."""

    weight: float
    """The weights of all postings summed."""
    doc_freq: int
    first_doc_id: int
    last_doc_id: int


def pack_term_info(postings: TermPostings, lengths: bytes, offset: int, size: int) -> bytes:
    """Return the term info of a posting list.

    Args:
        postings: The posting list.
        lengths: Per posting, the document's length encoded in a byte.
        offset: Where the encoded posting list begins in its file.
        size: Its length in bytes.
    """
    doc_ids, weights = postings.doc_ids, postings.weights
    ranges = min(lengths), max(lengths), max(weights), doc_ids[0], doc_ids[-1]
    return _RECORD.pack(0, sum(weights), len(doc_ids), *ranges, offset, size)


def pack_term_infos(
    batch: PostingsBatch, lengths: NDArray[np.uint8], offset: int, sizes: NDArray[np.int64]
) -> list[bytes]:
    """Return the term info of each term of a batch.

    Args:
        batch: The posting lists.
        lengths: Per posting of the batch, the document's length encoded in a byte.
        offset: Where the first encoded posting list begins in its file.
        sizes: Per term, the length of its encoded posting list in bytes.
    """
    begins, weights = batch.bounds[:-1], batch.weights
    records = np.zeros(len(begins), _RECORD_TYPE)
    columns = (
        0,
        np.add.reduceat(weights, begins, dtype=np.float64),
        batch.doc_freqs,
        np.minimum.reduceat(lengths, begins),
        np.maximum.reduceat(lengths, begins),
        np.maximum.reduceat(weights, begins),
        batch.doc_ids[begins],
        batch.doc_ids[batch.bounds[1:] - 1],
        offset + np.cumsum(sizes) - sizes,
        sizes,
    )
    for name, column in zip(_RECORD_TYPE.names or (), columns, strict=True):
        records[name] = column
    content, size = records.tobytes(), records.itemsize
    return [content[begin : begin + size] for begin in range(0, len(content), size)]


def unpack_term_stats(term_info: bytes) -> TermStats:
    """Return the statistics that a term info holds."""
    _, weight, doc_freq, _, _, _, first, last, _, _ = _RECORD.unpack_from(term_info)
    return TermStats(weight, doc_freq, first, last)


def postings_extent(term_info: bytes) -> tuple[int, int] | None:
    """Return the offset and length of a posting list, or None if inlined."""
    return None if term_info[0] else _EXTENT.unpack_from(term_info, _EXTENT_OFFSET)


def inlined_postings(term_info: bytes) -> tuple[Any, Any, Any]:
    """Return (steps from doc id to doc id, weights, values) of inlined postings."""
    doc_ids, weights, values = safe_pickle.loads(term_info[_EXTENT_OFFSET:])
    return (doc_ids[0], *map(sub, doc_ids[1:], doc_ids)), weights, values
