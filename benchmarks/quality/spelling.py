"""Measure nDCG@10 of queries with typing errors, with and without spelling correction.

    python benchmarks/quality/spelling.py INDEX QRELS.tsv QUERIES.jsonl [QUERIES.VARIANT.jsonl ...]

Prints a JSON line for each file of queries, over the same index and judgements: nDCG@10 of both,
the number of queries that are corrected, and the median CPU milliseconds of correction for a new
query and for one whose words are cached.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from searchkit import Index, Query, Rewrite, parse
from searchkit.engines.whoosh.engine import WhooshEngine
from searchkit.evaluation import evaluate, read_qrels, read_queries
from searchkit.storage.index_folder import IndexFolder
from searchkit.understanding.spelling.corrector import SpellingCorrector


class AsTyped(Index):
    """An index that ranks queries without spelling correction."""

    def rank(self, query: str | Query, *, limit: int = 10, rewrite: Rewrite = Rewrite.NONE) -> Any:
        """Rank without spelling correction."""
        return super().rank(query, limit=limit, rewrite=replace(rewrite, spelling=False))


def milliseconds(correct: Callable[[Query], object], queries: Sequence[Query]) -> float:
    """Return the median CPU time of correcting a query, in milliseconds."""
    times = []
    for query in queries:
        began = time.process_time_ns()
        correct(query)
        times.append((time.process_time_ns() - began) / 1e6)
    return round(median(times), 3)


def measure(folder: Path, qrels: Path, queries: Path) -> dict[str, Any]:
    """Return the figures of one file of queries."""
    parsed = [parse(text) for _, text in read_queries(queries)]
    corrector = SpellingCorrector(WhooshEngine(IndexFolder(folder).current()).searcher().words())
    indexes = {"as typed": AsTyped, "repaired": Index}
    scores = {
        name: evaluate(kind.open(folder), read_queries(queries), read_qrels(qrels))["nDCG@10"]
        for name, kind in indexes.items()
    }
    corrected = sum(bool(corrector(query).corrections) for query in parsed)
    fresh = SpellingCorrector(corrector.dictionary)
    first, again = milliseconds(fresh, parsed), milliseconds(fresh, parsed)
    return {"queries": queries.name, **scores, "corrected": corrected, "ms first": first, "ms again": again}


def main() -> None:
    """Measure the files of the command line and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("qrels", type=Path)
    parser.add_argument("queries", type=Path, nargs="+")
    options = parser.parse_args()
    for queries in options.queries:
        print(json.dumps(measure(options.index, options.qrels, queries)), flush=True)


if __name__ == "__main__":
    main()
