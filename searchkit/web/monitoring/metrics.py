"""Counts and times of requests, and the age of the index, as Prometheus reads them.

Each process counts its own requests: the label ``process`` tells them apart.
"""

from __future__ import annotations

import os
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from fastapi import APIRouter, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from searchkit.storage.index_folder import IndexFolder
from searchkit.web.index_service import IndexService

BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Upper bounds of the histogram of times, in seconds."""
_FORMAT = "text/plain; version=0.0.4; charset=utf-8"
_OTHER = "other"
"""The path of requests that no route answers: there may be any number of them."""


class RequestMetrics:
    """Counts the requests of one process, by route and status, and measures their time."""

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, int]] = Counter()
        self._buckets: dict[str, list[int]] = {}
        self._seconds: defaultdict[str, float] = defaultdict(float)

    def add(self, path: str, status: int, seconds: float) -> None:
        """Count a request."""
        self._requests[path, status] += 1
        buckets = self._buckets.setdefault(path, [0] * (len(BUCKETS) + 1))
        buckets[bisect_left(BUCKETS, seconds)] += 1
        self._seconds[path] += seconds

    def lines(self) -> Iterator[str]:
        """Yield the lines of all counts."""
        yield from _heading("searchkit_requests_total", "counter", "Requests by route and status.")
        for (path, status), count in sorted(self._requests.items()):
            yield f"searchkit_requests_total{{{_labels(path=path, status=status)}}} {count}"
        yield from _heading("searchkit_request_seconds", "histogram", "Time until the end of an answer.")
        for path in sorted(self._buckets):
            yield from self._histogram(path)

    def _histogram(self, path: str) -> Iterator[str]:
        so_far = 0
        for bound, count in zip((*map(str, BUCKETS), "+Inf"), self._buckets[path], strict=True):
            so_far += count
            yield f"searchkit_request_seconds_bucket{{{_labels(path=path, le=bound)}}} {so_far}"
        yield f"searchkit_request_seconds_sum{{{_labels(path=path)}}} {self._seconds[path]:.6f}"
        yield f"searchkit_request_seconds_count{{{_labels(path=path)}}} {so_far}"


class Measured:
    """Measures the requests that an application answers."""

    def __init__(self, app: ASGIApp, metrics: RequestMetrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and count it when it is answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, started = 0, time.perf_counter()

        async def send_and_see(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self._app(scope, receive, send_and_see)
        finally:
            path = getattr(scope.get("route"), "path", _OTHER)
            self._metrics.add(path, status, time.perf_counter() - started)


class MetricsRoute:
    """The route for Prometheus."""

    def __init__(self, service: IndexService, metrics: RequestMetrics, folder: Path) -> None:
        self._service, self._metrics, self._folder = service, metrics, IndexFolder(folder)
        self.router = APIRouter(include_in_schema=False)
        self.router.add_api_route("/metrics", self.metrics, methods=["GET"])

    async def metrics(self) -> Response:
        """Return all figures of this process and of its index."""
        documents = await self._service.run(len)
        lines = (*self._metrics.lines(), *self._index_lines(documents, time.time()))
        return Response("\n".join((*lines, "")), media_type=_FORMAT)

    def _index_lines(self, documents: int, now: float) -> Iterator[str]:
        """Yield the lines of figures of the index."""
        commit = datetime.fromisoformat(self._folder.last_commit()).timestamp()
        figures = {
            "searchkit_index_documents": ("Articles of the index.", documents),
            "searchkit_index_bytes": ("Bytes of its files.", self._folder.size()),
            "searchkit_index_commit_timestamp_seconds": ("When it was last written.", int(commit)),
            "searchkit_index_age_seconds": ("Seconds since then.", max(0, int(now - commit))),
        }
        for name, (about, figure) in figures.items():
            yield from _heading(name, "gauge", about)
            yield f"{name} {figure}"


def _heading(name: str, kind: str, about: str) -> tuple[str, str]:
    return f"# HELP {name} {about}", f"# TYPE {name} {kind}"


def _labels(**labels: object) -> str:
    """Return labels as they stand between braces; no value here needs escapes."""
    return ",".join(f'{name}="{value}"' for name, value in {"process": os.getpid(), **labels}.items())
