"""Compare ranking by words and ranking by words and meaning, over sets of judged queries.

    python benchmarks/quality/meaning.py SET... --index FOLDER [--model DIR] [--across] [--weights]

A SET is a folder with ``corpus.jsonl``, ``queries.jsonl`` and ``qrels.tsv``. It is indexed and
embedded in FOLDER, which keeps the vectors for the next time. Prints a table to stdout: nDCG@10 by
words, with meaning, and by vectors alone, and the milliseconds of CPU of a question. With
``--weights``, nDCG@10 for other weights of meaning. docs/reference/meaning.md quotes it.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import ir_measures
import numpy as np

from searchkit import Articles, Index, Rewrite, SearchOptions
from searchkit.evaluation import read_qrels, read_queries
from searchkit.meaning import reranking
from searchkit.meaning.encoder import Encoder
from searchkit.meaning.model_folder import ModelFolder
from searchkit.meaning.vector_store import VectorStore, short

WEIGHTS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
Ranking = Callable[[str], list[tuple[str, float]]]


def opened(folder: Path, indexes: Path, model: Path | None) -> Index:
    """Return the index of a set, after indexing and embedding it if necessary."""
    index = Index.open(indexes / folder.name, model=model)
    index.update(Articles([folder / "corpus.jsonl"]))
    index.embed(report=lambda progress: print(f"\r{progress.done}/{progress.total}", end=""))
    return index


def ranked(index: Index, options: SearchOptions) -> Ranking:
    """Return a function that ranks articles for a question."""
    return lambda question: [(hit.id, hit.score) for hit in index.search(question, limit=10, options=options)]


def by_vectors(index: Index, store: VectorStore, encoder: Encoder) -> Ranking:
    """Return a function that ranks articles by their vectors alone."""
    digests = {short(document.digest): document.id for document in index}
    keys = store.key_of(np.array(list(digests), np.uint64))
    ids = {key: digests[digest] for digest, key in keys.items()}

    def rank(question: str) -> list[tuple[str, float]]:
        nearest = store.nearest(encoder.query_vector(question), 10)
        return [(ids[key], window.cosine) for key, window in nearest.items() if key in ids]

    return rank


def measured(index: Index, folder: Path, rank: Ranking) -> tuple[float, float]:
    """Return nDCG@10 of a ranking, and the median CPU time of a question in milliseconds."""
    qrels = list(read_qrels(folder / "qrels.tsv"))
    full = index.full_ids({id_ for _, id_, _ in qrels})
    judged = [ir_measures.Qrel(query, full.get(id_, id_), relevance) for query, id_, relevance in qrels]
    known = {each.query_id for each in judged}
    times: list[float] = []
    run = list(_run([each for each in read_queries(folder / "queries.jsonl") if each[0] in known], rank, times))
    figures: Any = ir_measures.calc_aggregate([ir_measures.nDCG @ 10], judged, run)
    return float(figures[ir_measures.nDCG @ 10]), median(times) * 1000


def _run(queries: Sequence[tuple[str, str]], rank: Ranking, times: list[float]) -> Iterator[Any]:
    for query_id, text in queries:
        started = time.process_time()
        hits = rank(text)
        times.append(time.process_time() - started)
        yield from (ir_measures.ScoredDoc(query_id, id_, score) for id_, score in hits)


def print_rows(folder: Path, index: Index, indexes: Path, model: Path | None, across: bool) -> None:
    """Print a line for each way to rank the articles of a set."""
    encoder = Encoder(ModelFolder.find(model))
    store = VectorStore(indexes / folder.name / "vectors", encoder.fingerprint)
    rewrite = Rewrite(translations=across)
    rankings = {
        "words": ranked(index, SearchOptions(rewrite, collapse_duplicates=False)),
        "words and meaning": ranked(index, SearchOptions(rewrite, collapse_duplicates=False, meaning=True)),
        "vectors alone": by_vectors(index, store, encoder),
    }
    for name, rank in rankings.items():
        ndcg, milliseconds = measured(index, folder, rank)
        print(
            f"| {folder.name}{' --across' if across else ''} | {name} | {ndcg:.4f} | {milliseconds:.1f} |", flush=True
        )


def print_weights(folder: Path, index: Index, across: bool) -> None:
    """Print a line for each weight of meaning."""
    options = SearchOptions(Rewrite(translations=across), collapse_duplicates=False, meaning=True)
    for weight in WEIGHTS:
        reranking.MEANING_WEIGHT = weight
        ndcg, milliseconds = measured(index, folder, ranked(index, options))
        print(f"| {folder.name} | weight {weight} | {ndcg:.4f} | {milliseconds:.1f} |", flush=True)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", type=Path, nargs="+", metavar="SET")
    parser.add_argument("--index", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--model", type=Path, metavar="DIR")
    parser.add_argument("--across", action="store_true")
    parser.add_argument("--weights", action="store_true")
    arguments = parser.parse_args()
    print("| set | ranking | nDCG@10 | ms of CPU |\n|---|---|---|---|")
    for folder in arguments.sets:
        with opened(folder, arguments.index, arguments.model) as index:
            if arguments.weights:
                print_weights(folder, index, arguments.across)
            else:
                print_rows(folder, index, arguments.index, arguments.model, arguments.across)


if __name__ == "__main__":
    main()
