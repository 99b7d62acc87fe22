"""Measure the time to add or replace one article in a large index, in one long-running process.

Usage: python benchmarks/speed/updates.py 50000 kk_kazqad_dev/corpus.jsonl
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from archive import Source, articles, read_source

from searchkit import Document, Index


class Update(NamedTuple):
    """The cost of one update, and the number of segments after it."""

    wall: float
    """Milliseconds."""
    cpu: float
    """Milliseconds."""
    segments: int


def documents(source: Source, count: int, seed: int = 1) -> Iterator[Document]:
    """Yield generated articles."""
    return (Document(**article) for article in articles(source, count, seed))


def updates(source: Source, size: int, count: int) -> Iterator[Document]:
    """Yield new articles and replacements of the first `size` articles, by turns."""
    randomness = random.Random(3)
    for number, article in enumerate(articles(source, count, seed=2)):
        id_ = f"new{number}" if number % 2 else f"a{randomness.randrange(size)}"
        yield Document(**(article | {"id": id_}))


def measure(index: Index, documents: Iterator[Document]) -> Iterator[Update]:
    """Commit articles one at a time and yield the cost of each."""
    for document in documents:
        wall, cpu = time.perf_counter(), time.process_time()
        index.update([document])
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        yield Update(wall * 1000, cpu * 1000, index.stats().segments)


def summary(measured: Sequence[Update]) -> dict[str, object]:
    """Return percentiles of all but the first update, which reads the dictionaries."""
    rest = measured[1:]
    return {
        "updates": len(rest),
        "first ms": round(measured[0].wall, 1),
        "wall ms": _percentiles([update.wall for update in rest]),
        "cpu ms": _percentiles([update.cpu for update in rest]),
        "segments": _percentiles([update.segments for update in rest]),
    }


def _percentiles(values: Sequence[float]) -> dict[str, float]:
    ordered = sorted(values)
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    return {name: round(ordered[int(len(ordered) * share)], 1) for name, share in shares.items()} | {
        "max": round(ordered[-1], 1)
    }


def main() -> None:
    """Make an index, update it, print percentiles."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("size", type=int, help="articles in the index before")
    parser.add_argument("corpus", nargs="+", type=Path, help="JSON lines with title and text")
    parser.add_argument("--updates", type=int, default=1_000)
    parser.add_argument("--index", type=Path, help="an index of these articles, made before; a copy is updated")
    options = parser.parse_args()
    source = read_source(options.corpus)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "index"
        if options.index:
            shutil.copytree(options.index, path)
        else:
            with Index.open(path) as index:
                index.update(documents(source, options.size), workers=2)
        with Index.open(path) as index:
            measured = list(measure(index, updates(source, options.size, options.updates)))
    json.dump(summary(measured), sys.stdout, indent=1)


if __name__ == "__main__":
    main()
