"""The documents keep what they promise."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import searchkit
import searchkit_analyzers
from searchkit.cli.main import app
from searchkit.readers.articles import FORMATS
from searchkit.readers.formats.records import NAMES
from searchkit.readers.sources.archives import SUFFIXES
from tests.conftest import CORPUS, TESTS, Run

ROOT = TESTS.parent
README = (ROOT / "README.md").read_text("utf-8")


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("document", ["README.md", "analyzers/README.md"])
def test_python_in_the_documents_runs(document: str, tmp_path: Path) -> None:
    shutil.copytree(CORPUS, tmp_path / "corpus")
    codes = blocks((ROOT / document).read_text("utf-8"), "python")
    assert codes
    for code in codes:
        result = subprocess.run(
            [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=120
        )
        assert result.returncode == 0, result.stderr
        assert result.stdout


def test_shell_lines_in_the_readme_run(run: Run, tmp_path: Path) -> None:
    shutil.copytree(CORPUS, tmp_path / "articles")
    import shlex

    lines = [line for block in blocks(README, "sh") for line in block.splitlines() if line.startswith("searchkit ")]
    assert len(lines) > 10
    for line in lines:
        arguments = shlex.split(line, comments=True)[1:]
        if arguments[0] not in ("evaluate", "serve"):
            assert run(*arguments).returncode in (0, 1), line


def test_every_verb_is_in_the_readme() -> None:
    verbs = [command.name for command in app.registered_commands]
    assert len(verbs) == 9
    for verb in verbs:
        assert f"searchkit {verb}" in README


def test_every_format_and_name_of_a_field_is_documented() -> None:
    formats = (ROOT / "docs" / "formats.md").read_text("utf-8").casefold()
    for ending in (*FORMATS, *SUFFIXES):
        assert f"`{ending}`" in formats or not ending, ending
    for names in NAMES.values():
        assert ", ".join(names) in formats


def test_the_two_commands_stand_on_the_first_screen() -> None:
    assert README.index("<!-- demo -->") < README.index("<!-- tests -->") < README.index("## ")


def test_the_examples_of_how_a_word_travels_are_true() -> None:
    analyze = searchkit_analyzers.analyze
    (kazakh,) = analyze("Ассамблеясындағылардың", "kk")
    assert kazakh.lemmas == ("ассамблея", "ассамблеясындағылардың")
    assert kazakh.coarse == ("ассам-",)
    assert "ассамблея" in next(iter(analyze("Ассамблеяға", "kk"))).lemmas
    (russian,) = analyze("Сарсенбаеву", "ru")
    assert {"сарсенбаев", "сарсенбаеву"} <= set(russian.lemmas)
    assert russian.coarse == ("сарсенбаев",)
    assert "сарсенбаев" in next(iter(analyze("Сарсенбаевым", "ru"))).lemmas


@pytest.mark.parametrize("module", [searchkit, searchkit_analyzers])
def test_public_names(module: object) -> None:
    names = module.__all__  # type: ignore[attr-defined]
    assert all(hasattr(module, name) for name in names)
    assert set(names) == {name for name in dir(module) if name in names}


def test_the_tour_asks_questions() -> None:
    tour = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    headings = re.findall(r"^## (.*)$", tour, re.MULTILINE)
    assert len(headings) > 8
    assert all(heading.endswith("?") for heading in headings)


def test_links_and_paths_in_the_documents_exist() -> None:
    for document in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), *ROOT.glob("*/README.md")):
        for path in re.findall(r"`((?:searchkit|analyzers|docs|tests|corpus)/[\w./-]*)`", document.read_text("utf-8")):
            assert (ROOT / path).exists(), f"{document.name}: {path}"
