"""Evaluation of the ranking: standard measures over queries with relevance judgements (qrels)."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from searchkit.errors import ArticleNotFound, EvaluationError
from searchkit.index import Index
from searchkit.options import Rewrite

DEPTH = 100
"""How many matches of each query are evaluated."""
_DEFAULT_REWRITE = Rewrite()


def evaluate(
    index: Index,
    queries: Iterable[tuple[str, str]],
    qrels: Iterable[tuple[str, str, int]],
    *,
    rewrite: Rewrite = _DEFAULT_REWRITE,
) -> dict[str, Any]:
    """Return nDCG@10, MRR@10 and R@100, averaged over the queries with qrels.

    Args:
        index: The index whose ranking is evaluated.
        queries: The id and the text of each query.
        qrels: The query id, the document id and the relevance of each judgement. The id may be the
            one that the document has in its file.
        rewrite: The steps of query rewriting.

    Returns:
        The measures by name, rounded to four digits, and the number of ``"queries"``.

    Raises:
        EvaluationError: No query has a judgement, one names an article that is several, or the
            extra ``evaluate`` is not installed.
    """
    ir_measures = _library()
    judgements = [ir_measures.Qrel(*qrel) for qrel in _with_full_ids(index, list(qrels))]
    judged_ids = {qrel.query_id for qrel in judgements}
    judged = [(query_id, text) for query_id, text in queries if query_id in judged_ids]
    if not judged:
        raise EvaluationError("not one of the queries has a relevance judgement")
    rankings = ((query_id, index.rank(text, limit=DEPTH, rewrite=rewrite)) for query_id, text in judged)
    run = [
        ir_measures.ScoredDoc(query_id, match.id, -rank)
        for query_id, matches in rankings
        for rank, match in enumerate(matches)
    ]
    measures = {"nDCG@10": ir_measures.nDCG @ 10, "MRR@10": ir_measures.RR @ 10, "R@100": ir_measures.R @ 100}
    values = ir_measures.calc_aggregate(list(measures.values()), judgements, run)
    return {name: round(values[measure], 4) for name, measure in measures.items()} | {"queries": len(judged)}


def _library() -> Any:
    try:
        import ir_measures
    except ImportError as error:
        raise EvaluationError(
            "the library that measures is not installed; install it with: pip install 'searchkit-qazaq[evaluate]'"
        ) from error
    return ir_measures


def _with_full_ids(index: Index, qrels: Sequence[tuple[str, str, int]]) -> Iterator[tuple[str, str, int]]:
    """Yield judgements of documents that they name as a file's records do, under their full ids."""
    try:
        full_ids = index.full_ids({id_ for _, id_, _ in qrels})
    except ArticleNotFound as error:
        raise EvaluationError(f"the judgements are not clear: {error}") from error
    return ((query_id, full_ids.get(id_, id_), relevance) for query_id, id_, relevance in qrels)


def read_queries(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the id and the text of each query in a file.

    `path` has JSON lines ``{"_id", "text"}``.

    Raises:
        EvaluationError: The file cannot be read, or a line is no query.
    """
    for line_number, line in _lines(path):
        try:
            query = json.loads(line)
            yield str(query.get("_id", query.get("id"))), str(query["text"])
        except (ValueError, KeyError, AttributeError) as error:
            message = f'{path}, line {line_number}: not a query of the form {{"_id", "text"}}'
            raise EvaluationError(message) from error


def read_qrels(path: Path) -> Iterator[tuple[str, str, int]]:
    """Yield the query id, document id and relevance of each judgement.

    `path` is a tab-separated file, with or without a heading.

    Raises:
        EvaluationError: The file cannot be read, or a line is no judgement.
    """
    for line_number, line in _lines(path):
        columns = next(csv.reader([line], delimiter="\t"))
        if line_number == 1 and not columns[-1].strip().lstrip("-").isdigit():
            continue
        try:
            query_id, document_id, relevance = columns
            yield query_id, document_id, int(relevance)
        except ValueError as error:
            message = f"{path}, line {line_number}: not a judgement (query, article, relevance)"
            raise EvaluationError(message) from error


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8-sig") as stream:
            for line_number, line in enumerate(stream, 1):
                if line.strip():
                    yield line_number, line.rstrip("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path} cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8'}") from error
