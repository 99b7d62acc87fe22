"""The verbs delete and export."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from tests.cli.conftest import sentence
from tests.conftest import Run

RECORDS = [
    {
        "id": "https://el.kz/1", "title": "Көпір", "text": "Бірінші жол.\nЕкінші; \"жол\".", "language": "kk",
        "date": "2022-09-15", "source": "El.kz", "author": "Әсел Нұр", "office": "тілші", "url": "https://el.kz/1",
        "path": "", "tags": ["көпір", "жол"],
    },
    {"id": "2", "title": "Мост", "text": "=1+1 \u202eкапля", "language": "ru"},
]  # fmt: skip


def index_records(run: Run) -> None:
    """Index the records from standard input, so that they keep their ids."""
    result = run("index", "-", text="\n".join(map(json.dumps, RECORDS)))
    assert result.returncode == 0, result.stderr


def test_delete(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Тақырып\n\nМәтін.", "utf-8")
    run("index", "a.txt")
    result = run("delete", "a.txt", "--purge")
    assert (result.returncode, result.stdout) == (0, "deleted 1\n")
    assert "indexing them again brings them back: 1" in result.stderr
    assert run("search", "мәтін").returncode == 1
    assert sentence(run("delete", "a.txt")) == "a.txt: no article has this id"
    assert "delete takes the ID" in sentence(run("delete"))
    assert run("delete", "--purge").returncode == 0
    found = json.loads(run("delete", "x", "--json").stdout)
    assert (found["removed"], found["failures"]) == (0, [{"path": "x", "error": "no article has this id"}])
    assert "there is no index" in sentence(run("delete", "x", "--index", "none"))
    assert not (tmp_path / "none").exists()


def test_exported_lines_are_indexed_as_they_were(run: Run) -> None:
    index_records(run)
    exported = run("export")
    lines = [json.loads(line) for line in exported.stdout.splitlines()]
    assert [{name: line[name] for name in record} for line, record in zip(lines, RECORDS, strict=True)] == RECORDS
    assert "\u202e" not in exported.stdout
    again = run("index", "-", "--index", "other", text=exported.stdout)
    assert again.stdout.startswith("added 2,")
    assert run("export", "--index", "other").stdout == exported.stdout


def test_an_exported_table_is_read_again(run: Run, tmp_path: Path) -> None:
    index_records(run)
    exported = run("export", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(exported.stdout)))
    assert rows[0] == RECORDS[0] | {"tags": "көпір, жол"}
    assert [row["text"] for row in rows] == [record["text"] for record in RECORDS]
    (tmp_path / "all.csv").write_text(exported.stdout, "utf-8")
    assert run("index", "all.csv", "--index", "other").stdout.startswith("added 2,")
    again = [json.loads(line) for line in run("export", "--index", "other").stdout.splitlines()]
    assert [line["id"] for line in again] == ["https://el.kz/1", "all.csv#2"]
    assert again[0] | {"path": ""} == json.loads(run("export").stdout.splitlines()[0])


def test_export_without_an_index(run: Run) -> None:
    assert "there is no index" in sentence(run("export"))
    assert run("export", "--format", "xml").returncode == 2
