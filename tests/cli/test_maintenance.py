"""The verbs stats, verify and evaluate."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import sentence
from tests.conftest import Run


def test_stats_and_verify(run: Run, index: Path) -> None:
    found = json.loads(run("stats", "--index", index, "--json").stdout)
    assert set(found) == {"documents", "segments", "terms", "bytes", "languages", "last_commit"}
    assert found["documents"] >= 40
    assert f"documents: {found['documents']}\n" in run("stats", "--index", index).stdout
    assert run("verify", "--index", index).stdout == "all is well\n"


def test_evaluate(run: Run, index: Path, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text('{"_id": "1", "text": "тасқын"}\n{"_id": "2", "text": "судья"}\n', "utf-8")
    (tmp_path / "r.tsv").write_text("query-id\tcorpus-id\tscore\n1\tkk/01-zhaiyq-tasqyn.txt\t1\n", "utf-8")
    found = json.loads(run("evaluate", "q.jsonl", "r.tsv", "--index", index, "--json").stdout)
    assert list(found) == ["nDCG@10", "MRR@10", "R@100", "queries"]
    assert found["R@100"] == 1.0
    assert found["queries"] == 1


def test_evaluate_with_broken_files(run: Run, index: Path, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text("no json\n", "utf-8")
    (tmp_path / "r.tsv").write_text("1\ta\t1\n", "utf-8")
    assert "q.jsonl, line 1: not a question" in sentence(run("evaluate", "q.jsonl", "r.tsv", "--index", index))
    assert sentence(run("evaluate", "none", "r.tsv", "--index", index)).startswith("none cannot be read")
    (tmp_path / "q.jsonl").write_text('{"_id": "7", "text": "а"}\n', "utf-8")
    assert "relevance judgement" in sentence(run("evaluate", "q.jsonl", "r.tsv", "--index", index))
