"""How well questions are answered that are typed as people type them: nDCG@10 with and without repair.

    python benchmarks/quality/spelling.py INDEX QRELS.tsv QUERIES.jsonl [QUERIES.VARIANT.jsonl ...]

Each line of the table is one file of questions over the same index and judgements: how many questions are told to be
understood otherwise, and how long repair takes a question when it is asked first and when its words are remembered
(median CPU milliseconds). What comes out is JSON, a file a line.
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
    """An index that searches words as they are typed."""

    def rank(self, query: str | Query, *, limit: int = 10, rewrite: Rewrite = Rewrite.NONE) -> Any:
        """Rank without repair."""
        return super().rank(query, limit=limit, rewrite=replace(rewrite, spelling=False))


def milliseconds(repair: Callable[[Query], object], questions: Sequence[Query]) -> float:
    """Return the median CPU time that repair takes a question."""
    times = []
    for question in questions:
        began = time.process_time_ns()
        repair(question)
        times.append((time.process_time_ns() - began) / 1e6)
    return round(median(times), 3)


def measured(folder: Path, qrels: Path, queries: Path) -> dict[str, Any]:
    """Return one line of the table."""
    questions = [parse(text) for _, text in read_queries(queries)]
    repair = SpellingCorrector(WhooshEngine(IndexFolder(folder).current()).searcher().words())
    indexes = {"as typed": AsTyped, "repaired": Index}
    scores = {
        name: evaluate(kind.open(folder), read_queries(queries), read_qrels(qrels))["nDCG@10"]
        for name, kind in indexes.items()
    }
    told = sum(bool(repair(question).corrections) for question in questions)
    fresh = SpellingCorrector(repair.dictionary)
    first, again = milliseconds(fresh, questions), milliseconds(fresh, questions)
    return {"questions": queries.name, **scores, "told": told, "ms first": first, "ms again": again}


def main() -> None:
    """Measure what the command line names, and print it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("qrels", type=Path)
    parser.add_argument("queries", type=Path, nargs="+")
    options = parser.parse_args()
    for queries in options.queries:
        print(json.dumps(measured(options.index, options.qrels, queries)), flush=True)


if __name__ == "__main__":
    main()
