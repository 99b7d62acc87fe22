"""Output of a search: lines on terminals, formats for programs, totals, advice, numbers."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import on_terminal, sentence
from tests.conftest import Run

GOLDEN = Path(__file__).with_name("terminal")
QUESTION = ("search", "Жайықтағы тасқын", "-n", "2")


@pytest.fixture(autouse=True)
def _state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.mark.parametrize("columns", [40, 80, 140])
def test_text_wraps_at_words_with_its_indent(index: Path, columns: int) -> None:
    """The golden files show matches as [word]; to renew one, delete it and run the test."""
    printed = on_terminal(*QUESTION, "--index", str(index), columns=columns, stderr=subprocess.DEVNULL)
    shown = printed.replace("\x1b[1;33m", "[").replace("\x1b[2m", "").replace("\x1b[0m", "]")
    shown = re.sub(r"(\[[^\[\]]*\])|\]", r"\1", shown)
    golden = GOLDEN / f"{columns}.txt"
    if not golden.exists():
        golden.write_text(shown, "utf-8")
        pytest.fail("the golden file was written")
    assert shown == golden.read_text("utf-8")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", printed)
    assert all(len(line) <= columns for line in plain.splitlines())
    assert all(line.startswith("   ") for line in plain.splitlines() if line and not line[0].isdigit())


def test_colors_are_chosen(run: Run, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    question = (*QUESTION, "--index", str(index))
    assert "\x1b[1;33m" in on_terminal(*question)
    assert "**" in on_terminal(*question, "--color", "never")
    assert "**" in on_terminal(*question, NO_COLOR="1")
    assert "**" in on_terminal(*question, TERM="dumb")
    assert "**" in run(*question).stdout
    assert "\x1b[1;33m" in run(*question, "--color", "always").stdout
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[1;33m" in run(*question).stdout
    assert "**" in run(*question, "--color", "never").stdout


def test_formats_for_programs(run: Run, index: Path) -> None:
    question = ("search", "бюджеттің", "-n", "3", "--index", index)
    listed = json.loads(run(*question, "--json").stdout)["hits"]
    assert json.loads(run(*question, "--format", "json").stdout)["hits"] == listed
    assert [json.loads(line) for line in run(*question, "--format", "jsonl").stdout.splitlines()] == listed
    rows = list(csv.DictReader(io.StringIO(run(*question, "--format", "csv").stdout)))
    assert [row["id"] for row in rows] == [hit["id"] for hit in listed]
    assert rows[0].keys() > {"rank", "title", "date", "source", "author", "url", "snippet"}
    assert run(*question, "--format", "csv").stderr == ""
    markdown = run(*question, "--format", "markdown").stdout
    assert re.match(r"1\. (\[.+\]\(<https?:.+>\)|\*\*.+\*\*)  \n   .+\n\n   > .*\*\*\w+\*\*", markdown)


def test_no_cell_is_a_formula_and_no_title_is_markup(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "1", "title": "=1+1 *тасқын* [x](y)", "text": "Су."}), "utf-8")
    run("index", "a.jsonl")
    (row,) = csv.DictReader(io.StringIO(run("search", "тасқын", "--format", "csv").stdout))
    assert row["title"] == "'=1+1 *тасқын* [x](y)"
    assert r"\*тасқын\* \[x\](y)" in run("search", "тасқын", "--format", "markdown").stdout


def test_oldest_first(run: Run, index: Path) -> None:
    def dates(order: str) -> list[str]:
        lines = run("search", "облыс", "--sort", order, "--format", "jsonl", "-n", "50", "--index", index).stdout
        return [date for line in lines.splitlines() if (date := json.loads(line)["date"][:10])]

    assert dates("oldest") == sorted(dates("oldest")) != dates("date")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("тасқын", r"\d+ articles in"),
        ("Жайықтағы тасқын", r"1 article with all words, \d+ with some, in"),
        ("тасқын кракозябра", r"0 articles with all words, \d+ with some, in"),
        ("+тасқын +Жайық", r"\d+ articles? with all words in"),
        ("тасқын OR әкім", r"\d+ articles in"),
    ],
)
def test_totals_tell_of_all_words(run: Run, index: Path, query: str, told: str) -> None:
    assert re.search(rf"^{told} \d+ ms$", run("search", query, "--index", index).stderr, re.M)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("тасқын", "--year", "1990"), r"\d+ articles? without --year"),
        (("тасқын", "--from", "1980", "--to", "1990", "--lang", "kk"), r"\d+ articles? without --from, --to"),
        (("тасқын", "--year", "1990", "--author", "Ешкім"), r"\d+ articles? without --year, --author"),
        (("присяжные", "--lang", "kk"), r"\d+ articles? without --lang"),
    ],
)
def test_what_would_help_where_nothing_is_found(run: Run, index: Path, arguments: tuple[str, ...], told: str) -> None:
    result = run("search", *arguments, "--index", index)
    assert (result.returncode, result.stdout) == (1, "")
    assert re.search(rf"^searchkit: {told}$", result.stderr, re.M)


def test_the_other_language_would_help(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Тасқын\n\nСу басып қалды, үйлер қирады.", "utf-8")
    run("index", "a.txt")
    assert "searchkit: 1 article in the other language: search with --across" in run("search", "наводнение").stderr


def test_near_words_would_help(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Обсерватория\n\nВ обсерватории открыли комету.", "utf-8")
    run("index", "a.txt")
    assert "searchkit: similar words of the index: обсерватори" in run("search", "!обсервант").stderr


def test_numbers_of_the_last_search_are_taken(run: Run, index: Path) -> None:
    hits = json.loads(run("search", "әкім", "-n", "3", "--index", index, "--json").stdout)["hits"]
    assert json.loads(run("show", "2", "--index", index, "--json").stdout)["id"] == hits[1]["id"]
    assert sentence(run("show", "4", "--index", index)) == "no article has the id 4"
    run("search", "әкім", "-n", "1", "--offset", "1", "--index", index)
    assert json.loads(run("show", "2", "--index", index, "--json").stdout)["id"] == hits[1]["id"]
    assert sentence(run("show", "1", "--index", index)) == "no article has the id 1"


def test_an_id_comes_before_a_number(run: Run, tmp_path: Path) -> None:
    lines = [json.dumps({"id": name, "text": "Тасқын"}) for name in ("а", "1")]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), "utf-8")
    run("index", "-", text="\n".join(lines))
    run("search", "тасқын", "--all-copies")
    assert run("show", "1").stdout.startswith("id: 1\n")


@pytest.mark.parametrize("content", ["", "{", "[]", '{"index": 1}', '{"index": "/", "ids": 5}'])
def test_a_broken_memory_is_no_error(run: Run, index: Path, tmp_path: Path, content: str) -> None:
    run("search", "әкім", "--index", index)
    (file,) = (tmp_path / "state" / "searchkit").iterdir()
    file.write_text(content, "utf-8")
    assert sentence(run("show", "1", "--index", index)) == "no article has the id 1"


def test_a_state_that_cannot_be_written_is_no_error(
    run: Run, index: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    assert run("search", "тасқын", "--index", index).returncode == 0


def test_open_takes_the_page_or_the_file(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program of the name that systems look for notes what it is to open."""
    opener = tmp_path / "bin" / "xdg-open"
    opener.parent.mkdir()
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > "{tmp_path}/opened"\n', "utf-8")
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", f"{opener.parent}:{os.environ['PATH']}")
    (tmp_path / "a.txt").write_text("Тасқын\n\nСу басты.", "utf-8")
    article = {"id": "б", "title": "Аяз", "text": "Суық.", "url": "https://el.kz/a?x=1"}
    script = {"id": "в", "title": "Дауыл", "text": "Жел.", "url": "javascript:alert(1)"}
    lines = "\n".join(map(json.dumps, (article, script)))
    run("index", "a.txt")
    run("index", "-", text=lines)
    run("search", "аяз")
    assert run("open", "1").stdout == "https://el.kz/a?x=1\n"
    assert (tmp_path / "opened").read_text("utf-8") == "https://el.kz/a?x=1"
    run("search", "тасқын")
    assert run("open", "1").stdout == f"{tmp_path.resolve()}/a.txt\n"
    run("search", "дауыл")
    assert sentence(run("open", "1")).endswith(" has no address on the web, and its file is not there")
    (tmp_path / "a.txt").unlink()
    assert sentence(run("open", "a.txt")) == "a.txt has no address on the web, and its file is not there"


def test_a_mistyped_path_makes_no_index(run: Run, tmp_path: Path) -> None:
    result = run("index", "мақалалар")
    assert result.returncode == 2
    assert "searchkit: мақалалар: no such file or folder" in result.stderr
    assert not (tmp_path / ".searchkit").exists()


def test_no_program_that_opens(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opener = tmp_path / "bin" / "xdg-open"
    opener.parent.mkdir()
    opener.write_text("#!/bin/sh\necho no browser >&2\nexit 3\n", "utf-8")
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", f"{opener.parent}:{os.environ['PATH']}")
    (tmp_path / "a.txt").write_text("Тасқын", "utf-8")
    run("index", "a.txt")
    assert sentence(run("open", "a.txt")).startswith("no program of this system opens ")
