"""Posting lists as bytes, as Whoosh's codec W3 lays them out: blocks of 128 postings, pickled and mostly compressed."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from itertools import pairwise
from operator import sub
from struct import Struct
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.engines.whoosh.directory import safe_pickle
from searchkit.engines.whoosh.indexing.postings_buffer import PostingLists, TermPostings

_MAGIC = b"W3Bl"
_BLOCK = 128
_PICKLE = 4
"""Protocol 2, which Whoosh writes itself, has no bytes and spells them as calls; any reader takes both."""
_ZLIB_LEVEL = 1
_WORTH_COMPRESSING = 256
_length = Struct("!i")
_about = Struct("!BfIBBfIIqi")
"""What the dictionary says of a term: whether its postings stand there too, its weight, documents, shortest and longest
document, largest weight, first and last document, and where its postings begin and how long they are."""
_ABOUT = np.dtype("u1, >f4, >u4, u1, u1, >f4, >u4, >u4, >i8, >i4")
"""The same of many terms."""
_extent = Struct("!qi")


class TermStats(NamedTuple):
    """A term's weight in all documents that hold it, how many they are, and the first and last of them."""

    weight: float
    documents: int
    first: int
    last: int


def encoded(postings: TermPostings, lengths: bytes) -> bytes:
    """Return the blocks of a posting list; `lengths` has a byte for each of its documents."""
    _, ids, weights, values, _ = postings
    if len(ids) == 1:
        return _of_one(ids[0], weights[0], values, lengths[0])
    if len(ids) <= _BLOCK:
        return b"".join((_MAGIC, *_block(ids, weights, values, lengths, True)))
    out = [_MAGIC]
    for begin in range(0, len(ids), _BLOCK):
        end = begin + _BLOCK
        out += _block(
            ids[begin:end], weights[begin:end], values and values[begin:end], lengths[begin:end], end >= len(ids)
        )
    return b"".join(out)


def encoded_all(lists: PostingLists, lengths: bytes) -> list[bytes]:
    """Return the same of many posting lists; `lengths` has a byte for each of their postings."""
    bounds = lists.bounds.tolist()
    some = (lengths[begin:end] for begin, end in pairwise(bounds))
    return [*map(encoded, lists.each(), some)]


def about(postings: TermPostings, lengths: bytes, at: int, size: int) -> bytes:
    """Return what the dictionary says of a term whose posting list begins at `at` and has `size` bytes."""
    ids, weights = postings.ids, postings.weights
    spread = min(lengths), max(lengths), max(weights), ids[0], ids[-1]
    return _about.pack(0, sum(weights), len(ids), *spread, at, size)


def about_all(lists: PostingLists, lengths: NDArray[np.uint8], at: int, sizes: NDArray[np.int64]) -> list[bytes]:
    """Return the same of many terms; the first posting list begins at `at`. Each posting has its document's length."""
    begins, weights = lists.bounds[:-1], lists.weights
    said = np.zeros(len(begins), _ABOUT)
    columns = (
        0,
        np.add.reduceat(weights, begins, dtype=np.float64),
        lists.counts,
        np.minimum.reduceat(lengths, begins),
        np.maximum.reduceat(lengths, begins),
        np.maximum.reduceat(weights, begins),
        lists.ids[begins],
        lists.ids[lists.bounds[1:] - 1],
        at + np.cumsum(sizes) - sizes,
        sizes,
    )
    for name, column in zip(_ABOUT.names or (), columns, strict=True):
        said[name] = column
    content, size = said.tobytes(), said.itemsize
    return [content[begin : begin + size] for begin in range(0, len(content), size)]


def statistics(said: bytes) -> TermStats:
    """Return what the dictionary says of a term's postings taken together."""
    _, weight, count, _, _, _, first, last, _, _ = _about.unpack_from(said)
    return TermStats(weight, count, first, last)


def extent(said: bytes) -> tuple[int, int] | None:
    """Return where a term's posting list begins and how long it is; None where it stands in the dictionary itself."""
    return None if said[0] else _extent.unpack_from(said, _about.size - _extent.size)


def inlined(said: bytes) -> tuple[Any, Any, Any]:
    """Return (ids, weights, values) that stand in the dictionary itself."""
    ids, weights, values = safe_pickle.loads(said[_about.size - _extent.size :])
    return (ids[0], *map(sub, ids[1:], ids)), weights, values


def decoded(content: bytes) -> Iterator[tuple[Any, Any, Any]]:
    """Yield (steps from id to id, weights, values) of each block of a term's postings."""
    if content[:4] != _MAGIC:
        raise ValueError("no postings here")
    at, last_id, is_last = 4, 0, False
    while not is_last:
        (length,) = _length.unpack_from(content, at)
        at, is_last, length = at + _length.size, length < 0, abs(length)
        file = BytesIO(content[at : at + length])
        count, block_end, _, is_compressed, *_ = safe_pickle.load(file)
        data = file.read()
        (first, *steps), weights, values = safe_pickle.loads(zlib.decompress(data) if is_compressed else data)
        if weights is None or isinstance(weights, float):
            weights = (1.0 if weights is None else weights,) * count
        yield (first - last_id, *steps), weights, values or (b"",) * count
        at, last_id = at + length, block_end


def _of_one(document: int, weight: float, values: Sequence[bytes] | None, length: int) -> bytes:
    """Return the only block of a list of one posting: half of all terms have no more."""
    data, level = _compressed(((document,), _fewer((weight,)), values and tuple(values)))
    info = _info(1, document, weight, level, length, length)
    return b"".join((_MAGIC, _length.pack(-len(info) - len(data)), info, data))


def _block(
    ids: Sequence[int], weights: Sequence[float], values: Sequence[bytes] | None, lengths: bytes, is_last: bool
) -> tuple[bytes, bytes, bytes]:
    deltas = (ids[0], *map(sub, ids[1:], ids))
    data, level = _compressed((deltas, _fewer(weights), values and tuple(values)))
    info = _info(len(ids), ids[-1], max(weights), level, min(lengths), max(lengths))
    size = len(info) + len(data)
    return _length.pack(-size if is_last else size), info, data


def _compressed(postings: tuple[Any, ...]) -> tuple[bytes, int]:
    """Return postings as they are written, and how strongly they are compressed."""
    data = pickle.dumps(postings, _PICKLE)
    return (zlib.compress(data, _ZLIB_LEVEL), _ZLIB_LEVEL) if len(data) >= _WORTH_COMPRESSING else (data, 0)


@lru_cache(2**14)
def _info(count: int, last: int, weight: float, level: int, shortest: int, longest: int) -> bytes:
    """Return what is said of a block: the same of all words that stand once, and in one document alone."""
    return pickle.dumps((count, last, weight, level, shortest, longest), 2)


def _fewer(weights: Sequence[float]) -> float | tuple[float, ...] | None:
    """Write one weight where all are equal, and none where that is 1."""
    if weights.count(weights[0]) < len(weights):
        return tuple(weights)
    return None if weights[0] == 1.0 else weights[0]
