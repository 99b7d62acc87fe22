"""How long one article takes to be added or replaced in a large index, by one process that stays.

python benchmarks/speed/updates.py 50000 kk_kazqad_dev/corpus.jsonl
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
    """What one update took and left behind."""

    wall: float
    """Milliseconds."""
    cpu: float
    segments: int


def documents(source: Source, count: int, seed: int = 1) -> Iterator[Document]:
    """Yield generated articles."""
    return (Document(**article) for article in articles(source, count, seed))


def updates(source: Source, size: int, count: int) -> Iterator[Document]:
    """Yield articles one half of which is new, and the other takes the place of one of the first `size` articles."""
    chance = random.Random(3)
    for number, article in enumerate(articles(source, count, seed=2)):
        id_ = f"new{number}" if number % 2 else f"a{chance.randrange(size)}"
        yield Document(**(article | {"id": id_}))


def measured(index: Index, incoming: Iterator[Document]) -> Iterator[Update]:
    """Commit articles one at a time."""
    for document in incoming:
        wall, cpu = time.perf_counter(), time.process_time()
        index.update([document])
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        yield Update(wall * 1000, cpu * 1000, segments(index))


def segments(index: Index) -> int:
    """Count the segments of the newest commit."""
    return len(index._generations.searcher().segments)  # type: ignore[attr-defined]


def summary(found: Sequence[Update]) -> dict[str, object]:
    """Return percentiles of all but the first update, which reads the dictionaries."""
    rest = found[1:]
    return {
        "updates": len(rest),
        "first ms": round(found[0].wall, 1),
        "wall ms": _percentiles([update.wall for update in rest]),
        "cpu ms": _percentiles([update.cpu for update in rest]),
        "segments": _percentiles([update.segments for update in rest]),
    }


def _percentiles(values: Sequence[float]) -> dict[str, float]:
    ordered = sorted(values)
    places = {"p50": 0.5, "p95": 0.95, "p99": 0.99}
    return {name: round(ordered[int(len(ordered) * at)], 1) for name, at in places.items()} | {
        "max": round(ordered[-1], 1)
    }


def main() -> None:
    """Make an index, update it, print what that took."""
    parser = argparse.ArgumentParser(description=__doc__)
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
            found = list(measured(index, updates(source, options.size, options.updates)))
    json.dump(summary(found), sys.stdout, indent=1)


if __name__ == "__main__":
    main()
