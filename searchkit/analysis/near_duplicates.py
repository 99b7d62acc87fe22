"""Near-duplicates: the same article under another name, or with other menus around it.

A MinHash signature stands for a text: two signatures agree in as many bytes as the texts share of
their runs of four words (shingles; Broder, "On the resemblance and containment of documents",
1997). Similar signatures are found without comparing all pairs (locality-sensitive hashing): cut
into bands of four bytes, two of them agree in one whole band at least. A short text, in which one
word would be too much or too little, is only a duplicate of one with the same words; a very short
one is a duplicate of none.

Documents whose titles differ by a number are no duplicates, however similar their texts: the
weather, the rates and the budgets of another day or year are told in the same words.

The id of a cluster comes from its first document. A later document joins the cluster of the
document that it is most similar to. A document that joins while many come at once draws no others
after it, so that clusters seldom grow by chains of small differences.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import reduce
from hashlib import blake2b, shake_256
from itertools import chain, islice
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from searchkit.document import Document

SIGNATURE_BYTES = 128
"""The length of a signature."""
MIN_SIMILARITY = 0.75
"""The share of equal bytes from which texts are near-duplicates.

It strays by .04 from the share of equal shingles."""
_SHINGLE_WORDS = 4
_SHORT_TEXT = 40
"""Words; a text with fewer is compared as a whole."""
_TINY_TEXT = 6
"""Words; a text with fewer (a caption, a line under a film) is a duplicate of none."""
_BAND = np.dtype(np.uint32)
_FEW = 8
"""New signatures that are still compared one by one with the known ones."""
_SHINGLES_AT_ONCE = 10_000
"""Shingles that are hashed together, which takes 10 MB: a document may be a book."""

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")
# Numbers as good as random ones, and the same on every machine that opens an index.
_RANDOM, _ADDENDS = np.frombuffer(shake_256(b"searchkit").digest(16 * SIGNATURE_BYTES), "<u8").reshape(
    2, SIGNATURE_BYTES, 1
)
_FACTORS = _RANDOM | np.uint64(1)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(32)

Signatures = NDArray[np.uint8]
"""Signatures as rows: `(documents, SIGNATURE_BYTES)`."""
ClusterIds = NDArray[np.uint64]
Band = tuple[int, int]
"""The index of a band in the signature, and its value."""


class KnownSignatures(NamedTuple):
    """The signatures of some documents, a row each, and the ids of their clusters."""

    signatures: Signatures
    clusters: ClusterIds


NO_SIGNATURES = KnownSignatures(np.empty((0, SIGNATURE_BYTES), np.uint8), np.empty(0, np.uint64))


def minhash_signature(document: Document) -> bytes:
    """Return the MinHash signature of a document's text."""
    words = _WORD.finditer(document.text.casefold())
    first = [match[0] for match in islice(words, _SHORT_TEXT)]
    if len(first) < _SHORT_TEXT:
        return _short_signature(document, first)
    hashes = np.fromiter((crc32(word.encode()) for word in chain(first, (match[0] for match in words))), np.uint64)
    seed = crc32(" ".join(_NUMBER.findall(document.title)).encode())
    shingles = np.full(len(hashes) - _SHINGLE_WORDS + 1, seed, np.uint64)
    for word in range(_SHINGLE_WORDS):
        shingles = shingles * _MIX + hashes[word : word + len(shingles)]
        shingles ^= shingles >> _SHIFT
    blocks = [shingles[start : start + _SHINGLES_AT_ONCE] for start in range(0, len(shingles), _SHINGLES_AT_ONCE)]
    minima: NDArray[np.uint64] = reduce(np.minimum, [(block * _FACTORS + _ADDENDS).min(axis=1) for block in blocks])
    return minima.astype(np.uint8).tobytes()


