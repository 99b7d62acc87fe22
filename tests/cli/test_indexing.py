"""The verb index: counts, sources, failures, tables."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import sentence
from tests.conftest import Run


def test_index_counts(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Тақырып\n\nМәтін.", "utf-8")
    first = run("index", "a.txt")
    assert (first.returncode, first.stderr) == (0, "")
    assert first.stdout == "added 1, changed 0, removed 0, unchanged 0, failed 0\n"
    assert run("index", "a.txt").stdout == "added 0, changed 0, removed 0, unchanged 1, failed 0\n"
    (tmp_path / "a.txt").unlink()
    (tmp_path / "b.txt").write_text("Заголовок\n\nТекст.", "utf-8")
    pruned = run("index", ".", "--prune", "--json")
    assert json.loads(pruned.stdout) == {
        "added": 1, "changed": 0, "removed": 1, "unchanged": 0, "failed": 0, "failures": [], "remarks": {},
        "replaced": [],
    }  # fmt: skip


def test_index_reads_json_lines_from_stdin(run: Run) -> None:
    lines = [{"id": "x", "text": "Мақала."}, {"id": "y", "text": "Статья."}]
    result = run("index", "-", text="\n".join(json.dumps(line) for line in lines))
    assert result.stdout.startswith("added 2,")
    assert json.loads(run("show", "x", "--json").stdout)["text"] == "Мақала."


def test_index_reads_a_list_from_stdin(run: Run) -> None:
    assert run("index", "-", text='[\n{"title": "Мақала"},\n{"title": "Статья"}\n]').stdout.startswith("added 2,")


def test_index_names_each_broken_file_once(run: Run, tmp_path: Path) -> None:
    """No library prints a message of its own."""
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("Тақырып\n\nМәтін.", "utf-8")
    for name in ("b.pdf", "c.docx", "d.html", "e.xml", "f.zip", "g.csv"):
        (tmp_path / "news" / name).write_bytes(b"xx%PDF-1.4 cut")
    result = run("index", "news")
    assert result.returncode == 0
    assert [line.split(":")[1].strip()[:6] for line in result.stderr.splitlines()] == [
        "news/b", "news/c", "news/d", "news/e", "news/f", "news/g",
    ]  # fmt: skip


def test_index_takes_the_names_of_columns(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("head,story\nТақырып,Мәтін\n", "utf-8")
    assert sentence(run("index", "a.csv")).startswith("a.csv: has no column for the text")
    assert run("index", "a.csv", "--columns", "text=story, title=head").stdout.startswith("added 1,")
    assert "--columns takes FIELD=NAME" in sentence(run("index", "a.csv", "--columns", "story"))


def test_index_takes_the_folder_corpus_by_default(run: Run, tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text("Тақырып\n\nМәтін.", "utf-8")
    assert run("index").stdout.startswith("added 1,")
    (tmp_path / "corpus" / "a.txt").write_text("Тақырып\n\nБасқа мәтін.", "utf-8")
    assert run("index", "--rebuild").stdout.startswith("added 1,")


def test_index_goes_on_where_a_file_cannot_be_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("Тақырып\n\nМәтін.", "utf-8")
    (tmp_path / "news" / "b.txt").write_bytes(b"")
    result = run("index", "news", "--json")
    assert sentence(result, 0) == "news/b.txt: is empty"
    assert json.loads(result.stdout)["failures"] == [{"path": "news/b.txt", "error": "is empty"}]
    assert run("search", "мәтін").returncode == 0


def test_index_fails_where_a_named_path_cannot_be_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Тақырып\n\nМәтін.", "utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "c.txt").write_bytes(b"\x00\xff" * 99)
    assert sentence(run("index", "a.txt", "b.txt")) == "b.txt: is empty"
    assert sentence(run("index", "a.txt", "nothing")) == "nothing: no such file or folder"
    assert sentence(run("index", "news")).startswith("news/c.txt: is not text")


def test_a_bad_record_is_told_and_no_error(run: Run, tmp_path: Path) -> None:
    """The exit code is the same whether a file, its folder or standard input is named."""
    (tmp_path / "in").mkdir()
    lines = '{"id": 1, "text": "Көпір"}\nno json\n'
    (tmp_path / "in" / "a.jsonl").write_text(lines, "utf-8")
    (tmp_path / "in" / "b.csv").write_text("id,text\n1,Театр\n2,\n", "utf-8")
    for name in ("in/a.jsonl", "in/b.csv"):
        result = run("index", name)
        assert sentence(result, 0).startswith(f"{name}: ")
        assert result.stdout.startswith("added 1,")
    assert run("index", "in").returncode == 0
    assert sentence(run("index", "-", text=lines), 0) == "-: line 2 is not JSON"
    (tmp_path / "in" / "a.jsonl").write_text("no json\n", "utf-8")
    assert sentence(run("index", "in/a.jsonl")) == "in/a.jsonl: line 1 is not JSON"


def test_a_replaced_article_is_told(run: Run, tmp_path: Path) -> None:
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text('{"id": "https://el.kz/1", "text": "Көпір"}\n{"id": 1, "text": "Су"}\n', "utf-8")
    result = run("index", "a.jsonl", "b.jsonl")
    a, b = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    assert result.stdout.startswith("added 3,")
    assert sentence(result, 0) == f"https://el.kz/1 stands in {a} and in {b}, and the latter counts"
    records = [json.dumps({"id": f"https://el.kz/{n}", "text": "Көпір"}) for n in range(14)]
    for name in ("a.jsonl", "b.jsonl"):
        (tmp_path / name).write_text("\n".join(records), "utf-8")
    lines = run("index", "a.jsonl", "b.jsonl").stderr.splitlines()
    assert len(lines) == 11
    assert lines[-1] == "searchkit: 4 more ids stand for several articles each; --json lists all"
