"""Measure throughput and latency of ``searchkit serve`` under load, on this machine alone.

    python benchmarks/speed/load.py kk_kazqad_dev/corpus.jsonl --queries kk_kazqad_dev/queries.jsonl

First the library and one connection run the same queries in turn; then several connections send a
mix of requests; then the same again while another process indexes new articles.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import math
import os
import random
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from archive import articles, read_source
from passages import read_queries

from searchkit import Index

HOST = "127.0.0.1"
_SHARES = {"/api/search?q={}": 6, "/?q={}": 3, "/api/suggest?q={}": 2, "/feed?q={}": 1}
"""The parts of the mix, by URL."""
_ROUNDS = 4
_TIMEOUT = 30.0
"""Seconds after which a server counts as dead."""


@dataclass
class Figures:
    """The figures of one load."""

    times: list[float] = field(default_factory=list)
    """Milliseconds of each response."""
    statuses: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0

    def summary(self) -> dict[str, float]:
        """Return counts, rate and percentiles for printing."""
        errors = sum(count for status, count in self.statuses.items() if status != 200)
        rate = round(len(self.times) / self.seconds, 1) if self.seconds else 0.0
        return {"requests": len(self.times), "requests/s": rate, "errors": errors} | percentiles(self.times)


def percentiles(times: Sequence[float]) -> dict[str, float]:
    """Return the percentiles 50, 95 and 99 of some times."""
    ordered = sorted(times)
    return {
        f"p{share}": round(ordered[min(len(ordered) * share // 100, len(ordered) - 1)], 2) for share in (50, 95, 99)
    }


class Connection:
    """A keep-alive connection, as a browser has."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def open(self) -> None:
        """Open the connection."""
        self._reader, self._writer = await asyncio.open_connection(HOST, self._port)

    async def get(self, address: str) -> int:
        """Send a request, read the whole response, and return its status."""
        self._writer.write(f"GET {address} HTTP/1.1\r\nHost: {HOST}\r\nAccept-Language: kk\r\n\r\n".encode())
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = next(line for line in head.split("\r\n") if line.startswith("content-length:"))
        await self._reader.readexactly(int(length.partition(":")[2]))
        return int(head.split(" ", 2)[1])


async def load(port: int, addresses: Sequence[str], connections: int, seconds: float) -> Figures:
    """Send requests over several connections without pauses for `seconds`."""
    figures = Figures()
    began = time.perf_counter()

    async def send(seed: int) -> None:
        connection, mixed = Connection(port), list(addresses)
        random.Random(seed).shuffle(mixed)
        await connection.open()
        for address in cycle(mixed):
            start = time.perf_counter()
            if start - began > seconds:
                return
            figures.statuses[await connection.get(address)] += 1
            figures.times.append((time.perf_counter() - start) * 1000)

    await asyncio.gather(*(send(seed) for seed in range(connections)))
    figures.seconds = time.perf_counter() - began
    return figures


async def one_by_one(port: int, index: Index, queries: Sequence[str]) -> dict[str, dict[str, float]]:
    """Run the same queries on the library and on a server, in turn.

    Both so meet the same load of the machine. The shortest time of each query counts: longer ones
    waited for something else.
    """
    connection = Connection(port)
    await connection.open()
    library = served = [math.inf] * len(queries)
    for _ in range(_ROUNDS):
        library = list(map(min, library, [_milliseconds(index.search, query) for query in queries]))
        answered = [await _request_ms(connection, f"/api/search?q={quote(query)}") for query in queries]
        served = list(map(min, served, answered))
    return {"library": percentiles(library), "/api/search": percentiles(served)}


async def _request_ms(connection: Connection, address: str) -> float:
    start = time.perf_counter()
    await connection.get(address)
    return (time.perf_counter() - start) * 1000


def _milliseconds(work: Callable[[str], object], query: str) -> float:
    start = time.perf_counter()
    work(query)
    return (time.perf_counter() - start) * 1000


@contextmanager
def server(index: Path, workers: int) -> Iterator[int]:
    """Serve an index; yields the port."""
    with socket.create_server((HOST, 0)) as listening:
        port = int(listening.getsockname()[1])
    command = ["-m", "searchkit", "serve", "--index", str(index), "--port", str(port), "--workers", str(workers)]
    process = subprocess.Popen([sys.executable, *command], stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait(_TIMEOUT)


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + _TIMEOUT
    while time.monotonic() < deadline:
        try:
            socket.create_connection((HOST, port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server does not answer")


@contextmanager
def indexing(index: Path, corpus: Sequence[Path], folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Index new articles in a process beside, more than fit into the time."""
    feed = folder / "more.jsonl"
    with feed.open("w", encoding="utf-8") as file:
        for article in articles(read_source(corpus), 30_000):
            file.write(json.dumps(article, ensure_ascii=False) + "\n")
    command = ["-m", "searchkit", "index", str(feed), "--index", str(index), "--workers", "1"]
    process = subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    """Index, serve, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="+", type=Path, help="JSON lines with title and text")
    parser.add_argument("--queries", nargs="+", type=Path, required=True, help="JSON lines with text")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=30.0, help="duration of each load")
    options = parser.parse_args()
    queries = read_queries(options.queries)
    addresses = [shape.format(quote(q)) for q in queries for shape, share in _SHARES.items() for _ in range(share)]
    figures: dict[str, object] = {"cores": os.cpu_count()}
    with TemporaryDirectory() as name:
        folder, index = Path(name), Path(name) / "index"
        command = ["-m", "searchkit", "index", *map(str, options.corpus), "--index", str(index)]
        subprocess.run([sys.executable, *command], check=True, stdout=sys.stderr)
        with server(index, workers=1) as port, Index.open(index) as opened:
            figures["one connection, ms"] = asyncio.run(one_by_one(port, opened, queries))
        with server(index, options.workers) as port:
            once = load(port, addresses, options.connections, options.seconds)
            figures["load, ms"] = asyncio.run(once).summary()
            with indexing(index, options.corpus, folder):
                again = load(port, addresses, options.connections, options.seconds)
                figures["load during indexing, ms"] = asyncio.run(again).summary()
    json.dump(figures, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