def _short_signature(document: Document, words: list[str]) -> bytes:
    """Return a digest of all words: it equals only that of the same words."""
    title = [document.id] if len(words) < _TINY_TEXT else _WORD.findall(document.title.casefold())
    content = "\0".join(title + words).encode("utf-8", "surrogatepass")
    return blake2b(content, digest_size=SIGNATURE_BYTES // 2).digest() * 2


def assign_clusters(documents: Sequence[Document], signatures: Sequence[bytes], known: KnownSignatures) -> list[int]:
    """Return the cluster id of each new document, given the `known` ones.

    It is that of a known document, of a new one before it, or a new id. `signatures` has one
    signature for each document.
    """
    new = as_rows(signatures)
    near = sharing_a_band(known, new)
    bands = _shared_bands(np.concatenate((near.signatures, new)))
    clusters = _Clusters()
    for row, cluster in zip(near.signatures, near.clusters.tolist(), strict=True):
        clusters.add(row, next(bands), cluster)
    return [
        clusters.assign(row, next(bands), _new_cluster_id(document, row))
        for document, row in zip(documents, new, strict=True)
    ]


def _new_cluster_id(document: Document, row: Signatures) -> int:
    """Return the id of the cluster that a document begins: never 0."""
    return int.from_bytes(blake2b(row.tobytes() + document.id.encode(), digest_size=8).digest()) | 1


def as_rows(signatures: Sequence[bytes]) -> Signatures:
    """Return signatures as the rows of one array."""
    return np.frombuffer(b"".join(signatures), np.uint8).reshape(-1, SIGNATURE_BYTES)


def sharing_a_band(known: KnownSignatures, new: Signatures) -> KnownSignatures:
    """Return the known signatures that share a band with a new one."""
    rows = _rows_sharing_a_band(known.signatures.view(_BAND), new.view(_BAND))
    rows = rows[known.clusters[rows] != 0]
    return KnownSignatures(known.signatures[rows], known.clusters[rows])


def _rows_sharing_a_band(known: NDArray[np.uint32], new: NDArray[np.uint32]) -> NDArray[np.intp]:
    """Return the indexes of known rows that share a band, ascending."""
    if len(new) > _FEW:
        shared = [np.isin(known_band, new_band) for known_band, new_band in zip(known.T, new.T, strict=True)]
        return np.flatnonzero(np.any(shared, axis=0))
    equal = [np.flatnonzero(known == row) // known.shape[1] for row in new]
    return np.unique(np.concatenate([np.empty(0, np.intp), *equal]))


def _shared_bands(rows: Signatures) -> Iterator[list[Band]]:
    """Yield, for each row, its bands that another row has too: mostly none."""
    bands = rows.view(_BAND)
    is_shared = np.zeros(bands.shape, bool)
    for values, marks in zip(bands.T, is_shared.T, strict=True):
        _, value_indexes, counts = np.unique(values, return_inverse=True, return_counts=True)
        marks[:] = counts[value_indexes] > 1
    for row, marks in zip(bands, is_shared, strict=True):
        indexes = np.flatnonzero(marks)
        yield list(zip(indexes.tolist(), row[indexes].tolist(), strict=True))


class _Clusters:
    """Finds the cluster of a document among documents that share a band with it."""

    def __init__(self) -> None:
        self._rows: list[tuple[Signatures, int]] = []
        self._by_band: dict[Band, dict[int, int]] = defaultdict(dict)
        """By band and cluster: the index in `_rows` of a document with that band."""

    def assign(self, row: Signatures, bands: Sequence[Band], new_id: int) -> int:
        """Return the cluster of the most similar document, or begin the cluster `new_id`."""
        near = {index for band in bands for index in self._by_band[band].values()}
        similarity = {index: float(np.mean(self._rows[index][0] == row)) for index in sorted(near)}
        best = max(similarity, key=similarity.__getitem__, default=None)
        if best is not None and similarity[best] >= MIN_SIMILARITY:
            return self._rows[best][1]
        self.add(row, bands, new_id)
        return new_id

    def add(self, row: Signatures, bands: Sequence[Band], cluster: int) -> None:
        """Add a document of a cluster."""
        self._rows.append((row, cluster))
        for band in bands:
            self._by_band[band].setdefault(cluster, len(self._rows) - 1)
