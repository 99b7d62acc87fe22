"""The same article again, under another name or with other menus around it: copies are put together in groups.

A sketch stands for a text: two texts have as many equal places in their sketches as they share of their runs of four
words (MinHash; Broder, "On the resemblance and containment of documents", 1997). Sketches that are alike are found
without comparing all: cut into bands of four places, such two agree in one whole band at least. A short text, in which
one word would be too much or too little, is only a copy of one with the same words; a very short one is nobody's copy.

What differs by a number in its title is no copy, however alike its text: the weather, the rates and the budgets of
another day or year are put in the same words.

A group is known by a number that its first article gives it; an article that comes later joins the group of the one
that it is most like. What joins while many articles come at once draws no others after it, so that groups seldom grow
by chains of small differences.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import reduce
from hashlib import blake2b, shake_256
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from searchkit.document import Document

PLACES = 128
"""The length of a sketch in bytes."""
ALIKE = 0.75
"""The share of equal places from which on texts are copies. It strays by .04 from what the texts really share."""
_RUN = 4
_SHORT = 40
"""Words; a text with fewer is compared as a whole."""
_NOTHING_SAID = 6
"""Words; a text with fewer (a caption, a line under a film) is nobody's copy."""
_BAND = np.dtype(np.uint32)
_FEW = 8
"""New sketches with which the others are compared one by one."""
_AT_ONCE = 10_000
"""Runs of words, which take 10 MB: an article may be a book."""

_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+")
# Numbers as good as random ones, and the same wherever an index goes.
_ANY, _ADDED = np.frombuffer(shake_256(b"searchkit").digest(16 * PLACES), "<u8").reshape(2, PLACES, 1)
_FACTORS = _ANY | np.uint64(1)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(32)

Signatures = NDArray[np.uint8]
Groups = NDArray[np.uint64]
Band = tuple[int, int]
"""Which part of a sketch it is, and what stands there."""


class KnownSignatures(NamedTuple):
    """The sketches of some documents, a row each, and the groups that they are in."""

    sketches: Signatures
    groups: Groups


NOTHING = KnownSignatures(np.empty((0, PLACES), np.uint8), np.empty(0, np.uint64))


def sketch(document: Document) -> bytes:
    """Return the sketch of a document's text."""
    words = _WORD.findall(document.text.casefold())
    if len(words) < _SHORT:
        return _of_a_short_text(document, words)
    hashes = np.fromiter([crc32(word.encode()) for word in words], np.uint64, len(words))
    runs = np.full(len(words) - _RUN + 1, crc32(" ".join(_NUMBER.findall(document.title)).encode()), np.uint64)
    for place in range(_RUN):
        runs = runs * _MIX + hashes[place : place + len(runs)]
        runs ^= runs >> _SHIFT
    blocks = [runs[start : start + _AT_ONCE] for start in range(0, len(runs), _AT_ONCE)]
    least: NDArray[np.uint64] = reduce(np.minimum, [(block * _FACTORS + _ADDED).min(axis=1) for block in blocks])
    return least.astype(np.uint8).tobytes()


def _of_a_short_text(document: Document, words: list[str]) -> bytes:
    title = [document.id] if len(words) < _NOTHING_SAID else _WORD.findall(document.title.casefold())
    return blake2b("\0".join(title + words).encode("utf-8", "surrogatepass"), digest_size=PLACES // 2).digest() * 2


def grouped(documents: Sequence[Document], sketches: Sequence[bytes], known: KnownSignatures) -> list[int]:
    """Return the group of each of some new documents: that of a known one, or of one before it, or one of its own."""
    new = together(sketches)
    near = sharing_a_band(known, new)
    bands = _shared_bands(np.concatenate((near.sketches, new)))
    firsts = _Firsts()
    for row, group in zip(near.sketches, near.groups.tolist(), strict=True):
        firsts.add(row, next(bands), group)
    return [firsts.group(row, next(bands), _own(document, row)) for document, row in zip(documents, new, strict=True)]


def _own(document: Document, row: Signatures) -> int:
    """Return a number for the group that a document begins."""
    return int.from_bytes(blake2b(row.tobytes() + document.id.encode(), digest_size=8).digest()) | 1


def together(sketches: Sequence[bytes]) -> Signatures:
    """Return sketches as rows."""
    return np.frombuffer(b"".join(sketches), np.uint8).reshape(-1, PLACES)


def sharing_a_band(known: KnownSignatures, new: Signatures) -> KnownSignatures:
    """Leave of what is known what may be like something new."""
    rows = _sharing(known.sketches.view(_BAND), new.view(_BAND))
    rows = rows[known.groups[rows] != 0]
    return KnownSignatures(known.sketches[rows], known.groups[rows])


def _sharing(old: NDArray[np.uint32], new: NDArray[np.uint32]) -> NDArray[np.intp]:
    """Return which old rows have a band in common with a new one, in ascending order."""
    if len(new) > _FEW:
        return np.flatnonzero(np.any([np.isin(had, has) for had, has in zip(old.T, new.T, strict=True)], axis=0))
    equal = [np.flatnonzero(old == row) // old.shape[1] for row in new]
    return np.unique(np.concatenate([np.empty(0, np.intp), *equal]))


def _shared_bands(rows: Signatures) -> Iterator[list[Band]]:
    """Yield, for each row, those of its bands that another row has too: mostly none."""
    bands = rows.view(_BAND)
    shared = np.zeros(bands.shape, bool)
    for column, mark in zip(bands.T, shared.T, strict=True):
        _, which, counts = np.unique(column, return_inverse=True, return_counts=True)
        mark[:] = counts[which] > 1
    for row, mark in zip(bands, shared, strict=True):
        places = np.flatnonzero(mark)
        yield list(zip(places.tolist(), row[places].tolist(), strict=True))


class _Firsts:
    """The first articles of groups, found by the bands of their sketches."""

    def __init__(self) -> None:
        self._rows: list[tuple[Signatures, int]] = []
        self._with: dict[Band, dict[int, int]] = defaultdict(dict)
        """By a band: of each group that has it, an article that has it too."""

    def group(self, row: Signatures, bands: Sequence[Band], own: int) -> int:
        """Return the group of the article that is most like this one; if there is none, it begins its own."""
        near = {number for band in bands for number in self._with[band].values()}
        likeness = {number: float(np.mean(self._rows[number][0] == row)) for number in sorted(near)}
        best = max(likeness, key=likeness.__getitem__, default=None)
        if best is not None and likeness[best] >= ALIKE:
            return self._rows[best][1]
        self.add(row, bands, own)
        return own

    def add(self, row: Signatures, bands: Sequence[Band], group: int) -> None:
        """Add an article of a group."""
        self._rows.append((row, group))
        for band in bands:
            self._with[band].setdefault(group, len(self._rows) - 1)
