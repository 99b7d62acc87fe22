"""Measure questions that are asked for the first time, by stage of the search.

    python benchmarks/speed/new_questions.py kk_kazqad_dev/corpus.jsonl \
        --queries kk_kazqad_dev/queries.jsonl [--index FOLDER]

A fresh process reads the files of the index once, so that they are in the page cache, opens it, and
asks each of 300 questions three times. Prints milliseconds of processor time as JSON: p50 and p95
of each round and, in the first, of its stages, and the first question alone, which reads tables.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from statistics import mean, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from passages import read_queries

from searchkit import Document, Index
from searchkit.engines.whoosh.search.searcher import WhooshSearcher
from searchkit.highlighting.highlighter import Highlighter
from searchkit.understanding.rewriter import QueryRewriter

HITS = 10
ROUNDS = ("new", "asked again", "third time")
STAGES: dict[str, Sequence[tuple[type, str]]] = {
    "understanding": ((QueryRewriter, "__call__"), (WhooshSearcher, "words")),
    "ranking": ((WhooshSearcher, "rank"),),
    "locating": ((WhooshSearcher, "statistics"), (WhooshSearcher, "locate")),
    "snippets": ((Highlighter, "__init__"), (Highlighter, "mark")),
}
"""The methods that a search spends its time in."""


class StageClock:
    """Sums the processor time of the stages; a stage inside another counts for the outer one."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._is_running = False

    def watch(self) -> None:
        """Time the methods of all stages from now on."""
        for stage, methods in STAGES.items():
            for owner, name in methods:
                setattr(owner, name, self._timed(stage, getattr(owner, name)))

    @contextmanager
    def time(self, stage: str) -> Iterator[None]:
        """Add the time of a block to a stage."""
        began, self._is_running = time.process_time(), True
        try:
            yield
        finally:
            self.spent[stage] += (time.process_time() - began) * 1000
            self._is_running = False

    def _timed(self, stage: str, method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def timed(*arguments: Any, **options: Any) -> Any:
            if self._is_running:
                return method(*arguments, **options)
            with self.time(stage):
                return method(*arguments, **options)

        return timed


def ask(folder: Path, questions: Sequence[str]) -> dict[str, Any]:
    """Ask all questions in rounds, and return the figures."""
    for file in folder.rglob("*"):
        if file.is_file():
            file.read_bytes()
    clock = StageClock()
    clock.watch()
    with Index.open(folder) as index:
        index.rank("")
        rounds = [[_times(index, question, clock) for question in questions] for _ in ROUNDS]
    new = rounds[0]
    found = {name: _percentiles([each["all"] for each in times]) for name, times in zip(ROUNDS, rounds, strict=True)}
    stages = {stage: _percentiles([each.get(stage, 0.0) for each in new[1:]]) for stage in STAGES}
    return {"questions": len(questions), **found, "stages": stages, "first": _rounded(new[0])}


def _times(index: Index, question: str, clock: StageClock) -> dict[str, float]:
    clock.spent.clear()
    began = time.process_time()
    index.search(question, limit=HITS)
    return {"all": (time.process_time() - began) * 1000, **clock.spent}


def _percentiles(times: Sequence[float]) -> dict[str, float]:
    cuts = quantiles(times, n=20)
    return _rounded({"p50": cuts[9], "p95": cuts[18], "mean": mean(times)})


def _rounded(times: dict[str, float]) -> dict[str, float]:
    return {name: round(taken, 2) for name, taken in times.items()}


def build(corpus: Sequence[Path], folder: Path) -> None:
    """Index the passages of JSON lines, titles included."""
    with Index.open(folder) as index:
        index.update(_document(json.loads(line)) for path in corpus for line in path.open(encoding="utf-8"))


def _document(passage: dict[str, str]) -> Document:
    return Document(id=passage["_id"], title=passage.get("title", ""), text=passage["text"])


def sample(paths: Sequence[Path], count: int) -> list[str]:
    """Return different questions of the files in an order that is the same in every run."""
    questions = sorted(set(read_queries(paths)))
    random.Random(1).shuffle(questions)
    return questions[:count]


def main() -> None:
    """Build the index if it is not there, and ask in a fresh process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="+", type=Path, help="JSON lines with id, title and text")
    parser.add_argument("--queries", nargs="+", type=Path, required=True, help="JSON lines with text")
    parser.add_argument("--count", type=int, default=300, help="how many questions")
    parser.add_argument("--index", type=Path, help="where to keep the index; an existing one is only searched")
    parser.add_argument("--ask", action="store_true", help=argparse.SUPPRESS)  # the fresh process
    options = parser.parse_args()
    if options.ask:
        print(json.dumps(ask(options.index, sample(options.queries, options.count)), indent=1))
        return
    with TemporaryDirectory() as work:
        folder = options.index or Path(work) / "index"
        if not folder.exists():
            build(options.corpus, folder)
        again = [] if options.index else ["--index", str(folder)]
        subprocess.run([sys.executable, *sys.argv, *again, "--ask"], check=True)


if __name__ == "__main__":
    main()
