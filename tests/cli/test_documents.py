"""The verbs delete and export."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from tests.cli.conftest import sentence
from tests.conftest import Run
from tests.readers.formats.books.made_books import fb2

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
    assert rows[0] == RECORDS[0] | {"tags": "көпір, жол", "parts": ""}
    assert [row["text"] for row in rows] == [record["text"] for record in RECORDS]
    (tmp_path / "all.csv").write_text(exported.stdout, "utf-8")
    assert run("index", "all.csv", "--index", "other").stdout.startswith("added 2,")
    again = [json.loads(line) for line in run("export", "--index", "other").stdout.splitlines()]
    assert [line["id"] for line in again] == ["https://el.kz/1", "all.csv#2"]
    assert again[0] | {"path": ""} == json.loads(run("export").stdout.splitlines()[0])


def test_exports_of_all_kinds_of_articles_are_read_as_they_were_written(run: Run, tmp_path: Path) -> None:
    """Times of day, parts, and text that looks like mark-up."""
    book = "<section><title><p>{0}</p></title><p>Көпір {0}.</p></section>"
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.fb2").write_bytes(fb2(book.format("Бірінші") + book.format("Екінші")))
    (tmp_path / "in" / "b.eml").write_text(
        "Subject: Bridge\nDate: Mon, 12 Sep 2022 10:00:00 +0600\n\nThe tag &amp;lt;b&amp;gt; is <b>.", "utf-8"
    )
    run("index", "in")
    exported = run("export").stdout
    lines = [json.loads(line) | {"path": ""} for line in exported.splitlines()]
    assert {len(lines[0]["parts"]), lines[1]["date"]} == {2, "2022-09-12T10:00"}
    (tmp_path / "all.csv").write_text(run("export", "--format", "csv").stdout, "utf-8")
    run("index", "-", "--index", "other", text=exported)
    assert [json.loads(line) for line in run("export", "--index", "other").stdout.splitlines()] == lines
    run("index", "all.csv", "--index", "third")
    again = [json.loads(line) for line in run("export", "--index", "third").stdout.splitlines()]
    assert [line | {"path": "", "id": line["id"].partition("#")[2]} for line in again] == lines


def test_an_export_that_somebody_spoilt_is_told(run: Run) -> None:
    index_records(run)
    line = json.loads(run("export").stdout.splitlines()[0])
    spoilt = [{**line, "parts": 7}, {**line, "title": ["a"]}, {**line, "parts": "[{"}, line]
    result = run("index", "-", "--index", "other", text="\n".join(map(json.dumps, spoilt)))
    assert result.stdout.startswith("added 1,")
    assert "line 1" in result.stderr


def test_export_without_an_index(run: Run) -> None:
    assert "there is no index" in sentence(run("export"))
    assert run("export", "--format", "xml").returncode == 2
