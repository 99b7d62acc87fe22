"""The command line as users meet it: real processes, exit codes, what goes to stdout and what to stderr."""

from __future__ import annotations

import json
import os
import pty
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import CORPUS, Run

COMMAND = [sys.executable, "-m", "searchkit"]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of the bundled articles, made by the command."""
    folder = tmp_path_factory.mktemp("cli") / "index"
    command = [*COMMAND, "index", str(CORPUS), "--index", str(folder)]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=120)
    assert result.returncode == 0, result.stderr
    return folder


def sentence(result: subprocess.CompletedProcess[str], code: int = 2) -> str:
    """Return the one line on stderr of a command that failed."""
    assert result.returncode == code, result.stderr
    assert "Traceback" not in result.stderr
    (line,) = result.stderr.splitlines()
    assert line.startswith("searchkit: ")
    return line.removeprefix("searchkit: ")


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
        "added": 1, "changed": 0, "removed": 1, "unchanged": 0, "failed": 0, "failures": [],
    }  # fmt: skip


def test_index_reads_json_lines_from_stdin(run: Run) -> None:
    lines = [{"id": "x", "text": "Мақала."}, {"id": "y", "text": "Статья."}]
    result = run("index", "-", text="\n".join(json.dumps(line) for line in lines))
    assert result.stdout.startswith("added 2,")
    assert json.loads(run("show", "x", "--json").stdout)["text"] == "Мақала."


def test_index_reads_a_list_from_stdin(run: Run) -> None:
    assert run("index", "-", text='[\n{"title": "Мақала"},\n{"title": "Статья"}\n]').stdout.startswith("added 2,")


def test_index_names_each_broken_file_once(run: Run, tmp_path: Path) -> None:
    """Libraries may not say a word of their own."""
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


def test_index_fails_where_what_was_named_cannot_be_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Тақырып\n\nМәтін.", "utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "c.txt").write_bytes(b"\x00\xff" * 99)
    assert sentence(run("index", "a.txt", "b.txt")) == "b.txt: is empty"
    assert sentence(run("index", "a.txt", "nothing")) == "nothing: no such file or folder"
    assert sentence(run("index", "news")).startswith("news/c.txt: is not text")


def test_search_prints_marked_snippets(run: Run, index: Path) -> None:
    result = run("search", "Жайықтағы тасқыннан", "--index", index, "-n", "2")
    assert result.returncode == 0
    assert result.stdout.startswith("1. ")
    assert "kk/01-zhaiyq-tasqyn.txt" in result.stdout
    assert re.search(r"\*\*Жайық\w*\*\*", result.stdout)
    assert re.fullmatch(r"\d+ articles? in \d+ ms\n", result.stderr)


def test_search_as_json(run: Run, index: Path) -> None:
    result = run("search", "присяжные заседатели", "--index", index, "--json", "-n", "1")
    found = json.loads(result.stdout)
    assert result.stderr == ""
    assert {"query", "total", "took_ms", "corrections", "facets", "hits"} <= set(found)
    assert set(found["facets"]) == {"language", "year", "source", "author"}
    (hit,) = found["hits"]
    assert {
        "rank", "score", "id", "title", "language", "date", "source", "author", "url", "path", "snippet",
    } <= set(hit)  # fmt: skip
    text = hit["snippet"]["text"]
    assert [text[start:end] for start, end in hit["snippet"]["marks"]]
    assert found["total"] >= 1


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("жайыктагы таскын", "«жайықтағы тасқын» сұрауы бойынша көрсетілді; дәл іздеу: !жайыктагы !таскын"),
        ("gfdjlrf", "Показано по запросу «паводка»; искать точно: !gfdjlrf"),
        ("!gfdjlrf", ""),
    ],
)
def test_what_was_understood_is_told(run: Run, index: Path, typed: str, told: str) -> None:
    result = run("search", typed, "--index", index, "--json")
    assert result.stderr.strip() == told
    corrections = json.loads(result.stdout)["corrections"]
    assert [correction["typed"] for correction in corrections] == [word.strip() for word in told.split("!")[1:]]
    assert all(set(correction) == {"typed", "understood", "kind"} for correction in corrections)


def test_search_explains(run: Run, index: Path) -> None:
    command = ("search", "присяжные о приговоре", "--index", index, "-n", "1", "--explain")
    (hit,) = json.loads(run(*command, "--json").stdout)["hits"]
    assert [reason["word"] for reason in hit["explanation"]] == ["присяжные", "приговоре", "о"]
    assert set(hit["explanation"][0]) == {"word", "terms", "articles", "of", "idf", "weight", "points", "percent"}
    assert hit["explanation"][0]["terms"][0].keys() == {"term", "how", "title", "text"}
    assert sum(reason["points"] for reason in hit["explanation"]) == pytest.approx(hit["score"], abs=0.001)
    assert sum(reason["percent"] for reason in hit["explanation"]) == pytest.approx(100, abs=0.2)
    plain = run(*command).stdout
    assert re.search(rf"^   {hit['score']:.2f} points:\n     \d+ % присяжные: \d+\.\d\d points, “присяжн", plain, re.M)


def test_search_for_similar_articles(run: Run, index: Path) -> None:
    found = json.loads(run("search", "--similar", "kk/04-boks-miras-altyn.txt", "--index", index, "--json").stdout)
    ids = [hit["id"] for hit in found["hits"]]
    assert ids[0] == "kk-short-001"
    assert "kk/04-boks-miras-altyn.txt" not in ids
    assert "Жақсыбеков" in found["query"].split()
    russian = run("search", "--similar", ids[0], "--lang", "ru", "-n", "1", "--index", index)
    assert "ru/04-miras-zhaksybekov-zoloto.html" in russian.stdout
    either = "search takes a QUERY or --similar ID, one of them"
    assert sentence(run("search", "бокс", "--similar", ids[0], "--index", index)) == either
    assert sentence(run("search", "--index", index)) == either
    assert sentence(run("search", "--similar", "nothing", "--index", index)) == "no article has the id nothing"


def test_search_options(run: Run, index: Path) -> None:
    def ids(*options: str) -> list[str]:
        found = json.loads(
            run("search", "Сарсенбаев Сәрсенбаев әкім аким", "--index", index, "--json", *options).stdout
        )
        return [hit["id"] for hit in found["hits"]]

    everything = ids("-n", "20")
    assert ids("-n", "2", "--offset", "1") == everything[1:3]
    assert set(ids("-n", "20", "--lang", "ru")) | set(ids("-n", "20", "--lang", "kk")) == set(everything)
    assert "kk/01-zhaiyq-tasqyn.txt" not in ids("-n", "20", "--lang", "ru")
    assert "ru/01-pavodok-uralsk.txt" not in ids("-n", "20", "--lang", "kk")
    assert set(ids("--sort", "date", "-n", "20")) == set(everything)


def test_nothing_found_is_exit_code_1(run: Run, index: Path) -> None:
    result = run("search", "кракозябра", "--index", index)
    assert (result.returncode, result.stdout) == (1, "")
    assert json.loads(run("search", "кракозябра", "--index", index, "--json").stdout)["hits"] == []


def test_what_a_question_got_wrong_is_told(run: Run, index: Path) -> None:
    assert "a quotation mark is not closed" in run("search", '"әкім', "--index", index).stderr


def test_show(run: Run, index: Path) -> None:
    result = run("show", "kk/10-sqo-egin-oragy.txt", "--index", index)
    assert result.returncode == 0
    assert result.stdout.startswith("id: kk/10-sqo-egin-oragy.txt\nlanguage: kk\n")
    assert json.loads(run("show", "kk/10-sqo-egin-oragy.txt", "--index", index, "--json").stdout)["title"]


def test_show_the_page_as_it_was_read(run: Run, index: Path) -> None:
    id_ = "kk/01-zhaiyq-tasqyn.txt"
    page = (CORPUS / id_).read_text("utf-8")
    assert run("show", id_, "--index", index, "--raw").stdout == page + "\n"
    assert json.loads(run("show", id_, "--index", index, "--raw", "--json").stdout)["raw"] == page
    facts = json.loads(run("show", id_, "--index", index, "--json").stdout)
    assert (facts["date"], facts["languages"][0]) == ("2024-04-30T18:35", "kk")
    assert "raw" not in facts and "cut" not in facts
    assert "Бөлісу" not in run("show", id_, "--index", index).stdout


def test_analyze(run: Run) -> None:
    result = run("analyze", "--json", "-", text="Мемлекет басшысы\n\nГлава государства\n")
    tokens = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(t["line"], t["start"], t["end"], t["position"]) for t in tokens] == [
        (1, 0, 8, 0), (1, 9, 16, 1), (3, 0, 5, 0), (3, 6, 17, 1),
    ]  # fmt: skip
    assert list(tokens[0]) == ["line", "surface", "start", "end", "position", "language", "lemmas", "coarse"]
    assert [t["language"] for t in tokens] == ["kk", "kk", "ru", "ru"]
    assert "государство" in tokens[3]["lemmas"]
    plain = run("analyze", "государства", "--language", "ru").stdout
    assert plain == "государства\tru\tгосударство государства\t~государств\n"


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


@pytest.mark.parametrize("verb", [("search", "а"), ("show", "a"), ("stats",), ("verify",)])
def test_without_an_index(run: Run, verb: tuple[str, ...]) -> None:
    assert sentence(run(*verb)) == "there is no index in .searchkit; make one with: searchkit index PATH"


def test_an_unknown_id(run: Run, index: Path) -> None:
    assert sentence(run("show", "nothing", "--index", index)) == "no article has the id nothing"


def test_an_index_of_another_version(run: Run, tmp_path: Path) -> None:
    (tmp_path / ".searchkit").mkdir()
    (tmp_path / ".searchkit" / "searchkit.json").write_text('{"format": 0}')
    assert "made by another version of searchkit" in sentence(run("search", "а"))
    assert "made by another version of searchkit" in sentence(run("index", "."))


def test_a_folder_that_may_not_be_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Тақырып\n\nМәтін.", "utf-8")
    assert "cannot be used for an index" in sentence(run("index", "a.txt", "--index", "/proc/index"))


def test_a_full_disk(run: Run, tmp_path: Path) -> None:
    """A limit on the size of files stands for it: the write fails half-way, and what was indexed before stays."""
    (tmp_path / "a.txt").write_text("Тақырып\n\nМәтін.", "utf-8")
    (tmp_path / "b.txt").write_text("Тақырып\n\n" + " ".join(f"сөз{n}" for n in range(9000)), "utf-8")
    assert run("index", "a.txt").returncode == 0
    command = f"ulimit -f 64; exec {sys.executable} -m searchkit index b.txt"
    result = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8", cwd=tmp_path, timeout=60)
    assert "file too large" in sentence(result)
    assert run("search", "мәтінді").returncode == 0
    assert run("verify").returncode == 0
    assert run("index", "b.txt").stdout.startswith("added 1,")


def test_a_folder_that_is_no_index(run: Run, tmp_path: Path) -> None:
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text("Тақырып\n\nМәтін.", "utf-8")
    assert "holds other things than an index" in sentence(run("index", "news", "--index", "news"))


def test_the_index_may_be_named_in_the_environment(index: Path) -> None:
    environment = os.environ | {"SEARCHKIT_INDEX": str(index)}
    assert subprocess.run([*COMMAND, "stats"], env=environment, capture_output=True, timeout=60).returncode == 0


def test_closed_streams(index: Path) -> None:
    for command, code in (("search тасқын >&-", 0), ("show nothing 2>&-", 2), ("show nothing 2>/dev/full", 2)):
        line = f"{sys.executable} -m searchkit {command.replace(' ', f' --index {index} ', 1)}"
        assert subprocess.run(["bash", "-c", line], stdin=subprocess.DEVNULL, timeout=60).returncode == code, command


def test_wrong_usage_is_exit_code_2(run: Run) -> None:
    assert run("search").returncode == 2
    assert run("search", "а", "--sort", "size").returncode == 2
    assert run("frobnicate").returncode == 2


def test_version_and_help(run: Run) -> None:
    assert run("--version").stdout.startswith("searchkit ")
    listed = run("--help").stdout
    for verb in ("index", "search", "show", "analyze", "stats", "verify", "evaluate"):
        assert verb in listed
        assert run(verb, "--help").returncode == 0


@pytest.mark.parametrize(
    ("command", "unneeded"),
    [
        ("--help", "numpy whoosh pydantic searchkit.index searchkit_analyzers"),
        ("search Жайықтағы", "rich filelock trafilatura charset_normalizer ir_measures pymorphy3"),
        (
            "search Жайықтағы",
            "searchkit.readers.articles searchkit.indexing multiprocessing rapidfuzz importlib.resources",
        ),
        ("search Казахстан", "pymorphy3 snowballstemmer babel hashlib"),
        ("search Қазақстан", "pymorphy3 snowballstemmer babel whoosh"),
        ("show kk/10-sqo-egin-oragy.txt", "rich filelock pymorphy3 whoosh"),
        ("search Жайықтағы --sort date", "searchkit.explanation searchkit.engines.whoosh.search.explainer"),
    ],
)
def test_commands_import_only_what_they_need(index: Path, command: str, unneeded: str) -> None:
    """Most of the time that a short command takes is spent on importing."""
    line = [sys.executable, "-X", "importtime", "-m", "searchkit", *command.split()]
    result = subprocess.run(
        line, env={**os.environ, "SEARCHKIT_INDEX": str(index)}, capture_output=True, encoding="utf-8", timeout=60
    )
    imported = {line.rpartition("|")[2].strip() for line in result.stderr.splitlines()}
    assert result.returncode == 0 and "searchkit.cli.main" in imported
    assert imported & set(unneeded.split()) == set()


def test_a_search_looks_for_no_garbage(index: Path) -> None:
    code = """if True:
        import gc, sys
        gc.callbacks.append(lambda phase, about: about["generation"] and print(phase, file=sys.stderr))
        from searchkit.__main__ import main
        try:
            main()
        finally:
            gc.callbacks.clear()
            print("left to look through:", len(gc.get_objects()))
        """
    command = [sys.executable, "-c", code, "search", "тасқын", "--index", str(index)]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)
    assert result.returncode == 0
    assert result.stderr.count("start\n") <= 1  # between the imports and the question; ten, if none were held back
    assert int(result.stdout.split()[-1]) < 10_000


def test_naming_a_verb_leaves_its_help_as_it_is(run: Run) -> None:
    assert run("search", "--help").stdout.startswith("Usage: searchkit search ")
    assert "No such command 'serch'" in run("serch").stderr
    assert run("--version", "search").stdout.startswith("searchkit ")


def test_a_closed_pipe_is_no_error(index: Path) -> None:
    command = [*COMMAND, "search", "-кракозябра", "-n", "50", "--index", str(index)]
    whole = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)
    assert whole.stdout.count("\n\n") > 40
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        errors = process.stderr.read().decode()
    assert "Traceback" not in errors
    assert "Exception" not in errors


def on_terminal(*command: str, environment: dict[str, str] | None = None) -> str:
    """Return what a command writes to a terminal."""
    main, side = pty.openpty()
    variables = {name: value for name, value in os.environ.items() if name != "NO_COLOR"} | {"TERM": "xterm-256color"}
    with subprocess.Popen(command, stdout=side, stderr=side, env=variables | (environment or {})) as process:
        os.close(side)
        written = b""
        while True:
            try:
                chunk = os.read(main, 65536)
            except OSError:
                break
            if not chunk:
                break
            written += chunk
        process.wait(60)
    os.close(main)
    return written.decode()


def test_colour_on_a_terminal_only(index: Path) -> None:
    command = [*COMMAND, "search", "тасқын", "--index", str(index)]
    assert "\x1b[1;33m" in on_terminal(*command)
    assert "\x1b[" not in on_terminal(*command, environment={"NO_COLOR": "1"}).replace("\x1b[2m", "").replace(
        "\x1b[0m", ""
    )


def test_progress_on_a_terminal_only(run: Run, tmp_path: Path) -> None:
    shown = on_terminal(*COMMAND, "index", str(CORPUS), "--index", str(tmp_path / "index"))
    assert "indexing" in shown
    assert "added" in shown


INTERRUPTED_AT_IMPORT = """
import os, signal, sys

