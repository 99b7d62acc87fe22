"""Compare searchkit with other systems: one run, one machine, the same texts and terms.

    python benchmarks/speed/compare.py CORPUS.jsonl... --queries QUERIES.jsonl...
        [--scales 1 4 16] [--plot FILE.svg]

Both files are JSON lines with ``text``. Prints JSON to stdout and tables to stderr: latency of six
kinds of queries (milliseconds, p50 and p95 over 100 queries) for a newly opened index (cold) and
for queries that have been run before (warm, the median of three runs); indexing speed in documents
a second; index size. Every system runs in a process of its own. ``docs/performance.md`` explains
more.

The other systems: pip install 'searchkit-qazaq[bench]'. Systems that are not installed are skipped.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import platform
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from passages import UNIT, Passage, QueryGenerator, TestQuery, passage_of, read_documents, read_queries, repeated
from peers import PEERS
from systems import MEMORY, AllCores, BareScorer, NewQueries, Ranking, Searchkit, System

from searchkit import Document

SYSTEMS: Sequence[type[System]] = (Searchkit, AllCores, NewQueries, Ranking, BareScorer, *PEERS)
PASSES = 3
"""Warm runs of every query."""
Figures = dict[str, Any]


def write_passages(documents: Iterable[Document], file: Path) -> float:
    """Analyse documents into a file and return the seconds taken.

    No process then holds all of them.
    """
    began = time.perf_counter()
    with file.open("wb") as out:
        for document in documents:
            pickle.dump(passage_of(document), out)
    return time.perf_counter() - began


def read_passages(file: Path) -> Iterator[Passage]:
    """Yield the passages from a file of `write_passages`."""
    with file.open("rb") as stream:
        while stream.peek(1):
            yield pickle.load(stream)


def measure_building(system: System, passages: Path, folder: Path, count: int) -> Figures:
    """Index all passages; the time for reading the file is subtracted."""
    began = time.perf_counter()
    sum(1 for _ in read_passages(passages))
    reading = time.perf_counter() - began
    began = time.perf_counter()
    system.build(read_passages(passages))
    took = time.perf_counter() - began - reading
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    return {"documents/s": round(count / took), "index MB": round(size / 2**20, 1), "building peak MB": _peak_mb()}


def measure_searching(system: System, queries: Sequence[TestQuery]) -> Figures:
    """Run every query once on the newly opened system, then several times more."""
    system.open()
    asked = [(query.kind, system.prepare(query)) for query in queries if query.kind not in system.unable]
    times = [[_milliseconds(system, prepared) for _, prepared in asked] for _ in range(1 + PASSES)]
    kinds = [kind for kind, _ in asked]
    warm = [median(each) for each in zip(*times[1:], strict=True)]
    found = {"cold ms": by_kind(kinds, times[0]), "warm ms": by_kind(kinds, warm), "searching peak MB": _peak_mb()}
    hits: Counter[str] = Counter()
    for kind, prepared in asked:
        hits[kind] += len(system.search(prepared))
    return found | {"hits": {kind: hits[kind] / kinds.count(kind) for kind in hits}}


def _milliseconds(system: System, prepared: Any) -> float:
    began = time.perf_counter()
    system.search(prepared)
    return (time.perf_counter() - began) * 1000


def by_kind(kinds: Sequence[str], times: Sequence[float]) -> dict[str, dict[str, float]]:
    """Return p50 and p95 of the times of each kind of query, in milliseconds."""
    found: dict[str, dict[str, float]] = {}
    for kind in dict.fromkeys(kinds):
        cuts = quantiles([taken for of, taken in zip(kinds, times, strict=True) if of == kind], n=20)
        found[kind] = {"p50": round(cuts[9], 3), "p95": round(cuts[18], 3)}
    return found


def _peak_mb() -> int:
    """Return this process's peak memory in MB, on Linux; getrusage may report the parent's."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


def build(kind: type[System], passages: Path, folder: Path, count: int) -> Figures:
    """Build a system in a process of its own."""
    folder.mkdir()
    return measure_building(kind(folder), passages, folder, count)


def search(kind: type[System], folder: Path, queries: Sequence[TestQuery]) -> Figures:
    """Search a system in a process that has not built it."""
    return measure_searching(kind(folder), queries)


def in_process(work: Any, *arguments: Any) -> Figures:
    """Run `work` in a new process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def compare(systems: Sequence[type[System]], passages: Path, count: int, queries: Sequence[TestQuery]) -> Figures:
    """Return the figures of each system at one scale."""
    found: Figures = {}
    built: dict[str, Figures] = {}
    with tempfile.TemporaryDirectory() as work:
        for system in systems:
            if count > system.largest:
                continue
            folder = Path(work) / system.store
            print(f"{count} passages: {system.name}", file=sys.stderr)
            try:
                if system.store not in built:
                    built[system.store] = in_process(build, system, passages, folder, count)
                found[system.name] = built[system.store] | in_process(search, system, folder, queries)
            except ImportError as error:
                print(f"skipped: {error.name} is not installed", file=sys.stderr)
    return found


def table(scale: Figures) -> Iterator[str]:
    """Yield the lines of a Markdown table of one scale, p50 / p95."""
    kinds = list(next(iter(scale["systems"].values()))["warm ms"])
    columns = [*kinds, "cold: four words", "documents/s", "index MB"]
    yield f"| {scale['passages']:,} passages | {' | '.join(columns)} |"
    yield "|---" * (len(columns) + 1) + "|"
    for name, figures in scale["systems"].items():
        cells = [_cell(figures["warm ms"].get(kind)) for kind in kinds]
        cells += [_cell(figures["cold ms"]["four words"]), f"{figures['documents/s']:,}", f"{figures['index MB']:,}"]
        yield f"| {name} | {' | '.join(cells)} |"


def _cell(times: Mapping[str, float] | None) -> str:
    return (
        " / ".join(f"{times[name]:.2g}" if times[name] < 10 else f"{times[name]:.0f}" for name in times)
        if times
        else "-"
    )


def _options() -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--queries", type=Path, nargs="+", required=True)
    parser.add_argument("--scales", type=float, nargs="+", default=[1, 4, 16], help=f"multiples of {UNIT:,} passages")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="systems whose names start with NAME")
    parser.add_argument("--memory", metavar="MB", default="256", help="size of searchkit's cache")
    parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="draw latency against the number of passages")
    return parser.parse_args()


def main() -> None:
    """Compare at all scales and print."""
    options = _options()
    os.environ[MEMORY] = options.memory
    systems = [system for system in SYSTEMS if not options.only or system.name.startswith(tuple(options.only))]
    documents = read_documents(options.corpus)
    queries = QueryGenerator(read_queries(options.queries), documents).all()
    scales = []
    for count in [round(scale * UNIT) for scale in options.scales]:
        with tempfile.TemporaryDirectory() as work:
            file = Path(work) / "passages"
            seconds = write_passages(repeated(documents, count), file)
            figures = {"passages": count, "analysis documents/s": round(count / seconds)}
            scales.append(figures | {"systems": compare(systems, file, count, queries)})
        print(*table(scales[-1]), sep="\n", file=sys.stderr)
    print(json.dumps({"python": platform.python_version(), "machine": platform.machine(), "scales": scales}, indent=1))
    if options.plot:
        from plot import draw

        draw(scales, options.plot)


if __name__ == "__main__":
    main()
