"""The vectors of an index: files beside its generations, for one model each.

A rebuild or a merge leaves them alone. They are found by the digest of what was embedded, so that
articles that are indexed again, renamed or copied keep theirs.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from searchkit.errors import IndexWarning
from searchkit.meaning.vector_file import VectorTable
from searchkit.storage import durable_files

_SUFFIX = ".vec"
_SCANNED = 1_000
"""How many windows the scan of signs hands to the exact comparison."""
_SAMPLE = 50_000
"""Vectors that the mean is taken of, at most."""
_BYTES_AT_ONCE = 1 << 23


class Window(NamedTuple):
    """The window of an article that is most like a question."""

    cosine: float
    start: int
    end: int


class VectorStore:
    """The vectors that one model gave the articles of one index: a snapshot."""

    def __init__(self, folder: Path, fingerprint: str) -> None:
        self._folder, self._fingerprint = folder, fingerprint
        self._files = self._listed()

    def __len__(self) -> int:
        """Return the number of windows."""
        return len(self._table.windows)

    def is_current(self) -> bool:
        """Whether no file was added or replaced since."""
        return self._files == self._listed()

    def key_of(self, digests: NDArray[Any]) -> dict[int, int]:
        """Return the key of the text of each document that has vectors, by digest."""
        documents = self._documents
        at = np.searchsorted(documents["digest"], digests)
        at = np.minimum(at, max(len(documents) - 1, 0))
        known = documents["digest"][at] == digests if len(documents) else np.zeros(len(digests), bool)
        return dict(zip(digests[known].tolist(), documents["key"][at[known]].tolist(), strict=True))

    def has_text(self, key: int) -> bool:
        """Whether the text of a key has vectors."""
        keys = self._keys
        at = int(np.searchsorted(keys, np.uint64(key)))
        return at < len(keys) and int(keys[at]) == key

    def best_windows(self, question: NDArray[Any], keys: Iterable[int]) -> dict[int, Window]:
        """Return by key the window of each text that is most like a question."""
        sought = np.array(sorted(set(keys)), np.uint64)
        starts, ends = np.searchsorted(self._keys, sought), np.searchsorted(self._keys, sought, "right")
        rows = [self._order[start:end] for start, end in zip(starts, ends, strict=True)]
        return self._best_of(question, np.concatenate(rows) if rows else np.empty(0, np.int64))

    def nearest(self, question: NDArray[Any], limit: int) -> dict[int, Window]:
        """Return by key the best windows of the `limit` texts that are most like a question."""
        if not len(self):
            return {}
        distances = self._distances(np.packbits(question > self._mean))
        rows = np.argpartition(distances, min(_SCANNED, len(distances)) - 1)[:_SCANNED]
        best = sorted(self._best_of(question, rows).items(), key=lambda each: -each[1].cosine)
        return dict(best[:limit])

    def add(self, table: VectorTable) -> None:
        """Write a file of further vectors."""
        durable_files.make_folder(self._folder)
        numbers = [int(path.stem.rpartition("-")[2]) for path in self._paths()]
        table.write(self._folder / f"{self._fingerprint}-{max(numbers, default=0) + 1:06}{_SUFFIX}")

    def merge(self, digests: Sequence[int]) -> None:
        """Make one file of all, without the vectors of articles that are gone."""
        old = self._paths()
        table = VectorTable.joined([table for path in old if (table := _read(path))])
        kept = table.only(np.array(digests, np.uint64))
        if len(old) > 1 or len(kept.documents) < len(table.documents):
            self.add(kept)
            for path in old:
                path.unlink(missing_ok=True)

    @cached_property
    def _table(self) -> VectorTable:
        tables = [table for path, *_ in self._files if (table := _read(Path(path)))]
        return VectorTable.joined(tables)

    @cached_property
    def _documents(self) -> NDArray[Any]:
        """The documents, sorted by digest."""
        return np.sort(self._table.documents, order="digest")

    @cached_property
    def _order(self) -> NDArray[Any]:
        return np.argsort(self._table.windows["key"], kind="stable")

    @cached_property
    def _keys(self) -> NDArray[Any]:
        """The keys of windows, sorted."""
        keys: NDArray[Any] = self._table.windows["key"][self._order]
        return keys

    @cached_property
    def _mean(self) -> NDArray[Any]:
        """The mean of all vectors, or of a sample of them.

        All vectors of a model share most of their direction: only what differs from it tells them
        apart.
        """
        step = -(-len(self) // _SAMPLE)
        scales = self._table.windows["scale"][::step, np.newaxis]
        return np.asarray((self._table.values[::step] * scales).mean(axis=0), np.float32)

    @cached_property
    def _signs(self) -> NDArray[Any]:
        """One bit for each dimension of each window: whether it is above the mean."""
        step = max(1, _BYTES_AT_ONCE // len(self._mean))
        scales = self._table.windows["scale"][:, np.newaxis]
        parts = [slice(at, at + step) for at in range(0, len(self), step)]
        return np.concatenate(
            [np.packbits(self._table.values[part] * scales[part] > self._mean, axis=1) for part in parts]
        )

    def _distances(self, question: NDArray[Any]) -> NDArray[Any]:
        """Return in how many signs each window differs from a question."""
        signs, step = self._signs, max(1, _BYTES_AT_ONCE // len(question))
        parts = (np.bitwise_count(signs[at : at + step] ^ question) for at in range(0, len(signs), step))
        return np.concatenate([part.sum(axis=1, dtype=np.int16) for part in parts])

    def _best_of(self, question: NDArray[Any], rows: NDArray[Any]) -> dict[int, Window]:
        windows = self._table.windows[rows]
        cosines = (self._table.values[rows] @ question.astype(np.float32)) * windows["scale"]
        best: dict[int, Window] = {}
        for at in np.argsort(cosines):
            window = windows[at]
            best[int(window["key"])] = Window(float(cosines[at]), int(window["start"]), int(window["end"]))
        return best

    def _paths(self) -> list[Path]:
        return sorted(self._folder.glob(f"{self._fingerprint}-*{_SUFFIX}"))

    def _listed(self) -> list[tuple[str, int, int]]:
        statuses = [(path, path.stat()) for path in self._paths()]
        return [(str(path), status.st_size, status.st_mtime_ns) for path, status in statuses]


def forget(folder: Path, digests: Sequence[int]) -> None:
    """Keep only the vectors of documents with these digests, whichever model made them."""
    for fingerprint in {path.stem.rpartition("-")[0] for path in folder.glob(f"*{_SUFFIX}")}:
        VectorStore(folder, fingerprint).merge(digests)


def short(digest: str) -> int:
    """Return the first 64 bits of a digest in hexadecimal."""
    return int(digest[:16], 16)


def _read(path: Path) -> VectorTable | None:
    """Return the table in a file; a damaged one is told, and left out."""
    try:
        return VectorTable.read(path)
    except (OSError, ValueError):
        warnings.warn(f"{path} is damaged; delete it, and run: searchkit embed", IndexWarning, stacklevel=1)
        return None
