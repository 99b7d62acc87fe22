"""Help, version and start-up: each verb imports only the modules that it needs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from searchkit_analyzers import LANGUAGES
from tests.cli.conftest import COMMAND
from tests.conftest import TESTS, Run


def test_the_index_may_be_named_in_the_environment(index: Path) -> None:
    environment = os.environ | {"SEARCHKIT_INDEX": str(index)}
    assert subprocess.run([*COMMAND, "stats"], env=environment, capture_output=True, timeout=60).returncode == 0


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
        (
            "search Жайықтағы",
            "rich filelock trafilatura charset_normalizer ir_measures pymorphy3 searchkit.meaning onnxruntime",
        ),
        (
            "search Жайықтағы",
            "searchkit.readers.articles searchkit.indexing multiprocessing rapidfuzz importlib.resources",
        ),
        ("search Казахстан", "pymorphy3 snowballstemmer babel hashlib"),
        ("search Қазақстан", "pymorphy3 snowballstemmer babel whoosh numpy.ma"),
        ("show kk/10-sqo-egin-oragy.txt", "rich filelock pymorphy3 whoosh"),
        ("search Жайықтағы --sort date", "searchkit.explanation searchkit.engines.whoosh.search.explainer"),
    ],
)
def test_commands_import_only_what_they_need(index: Path, command: str, unneeded: str) -> None:
    """A short command spends most of its time on importing."""
    line = [sys.executable, "-X", "importtime", "-m", "searchkit", *command.split()]
    result = subprocess.run(
        line, env={**os.environ, "SEARCHKIT_INDEX": str(index)}, capture_output=True, encoding="utf-8", timeout=60
    )
    imported = {line.rpartition("|")[2].strip() for line in result.stderr.splitlines()}
    assert result.returncode == 0 and "searchkit.cli.main" in imported
    assert imported & set(unneeded.split()) == set()


def test_every_language_can_be_chosen(run: Run) -> None:
    codes = "|".join(LANGUAGES)
    assert f"--lang <{codes}>" in run("search", "--help").stdout
    assert f"--language <auto|{codes}>" in run("analyze", "--help").stdout
    assert "'xx' is not one of" in run("search", "x", "--lang", "xx").stderr


def test_every_language_has_its_remarks() -> None:
    lines = (TESTS.parent / "searchkit" / "cli" / "messages.tsv").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert {language for language, _, _ in rows} >= set(LANGUAGES)
    for language in LANGUAGES:
        assert [(message, text.count("{}")) for code, message, text in rows if code == language] == [
            ("corrected", 2), ("expanded", 1),
        ]  # fmt: skip


def test_a_search_looks_for_no_garbage(index: Path) -> None:
    code = """if True:
        import gc, sys
        gc.callbacks.append(lambda phase, about: about["generation"] and print(phase, file=sys.stderr))
        from searchkit.__main__ import main
        try:
            main()
        finally:
            gc.callbacks.clear()
            print("objects to trace:", len(gc.get_objects()))
        """
    command = [sys.executable, "-c", code, "search", "тасқын", "--index", str(index)]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=60)
    assert result.returncode == 0
    # One may start between the imports and the query; ten would, were none held back.
    assert result.stderr.count("start\n") <= 1
    assert int(result.stdout.split()[-1]) < 10_000


def test_naming_a_verb_leaves_its_help_as_it_is(run: Run) -> None:
    assert run("search", "--help").stdout.startswith("Usage: searchkit search ")
    assert "No such command 'serch'" in run("serch").stderr
    assert run("--version", "search").stdout.startswith("searchkit ")


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("searchkit sea", {"search"}),
        ("searchkit search --fo", {"--format"}),
        ("searchkit search --sort ", {"score", "date", "oldest"}),
        ("searchkit serve --po", {"--port"}),
    ],
)
def test_a_shell_completes_commands(words: str, offered: set[str]) -> None:
    asked = {"_SEARCHKIT_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
    command = [Path(sys.executable).with_name("searchkit")]
    result = subprocess.run(command, env=os.environ | asked, capture_output=True, encoding="utf-8", timeout=60)
    assert {*result.stdout.split()} == offered


def test_a_shell_is_told_how(run: Run) -> None:
    assert "_SEARCHKIT_COMPLETE=complete_bash" in run("--show-completion", "bash").stdout
