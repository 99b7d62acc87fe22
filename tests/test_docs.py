"""The documents keep their promises: examples run, outputs are current, links and paths exist."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import searchkit_analyzers
from searchkit.cli.main import VERBS
from searchkit.readers.formats.records import FIELD_NAMES
from searchkit.readers.formats.registry import FORMATS
from searchkit.readers.sources.archives import SUFFIXES
from tests.conftest import CORPUS, TESTS, Run

ROOT = TESTS.parent
README = (ROOT / "README.md").read_text("utf-8")
PAGES = (
    "README.md",
    "docs/tour.md",
    "docs/concepts.md",
    "docs/operations.md",
    "docs/performance.md",
    "docs/glossary.md",
)
DOCUMENTS = sorted({*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "analyzers" / "README.md"})
ENDLESS = ("serve", "--watch")
"""Words of commands that go on until Ctrl-C."""


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def commands(page: str) -> list[str]:
    """Return the lines of a page's shell examples that call searchkit and end by themselves."""
    lines = [line for block in blocks((ROOT / page).read_text("utf-8"), "sh") for line in block.splitlines()]
    return [line for line in lines if line.startswith("searchkit ") and not any(word in line for word in ENDLESS)]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Return a folder with the files that the examples name."""
    shutil.copytree(CORPUS, tmp_path / "corpus")
    shutil.copytree(TESTS / "corpus", tmp_path / "tests" / "corpus")
    return tmp_path


@pytest.mark.parametrize("document", ["README.md", "analyzers/README.md"])
def test_python_examples_run(document: str, clone: Path) -> None:
    codes = blocks((ROOT / document).read_text("utf-8"), "python")
    assert codes
    for code in codes:
        command = [sys.executable, "-c", code]
        result = subprocess.run(command, cwd=clone, capture_output=True, encoding="utf-8", timeout=120)
        assert result.returncode == 0, result.stderr
        assert result.stdout


def test_examples_of_the_python_page_run(clone: Path, run: Run) -> None:
    """Run all examples in one program; the one that registers a reader is a module first."""
    codes = blocks((ROOT / "docs" / "reference" / "python.md").read_text("utf-8"), "python")
    assert run("index", "corpus", "--index", "news.index").returncode == 0
    (clone / "my_readers.py").write_text(codes[-1].partition("register_reader(")[0], "utf-8")
    asking = "with Index.open('news.index') as index: print(anyio.run(answer, index, 'тасқын'))"
    command = [sys.executable, "-c", "\n".join([*codes, asking])]
    result = subprocess.run(command, cwd=clone, capture_output=True, encoding="utf-8", timeout=120)
    assert result.returncode == 0, result.stderr
    assert "Тасқыннан" in result.stdout


@pytest.mark.parametrize("page", [page for page in PAGES if commands(page)])
def test_shell_examples_run_and_find(page: str, run: Run, clone: Path) -> None:
    assert run("index", "corpus").returncode == 0
    for line in commands(page):
        arguments = shlex.split(line, comments=True)[1:]
        text = None
        if "<" in arguments:
            *arguments, _, path = arguments
            text = (clone / path).read_text("utf-8")
        result = run(*arguments, text=text)
        assert result.returncode == 0, f"{line}\n{result.stderr}"
        assert result.stdout, line


def outputs() -> Iterator[tuple[str, str]]:
    """Yield the commands of the README whose output stands there, and that output."""
    yield from re.findall(r"<!-- output: (.*?) -->\n```text\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize(("command", "expected"), list(outputs()))
def test_sample_output_is_current(command: str, expected: str, run: Run, clone: Path) -> None:
    run("index", "corpus")
    found = run(*shlex.split(command)[1:]).stdout
    assert found.strip() == expected.strip()


def test_there_is_sample_output() -> None:
    assert list(outputs())


def test_every_verb_is_in_the_readme() -> None:
    assert len(VERBS) == 14
    for verb in VERBS:
        assert f"searchkit {verb}" in README


def test_every_format_and_field_name_is_documented() -> None:
    page = ROOT / "docs" / "reference" / "formats.md"
    formats = page.read_text("utf-8").casefold()
    for ending in (*FORMATS, *SUFFIXES):
        assert f"`{ending}`" in formats or not ending, ending
    for names in FIELD_NAMES.values():
        assert ", ".join(names) in formats


def test_both_commands_stand_on_the_first_screen() -> None:
    assert README.index("<!-- demo -->") < README.index("<!-- tests -->") < README.index("## ")


def test_the_words_of_the_concepts_are_analysed_so() -> None:
    analyze = searchkit_analyzers.analyze
    (kazakh,) = analyze("Ассамблеясындағылардың", "kk")
    assert kazakh.lemmas == ("ассамблея", "ассамблеясындағылардың")
    assert kazakh.coarse == ("ассам-",)
    assert "ассамблея" in next(iter(analyze("Ассамблеяға", "kk"))).lemmas
    (russian,) = analyze("Сарсенбаеву", "ru")
    assert {"сарсенбаев", "сарсенбаеву"} <= set(russian.lemmas)
    assert russian.coarse == ("сарсенбаев",)
    assert "сарсенбаев" in next(iter(analyze("Сарсенбаевым", "ru"))).lemmas


def test_the_tour_asks_questions() -> None:
    headings = re.findall(r"^## (.*)$", (ROOT / "docs" / "tour.md").read_text("utf-8"), re.MULTILINE)
    assert len(headings) > 8
    assert all(heading.endswith("?") for heading in headings)


def name(document: Path) -> str:
    return document.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_links_and_paths_exist(document: Path) -> None:
    text = document.read_text("utf-8")
    for path in re.findall(r"`((?:searchkit|analyzers|docs|tests|corpus|benchmarks)/[\w./-]*)`", text):
        assert (ROOT / path).exists(), path
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        path, _, anchor = target.partition("#")
        if "://" not in target:
            linked = document.parent / path if path else document
            assert linked.exists(), target
            assert not anchor or anchor in anchors(linked), target


def anchors(document: Path) -> set[str]:
    """Return the anchors of a document's headings, as they are made on code hosting sites."""
    headings = re.findall(r"^#+ (.*)$", document.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("document", DOCUMENTS, ids=name)
def test_prose_wraps_at_100_columns(document: Path) -> None:
    text = re.sub(r"^```.*?^```$", "", document.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    prose = [line for line in text.splitlines() if not line.startswith(("|", "    ", "![", "<!--"))]
    assert [line for line in prose if len(line) > 100] == []
