"""Measure how many of the articles offered as similar belong together with one.

    python benchmarks/quality/similar.py [--pages SET] [--groups SET] [--twins SET] [--articles 300]

Of a SET for ``--pages``, passages of one page of an encyclopedia belong together: those whose ids
are alike up to the first underscore. Of a SET for ``--groups``, five passages that follow each
other do. In a SET for ``--twins``, a query is the translation of the passage that it asks for. All
are read without titles, which would tell too much. The bundled articles come with pairs of a person
(``tests/searching/similar.txt``). Prints recall among the first six (of pairs: the first four) and
the median processor time.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from searchkit import Articles, Document, Index

ROOT = Path(__file__).parents[2]
SHOWN = 6
"""Similar articles that the page offers."""

Kin = Mapping[str, frozenset[str]]
"""The articles that belong together with each article."""


def lines_of(path: Path) -> list[dict[str, str]]:
    """Return the records of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def document(record: Mapping[str, str]) -> Document:
    """Return a record as a document without a title."""
    return Document(id=record["_id"], text=record["text"])


def kin_of(groups: Iterable[Iterable[str]]) -> Kin:
    """Return the others of each member's group."""
    kept = (frozenset(group) for group in groups)
    return {member: group - {member} for group in kept if len(group) > 1 for member in group}


def pages(folder: Path) -> tuple[list[Document], Kin]:
    """Return the passages of a set, and those of one page."""
    documents, groups = [document(each) for each in lines_of(folder / "corpus.jsonl")], defaultdict(list)
    for each in documents:
        groups[each.id.split("_")[0]].append(each.id)
    return documents, kin_of(groups.values())


def groups_of_five(folder: Path) -> tuple[list[Document], Kin]:
    """Return the passages of a set, and the five among which each stands."""
    documents = sorted((document(each) for each in lines_of(folder / "corpus.jsonl")), key=lambda each: each.id)
    return documents, kin_of([each.id for each in documents[n : n + 5]] for n in range(0, len(documents), 5))


def twins(folder: Path) -> tuple[list[Document], Kin]:
    """Return the passages and the queries of a set, each query with its passage."""
    documents = [document(each) for name in ("corpus", "queries") for each in lines_of(folder / f"{name}.jsonl")]
    with (folder / "qrels.tsv").open(encoding="utf-8") as judged:
        pairs = [(row["query-id"], row["corpus-id"]) for row in csv.DictReader(judged, delimiter="\t")]
    return documents, kin_of(pairs)


def recall(index: Index, kin: Kin, count: int, shown: int) -> tuple[float, float]:
    """Return the mean recall over a sample of articles, and the median time in milliseconds."""
    sample = random.Random(0).sample(sorted(kin), min(count, len(kin)))
    found, times = [], []
    for id_ in sample:
        started = time.process_time()
        hits = {hit.id for hit in index.similar(id_, limit=shown)}
        times.append(1000 * (time.process_time() - started))
        found.append(len(hits & kin[id_]) / min(len(kin[id_]), shown))
    return statistics.mean(found), statistics.median(times)


def bundled() -> Kin:
    """Return the pairs that a person has put together."""
    text = (ROOT / "tests" / "searching" / "similar.txt").read_text("utf-8")
    kin: dict[str, frozenset[str]] = {}
    for line in text.splitlines():
        if not line.startswith("#") and "|" in line:
            article, sibling = (part.strip() for part in line.split("|"))
            kin[article] = kin.get(article, frozenset()) | {sibling}
    return kin


def main() -> None:
    """Print a line for each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    readers: dict[str, Callable[[Path], tuple[list[Document], Kin]]] = {
        "pages": pages, "groups": groups_of_five, "twins": twins,
    }  # fmt: skip
    for name in readers:
        parser.add_argument(f"--{name}", type=Path, action="append", default=[])
    parser.add_argument("--articles", type=int, default=300, help="articles that are asked of each set")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, Index.open(folder) as index:
        index.update(Articles([str(ROOT / "corpus")]))
        report("bundled pairs", recall(index, bundled(), arguments.articles, 4))
    for name, read in readers.items():
        for path in getattr(arguments, name):
            with tempfile.TemporaryDirectory() as folder, Index.open(folder) as index:
                documents, kin = read(path)
                index.update(documents)
                report(f"{name} {path.name}", recall(index, kin, arguments.articles, SHOWN))


def report(name: str, figures: tuple[float, float]) -> None:
    """Print the figures of one set."""
    print(f"{name:30} recall {figures[0]:.3f}   {figures[1]:6.1f} ms", flush=True)


if __name__ == "__main__":
    main()
