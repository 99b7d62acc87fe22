"""Run a day of an archive in minutes: articles arrive, change and go, while people search.

    python benchmarks/robustness/soak.py [--minutes 3]

Prints, for each tenth of the time, memory, open files, segments, bytes on disk, and the slowest
commit and search, as JSON lines. The last line lists the problems: growth, or damage of the index;
the exit code is 1 if there are any.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from searchkit import Document, Index
from searchkit.engines.whoosh.engine import WhooshEngine

ARTICLES = 2_000
"""Articles in the index at any time, roughly."""
WORDS = (
    "мектеп ауыл тасқын әкім халық заң жол қала су егін денсаулық мұғалім қаржы баға "
    "школа посёлок паводок аким народ закон дорога город вода урожай здоровье учитель деньги цена"
).split()
QUERIES = ("тасқын", "школа в городе", '"әкім халық"', "мек*", "date:2024", "закон -вода")
PARTS = 10
GROWTH = 1.3
"""The largest ratio of the last parts to the third, with warm caches, that counts as flat."""


class SmallMemory(WhooshEngine):
    """An engine with a small cache: one that is soon full cannot hide unbounded growth."""

    memory = 2**23


@dataclass(frozen=True, slots=True)
class Part:
    """Figures of one part of the time."""

    memory_mb: float
    files: int
    segments: int
    disk_mb: float
    commits: int
    slowest_commit_ms: float
    searches: int
    slowest_search_ms: float


def main() -> None:
    """Run for the given minutes, and report problems."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--minutes", type=float, default=3)
    minutes = arguments.parse_args().minutes
    with tempfile.TemporaryDirectory() as folder, Index.open(Path(folder) / "index", SmallMemory) as index:
        parts = []
        for part in _parts(index, Path(folder), minutes * 60 / PARTS):
            print(json.dumps(asdict(part)), flush=True)
            parts.append(part)
        problems = [*_growth(parts), *index.verify()]
    print(json.dumps({"problems": problems}, ensure_ascii=False))
    sys.exit(bool(problems))


def _parts(index: Index, folder: Path, seconds: float) -> Iterator[Part]:
    randomness = random.Random(1)
    index.update(_article(n, randomness) for n in range(ARTICLES))
    next_id = ARTICLES
    for _ in range(PARTS):
        commits, searches, until = [], [], time.monotonic() + seconds
        while time.monotonic() < until:
            arriving = [_article(next_id + n, randomness) for n in range(randomness.choice((1, 1, 1, 20)))]
            changed = [_article(randomness.randrange(next_id - ARTICLES, next_id), randomness) for _ in range(2)]
            next_id += len(arriving)
            commits.append(_timed(lambda: index.update([*arriving, *changed])))  # noqa: B023
            searches += [_timed(lambda: index.search(query)) for query in QUERIES]  # noqa: B023
            if len(commits) % 20 == 0:
                commits.append(_timed(lambda: _prune(index, next_id)))  # noqa: B023
        yield Part(
            memory_mb=_memory(),
            files=len(os.listdir("/proc/self/fd")),  # noqa: PTH208
            segments=index.stats().segments,
            disk_mb=round(sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 2**20, 1),
            commits=len(commits),
            slowest_commit_ms=max(commits),
            searches=len(searches),
            slowest_search_ms=max(searches),
        )


def _prune(index: Index, next_id: int) -> None:
    """Remove all but the newest articles."""

    class Kept(list[Document]):
        failures = ()

        def covers(self, id_: str, _: str) -> bool:
            return int(id_) < next_id - ARTICLES

    index.update(Kept(), prune_all=True)


def _article(id_: int, randomness: random.Random) -> Document:
    text = " ".join(randomness.choices(WORDS, k=200)) + f" {id_ % 1000}."
    return Document(id=str(id_), title=" ".join(randomness.choices(WORDS, k=6)), text=text, date="2024-05-06")


def _timed(work: object) -> float:
    began = time.perf_counter()
    work()  # type: ignore[operator]
    return round((time.perf_counter() - began) * 1000, 1)


def _memory() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return round(pages * os.sysconf("SC_PAGESIZE") / 2**20, 1)


def _growth(parts: list[Part]) -> Iterator[str]:
    for name in ("memory_mb", "files", "segments", "disk_mb"):
        before, after = (max(getattr(part, name) for part in some) for some in (parts[2:5], parts[-3:]))
        if after > before * GROWTH + 2:
            yield f"{name} grew from {before} to {after}"


if __name__ == "__main__":
    main()
