"""Measure the ranking with each BM25F constant varied alone, over sets of judged queries.

    python benchmarks/quality/ranking.py SET... [--index FOLDER] [--only K1 B ...]

A SET is a folder with ``corpus.jsonl``, ``queries.jsonl`` and ``qrels.tsv``; it is indexed into
FOLDER (by default a temporary one), or used as it is indexed there. Prints a table to stdout:
nDCG@10 of each set for each value, the one in use marked with ``*``. docs/reference/ranking.md
quotes it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from multiprocessing import get_context
from pathlib import Path

from searchkit import Articles, Index, bm25
from searchkit.evaluation import evaluate, read_qrels, read_queries

CHOICES: dict[str, Sequence[float]] = {
    "K1": (0.6, 0.9, 1.0, 1.1, 1.2, 1.5, 2.0),
    "B": (0.3, 0.45, 0.6, 0.75, 0.9),
    "COARSE_WEIGHT": (0.0, 0.3, 0.4, 0.5, 0.6, 0.75),
    "EXACT_WEIGHT": (0.0, 0.1, 0.2, 0.3, 0.5, 1.0),
    "FUNCTION_WORD_WEIGHT": (0.0, 0.1, 0.2, 0.3, 0.5, 1.0),
    "TITLE_BOOST": (0.0, 2.0, 3.0, 4.0, 8.0, 16.0),
    "TITLE_COVERAGE_WEIGHT": (0.0, 0.5, 1.0, 1.5, 2.0, 3.0),
}
"""The values to measure for each constant in `searchkit.bm25`."""


def ndcg(index: Path, folder: Path, constant: str, value: float) -> float:
    """Return nDCG@10 of a set with another value of a constant.

    It is measured in a process of its own, where nothing is cached that depends on the constant.
    """
    with get_context("spawn").Pool(1) as child:
        return child.apply(_ndcg, (index, folder, constant, value))


def _ndcg(index: Path, folder: Path, constant: str, value: float) -> float:
    setattr(bm25, constant, value)
    with Index.open(index) as opened:
        found = evaluate(opened, read_queries(folder / "queries.jsonl"), read_qrels(folder / "qrels.tsv"))
    return float(found["nDCG@10"])


def indexed(folder: Path, indexes: Path) -> Path:
    """Return the index of a set, after indexing it if necessary."""
    path = indexes / folder.name
    with Index.open(path) as index:
        index.update(Articles([folder / "corpus.jsonl"]))
    return path


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="+", metavar="SET")
    parser.add_argument("--index", type=Path, metavar="FOLDER")
    parser.add_argument("--only", nargs="+", choices=CHOICES, default=list(CHOICES))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        indexes = {folder: indexed(folder, arguments.index or Path(temporary)) for folder in arguments.sets}
        print("| constant | value |", *(f"{folder.name} |" for folder in indexes))
        print("|---|---|", "---|" * len(indexes), sep="")
        for constant in arguments.only:
            for value in CHOICES[constant]:
                mark = "*" if value == getattr(bm25, constant) else ""
                figures = [f"{ndcg(index, folder, constant, value):.4f} |" for folder, index in indexes.items()]
                print(f"| {constant} | {value}{mark} |", *figures)
                sys.stdout.flush()


if __name__ == "__main__":
    main()
