"""The verbs stats, verify and evaluate."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from searchkit import Index
from searchkit.errors import EvaluationError
from searchkit.evaluation import evaluate
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


def test_evaluate_takes_the_ids_of_a_file(run: Run, tmp_path: Path) -> None:
    for name, texts in (("corpus", ("Көпір салынды", "Мектеп ашылды")), ("other", ("Мост", "Школа"))):
        lines = [json.dumps({"_id": f"{n}", "text": text}) for n, text in enumerate(texts, 1)]
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), "utf-8")
    (tmp_path / "q.jsonl").write_text('{"_id": "q", "text": "мектептер"}\n', "utf-8")
    (tmp_path / "r.tsv").write_text("q\t2\t1\n", "utf-8")
    run("index", "corpus.jsonl")
    found = json.loads(run("evaluate", "q.jsonl", "r.tsv", "--json").stdout)
    assert (found["nDCG@10"], found["queries"]) == (1.0, 1)
    assert run("show", "2").stdout.startswith("id: corpus.jsonl#2\n")
    assert run("search", "--similar", "2").returncode in (0, 1)
    run("index", "other.jsonl")
    told = "several articles have the id 2 in their files: corpus.jsonl#2, other.jsonl#2; name one in full"
    assert sentence(run("show", "2")) == told
    assert sentence(run("evaluate", "q.jsonl", "r.tsv")) == f"the judgements are not clear: {told}"
    (tmp_path / "r.tsv").write_text("q\tcorpus.jsonl#2\t1\n", "utf-8")
    assert json.loads(run("evaluate", "q.jsonl", "r.tsv", "--json").stdout)["nDCG@10"] == 1.0


def test_evaluate_with_broken_files(run: Run, index: Path, tmp_path: Path) -> None:
    (tmp_path / "q.jsonl").write_text("no json\n", "utf-8")
    (tmp_path / "r.tsv").write_text("1\ta\t1\n", "utf-8")
    assert "q.jsonl, line 1: not a query" in sentence(run("evaluate", "q.jsonl", "r.tsv", "--index", index))
    assert sentence(run("evaluate", "none", "r.tsv", "--index", index)).startswith("none cannot be read")
    (tmp_path / "q.jsonl").write_text('{"_id": "7", "text": "а"}\n', "utf-8")
    assert "relevance judgement" in sentence(run("evaluate", "q.jsonl", "r.tsv", "--index", index))


def test_evaluate_without_its_library_names_the_extra(archive: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ir_measures", None)
    with pytest.raises(EvaluationError, match=r"pip install 'searchkit-qazaq\[evaluate\]'$"):
        evaluate(archive, [("1", "тасқын")], [("1", "kk/01-zhaiyq-tasqyn.txt", 1)])
