"""Posting lists as bytes: blocks of 128 postings, pickled and mostly compressed.

The layout is the one of Whoosh's codec W3. Behind a magic number follow the blocks, each with its
length in bytes (negative for the last one), a pickled header (`_block_header`), and a pickle of
(steps from doc id to doc id, weights, values).
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from operator import sub
from struct import Struct
from typing import Any

from searchkit.engines.whoosh.codec.term_postings import PostingsBatch, TermPostings
from searchkit.engines.whoosh.directory import safe_pickle

_MAGIC = b"W3Bl"
_BLOCK = 128
"""Postings per block."""
_PICKLE_PROTOCOL = 4
"""Protocol 2, which Whoosh writes, spells bytes as calls. Any reader takes both protocols."""
_ZLIB_LEVEL = 1
_MIN_COMPRESSED = 256
"""Blocks of fewer bytes are not worth compressing."""
_LENGTH = Struct("!i")


def encode_postings(postings: TermPostings, lengths: bytes) -> bytes:
    """Encode a posting list as blocks; `lengths` has one byte per posting."""
    _, doc_ids, weights, values, _ = postings
    if len(doc_ids) == 1:
        return _single_posting(doc_ids[0], weights[0], values, lengths[0])
    if len(doc_ids) <= _BLOCK:
        return b"".join((_MAGIC, *_block(doc_ids, weights, values, lengths, True)))
    out = [_MAGIC]
    for begin in range(0, len(doc_ids), _BLOCK):
        block = slice(begin, begin + _BLOCK)
        is_last = block.stop >= len(doc_ids)
        out += _block(doc_ids[block], weights[block], values and values[block], lengths[block], is_last)
    return b"".join(out)


def encode_batch(batch: PostingsBatch, lengths: bytes) -> list[bytes]:
    """Encode each posting list of a batch; `lengths` has one byte per posting."""
    bounds = batch.bounds.tolist()
    lengths_by_term = (lengths[begin:end] for begin, end in pairwise(bounds))
    return [*map(encode_postings, batch.each(), lengths_by_term)]


def decode_blocks(content: bytes) -> Iterator[tuple[Any, Any, Any]]:
    """Yield the postings of each block: (steps from doc id to doc id, weights, values)."""
    if content[:4] != _MAGIC:
        raise ValueError("no postings here")
    offset, last_doc_id, is_last = 4, 0, False
    while not is_last:
        (length,) = _LENGTH.unpack_from(content, offset)
        offset, is_last, length = offset + _LENGTH.size, length < 0, abs(length)
        file = BytesIO(content[offset : offset + length])
        count, block_end, _, is_compressed, *_ = safe_pickle.load(file)
        data = file.read()
        (first, *steps), weights, values = safe_pickle.loads(zlib.decompress(data) if is_compressed else data)
        if weights is None or isinstance(weights, float):
            weights = (1.0 if weights is None else weights,) * count
        yield (first - last_doc_id, *steps), weights, values or (b"",) * count
        offset, last_doc_id = offset + length, block_end


def _single_posting(doc_id: int, weight: float, values: Sequence[bytes] | None, length: int) -> bytes:
    """Encode a posting list of one posting: half of all terms have no more."""
    data, level = _compressed(((doc_id,), _packed_weights((weight,)), values and tuple(values)))
    header = _block_header(1, doc_id, weight, level, length, length)
    return b"".join((_MAGIC, _LENGTH.pack(-len(header) - len(data)), header, data))


def _block(
    doc_ids: Sequence[int], weights: Sequence[float], values: Sequence[bytes] | None, lengths: bytes, is_last: bool
) -> tuple[bytes, bytes, bytes]:
    steps = (doc_ids[0], *map(sub, doc_ids[1:], doc_ids))
    data, level = _compressed((steps, _packed_weights(weights), values and tuple(values)))
    header = _block_header(len(doc_ids), doc_ids[-1], max(weights), level, min(lengths), max(lengths))
    size = len(header) + len(data)
    return _LENGTH.pack(-size if is_last else size), header, data


def _compressed(postings: tuple[Any, ...]) -> tuple[bytes, int]:
    """Return the bytes of postings and their level of compression."""
    data = pickle.dumps(postings, _PICKLE_PROTOCOL)
    return (zlib.compress(data, _ZLIB_LEVEL), _ZLIB_LEVEL) if len(data) >= _MIN_COMPRESSED else (data, 0)


@lru_cache(2**14)
def _block_header(count: int, last: int, weight: float, level: int, shortest: int, longest: int) -> bytes:
    """Return the header of a block: terms that occur once in one document share theirs."""
    return pickle.dumps((count, last, weight, level, shortest, longest), 2)


def _packed_weights(weights: Sequence[float]) -> float | tuple[float, ...] | None:
    """Return one weight if all are equal, None if all are 1."""
    if weights.count(weights[0]) < len(weights):
        return tuple(weights)
    return None if weights[0] == 1.0 else weights[0]
