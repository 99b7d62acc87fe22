"""How many requests a server of searchkit answers, and how long each takes, on this machine alone.

python benchmarks/speed/load.py kk_kazqad_dev/corpus.jsonl --questions kk_kazqad_dev/queries.jsonl

First one connection is asked what the library is asked, in turn with it; then several at once ask a mixture; then
the same again while another process indexes articles that are not there yet.
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
from passages import read_questions

from searchkit import Index

HOST = "127.0.0.1"
_SHARES = {"/api/search?q={}": 6, "/?q={}": 3, "/api/suggest?q={}": 2, "/feed?q={}": 1}
"""What the mixture is made of."""
_ROUNDS = 4
_PATIENCE = 30.0
"""Seconds after which a server is taken for dead."""


@dataclass
class Figures:
    """What one load came to."""

    times: list[float] = field(default_factory=list)
    """Milliseconds of each answer."""
    statuses: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0

    def told(self) -> dict[str, float]:
        """Return them as they are printed."""
        errors = sum(count for status, count in self.statuses.items() if status != 200)
        rate = round(len(self.times) / self.seconds, 1) if self.seconds else 0.0
        return {"requests": len(self.times), "requests/s": rate, "errors": errors} | shares(self.times)


def shares(times: Sequence[float]) -> dict[str, float]:
    """Return what half, 95 and 99 in a hundred of some times stay below."""
    ordered = sorted(times)
    return {
        f"p{share}": round(ordered[min(len(ordered) * share // 100, len(ordered) - 1)], 2) for share in (50, 95, 99)
    }


class Connection:
    """One connection that is kept open, as a browser's or a site's."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def open(self) -> None:
        """Connect."""
        self._reader, self._writer = await asyncio.open_connection(HOST, self._port)

    async def get(self, address: str) -> int:
        """Ask, read the whole answer, and return its status."""
        self._writer.write(f"GET {address} HTTP/1.1\r\nHost: {HOST}\r\nAccept-Language: kk\r\n\r\n".encode())
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
        length = next(line for line in head.split("\r\n") if line.startswith("content-length:"))
        await self._reader.readexactly(int(length.partition(":")[2]))
        return int(head.split(" ", 2)[1])


async def load(port: int, addresses: Sequence[str], connections: int, seconds: float) -> Figures:
    """Ask over several connections, each as soon as it has its answer, until the time is over."""
    figures = Figures()
    began = time.perf_counter()

    async def ask(seed: int) -> None:
        connection, mixed = Connection(port), list(addresses)
        random.Random(seed).shuffle(mixed)
        await connection.open()
        for address in cycle(mixed):
            start = time.perf_counter()
            if start - began > seconds:
                return
            figures.statuses[await connection.get(address)] += 1
            figures.times.append((time.perf_counter() - start) * 1000)

    await asyncio.gather(*(ask(seed) for seed in range(connections)))
    figures.seconds = time.perf_counter() - began
    return figures


async def one_by_one(port: int, index: Index, questions: Sequence[str]) -> dict[str, dict[str, float]]:
    """Ask the library and a server the same, in turn, so that both see the same machine.

    Of the times of each question the shortest counts: the longer ones had to wait for something else.
    """
    connection = Connection(port)
    await connection.open()
    library = served = [math.inf] * len(questions)
    for _ in range(_ROUNDS):
        library = list(map(min, library, [_milliseconds(index.search, question) for question in questions]))
        answered = [await _answered(connection, f"/api/search?q={quote(question)}") for question in questions]
        served = list(map(min, served, answered))
    return {"library": shares(library), "/api/search": shares(served)}


async def _answered(connection: Connection, address: str) -> float:
    start = time.perf_counter()
    await connection.get(address)
    return (time.perf_counter() - start) * 1000


def _milliseconds(work: Callable[[str], object], question: str) -> float:
    start = time.perf_counter()
    work(question)
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
        process.wait(_PATIENCE)


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + _PATIENCE
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
    """Index more articles than can be done meanwhile, in batches, at the same time."""
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
    """Index, serve, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", nargs="+", type=Path, help="JSON lines with title and text")
    parser.add_argument("--questions", nargs="+", type=Path, required=True, help="JSON lines with text")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=30.0, help="how long each load lasts")
    options = parser.parse_args()
    questions = read_questions(options.questions)
    addresses = [shape.format(quote(q)) for q in questions for shape, share in _SHARES.items() for _ in range(share)]
    figures: dict[str, object] = {"cores": os.cpu_count()}
    with TemporaryDirectory() as name:
        folder, index = Path(name), Path(name) / "index"
        command = ["-m", "searchkit", "index", *map(str, options.corpus), "--index", str(index)]
        subprocess.run([sys.executable, *command], check=True, stdout=sys.stderr)
        with server(index, workers=1) as port, Index.open(index) as opened:
            figures["one connection, ms"] = asyncio.run(one_by_one(port, opened, questions))
        with server(index, options.workers) as port:
            once = load(port, addresses, options.connections, options.seconds)
            figures["load, ms"] = asyncio.run(once).told()
            with indexing(index, options.corpus, folder):
                again = load(port, addresses, options.connections, options.seconds)
                figures["load during indexing, ms"] = asyncio.run(again).told()
    json.dump(figures, sys.stdout, indent=1)


if __name__ == "__main__":
    main()