class CtrlC:
    def find_spec(self, name, *_):
        if name == "MODULE":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, CtrlC())
from searchkit.__main__ import main
main()
"""


@pytest.mark.parametrize(
    ("module", "told"),
    [
        ("searchkit.cli.main", ""),
        ("typer", ""),
        ("numpy", "searchkit: interrupted; what was committed before stays as it is\n"),
    ],
)
def test_interrupting_while_modules_are_imported(index: Path, module: str, told: str) -> None:
    code = INTERRUPTED_AT_IMPORT.replace("MODULE", module)
    command = [sys.executable, "-c", code, "search", "тасқын", "--index", str(index)]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)
    assert (result.returncode, result.stdout, result.stderr) == (130, "", told)


def test_interrupting_keeps_the_index_whole(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps({"id": str(n), "text": f"Мақала {n} туралы мәтін"}) for n in range(20_000))
    (tmp_path / "feed.jsonl").write_text(lines, "utf-8")
    folder = tmp_path / "index"
    first = [*COMMAND, "index", str(CORPUS), "--index", str(folder)]
    subprocess.run(first, check=True, capture_output=True, timeout=120)
    command = [*COMMAND, "index", str(tmp_path / "feed.jsonl"), "--index", str(folder)]
    files = len(list(folder.glob("g*/*")))
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as process:
        while len(list(folder.glob("g*/*"))) == files and process.poll() is None:
            time.sleep(0.05)  # until it has begun to write
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors == "searchkit: interrupted; what was committed before stays as it is\n"
    found = subprocess.run([*COMMAND, "search", "тасқын", "--index", str(folder)], capture_output=True, timeout=60)
    assert found.returncode == 0


def test_killing_a_writer_loses_nothing(tmp_path: Path) -> None:
    """A process killed at any moment leaves the last commit whole and the next writer free to go on."""
    folder, feed = tmp_path / "index", tmp_path / "feed.jsonl"
    subprocess.run(
        [*COMMAND, "index", str(CORPUS), "--index", str(folder)], check=True, capture_output=True, timeout=120
    )
    feed.write_text("\n".join(json.dumps({"id": str(n), "text": f"Мақала {n}"}) for n in range(3000)), "utf-8")
    for delay in (0.6, 1.0, 1.4, 1.8, 2.2):
        with subprocess.Popen(
            [*COMMAND, "index", str(feed), "--index", str(folder)], stdout=subprocess.DEVNULL
        ) as process:
            time.sleep(delay)
            process.kill()
        checked = subprocess.run([*COMMAND, "verify", "--index", str(folder)], capture_output=True, timeout=120)
        assert checked.returncode == 0, checked.stdout
    last = subprocess.run([*COMMAND, "index", str(feed), "--index", str(folder)], capture_output=True, timeout=120)
    assert last.returncode == 0
    stats = subprocess.run([*COMMAND, "stats", "--json", "--index", str(folder)], capture_output=True, timeout=60)
    assert json.loads(stats.stdout)["documents"] >= 3040
