"""How good the ranking is: standard measures over questions with known answers, computed by ir-measures."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from searchkit.errors import EvaluationError
from searchkit.index import Index
from searchkit.options import Rewrite

DEPTH = 100
"""How many hits a question are looked at."""
_DEFAULT_REWRITE = Rewrite()


def evaluate(
    index: Index,
    queries: Iterable[tuple[str, str]],
    qrels: Iterable[tuple[str, str, int]],
    *,
    rewrite: Rewrite = _DEFAULT_REWRITE,
) -> dict[str, Any]:
    """Return nDCG@10, MRR@10 and R@100, averaged over the questions that have judgements.

    `queries` are (query id, text), `qrels` (query id, document id, relevance). Raises `EvaluationError` where no
    question has a judgement.
    """
    import ir_measures
    from ir_measures import RR, R, nDCG

    judged = [ir_measures.Qrel(*qrel) for qrel in qrels]
    wanted = {qrel.query_id for qrel in judged}
    asked = [(query_id, text) for query_id, text in queries if query_id in wanted]
    if not asked:
        raise EvaluationError("not one of the questions has a relevance judgement")
    answers = ((query_id, index.rank(text, limit=DEPTH, rewrite=rewrite)) for query_id, text in asked)
    run = [
        ir_measures.ScoredDoc(query_id, match.id, -place)
        for query_id, matches in answers
        for place, match in enumerate(matches)
    ]
    measures = {"nDCG@10": nDCG @ 10, "MRR@10": RR @ 10, "R@100": R @ 100}
    found = ir_measures.calc_aggregate(list(measures.values()), judged, run)
    return {name: round(found[measure], 4) for name, measure in measures.items()} | {"queries": len(asked)}


def read_queries(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (query id, text) from JSON lines ``{"_id", "text"}``; raises `EvaluationError`."""
    for number, line in _lines(path):
        try:
            query = json.loads(line)
            yield str(query.get("_id", query.get("id"))), str(query["text"])
        except (ValueError, KeyError, AttributeError) as error:
            raise EvaluationError(f'{path}, line {number}: not a question of the form {{"_id", "text"}}') from error


def read_qrels(path: Path) -> Iterator[tuple[str, str, int]]:
    """Yield (query id, document id, relevance) from tab-separated lines, with or without a heading.

    Raises `EvaluationError`.
    """
    for number, line in _lines(path):
        columns = next(csv.reader([line], delimiter="\t"))
        if number == 1 and not columns[-1].strip().lstrip("-").isdigit():
            continue
        try:
            query_id, document_id, relevance = columns
            yield query_id, document_id, int(relevance)
        except ValueError as error:
            raise EvaluationError(f"{path}, line {number}: not a judgement (question, article, relevance)") from error


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        with path.open(encoding="utf-8-sig") as stream:
            for number, line in enumerate(stream, 1):
                if line.strip():
                    yield number, line.rstrip("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path} cannot be read: {getattr(error, 'strerror', None) or 'not UTF-8'}") from error
